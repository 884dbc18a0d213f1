import type { columns as english } from "../en/columns.ts";
import type { Translated } from "../translated.ts";

export const columns: Translated<typeof english> = {
  "columns.number": "# 编号",
  "columns.delta": "Δ 距上一行",
  "columns.delta-table": "距表格中上一行的时间",
  "columns.delta-connection": "距同一连接上一行的时间",
  "columns.back-table": "早于上一行",
  "columns.back-connection": "早于同一连接的上一行",
  "columns.previous": "上一行",
  "columns.previous-table": "表格中",
  "columns.previous-connection": "同一连接",
  "columns.clock": "时刻",
  "columns.since-start": "距开始的时间",
  "columns.since-previous": "距上一行的时间",
  "columns.since-navigation": "距上次导航的时间",
  "columns.choose": "选择列",
  "columns.head": "点击可排序。拖动可移动（Alt+← →），拖动边缘可调整宽度（Shift+← →）。",
  "columns.size-unknown": "Chrome 不会报告已发送 Blob 的载荷和大小。空的二进制消息看起来也一样。",
};
