import type { place as english } from "../en/place.ts";
import type { Translated } from "../translated.ts";

export const place: Translated<typeof english> = {
  "place.did-you-mean": "试试",
  "place.searching": "正在搜索…",
  "place.showing": "正在显示：{ $filter }",
  "place.showing-all": "正在显示所有行",
  "place.no-matches": "没有匹配的帧",
  "place.no-matches-about": "过滤器隐藏了 { NUMBER($n) } 帧。",
  "place.clear-filter": "清除过滤条件",
  "place.filter-hides": "过滤条件：{ $filter }",
  "place.only-connection": "仅此连接：{ $path }",
  "place.all-connections": "显示所有连接",
  "place.sent-hidden": "已隐藏发送的帧",
  "place.received-hidden": "已隐藏接收的帧",
  "place.connections-hidden": "已隐藏部分连接",
  "place.show-sent": "显示已发送的帧",
  "place.show-received": "显示已接收的帧",
  "place.nothing-passes": "已抓取 { NUMBER($n) } 帧，没有一帧同时满足以下条件：",
  "place.cleared": `已清空 { NUMBER($n) } 帧{ $connections ->
      [0] 。
     *[other] ，以及 { NUMBER($connections) } 个已结束的连接。
  }`,
  "place.cleared-kept": "此抓取已保存到“抓取记录”。",
  "place.undo-clear": "撤销",
  "place.not-undone": "无法撤销：{ $why }",
  "place.events": "{ NUMBER($n) } 个事件",
  "place.paused": "已暂停，不会录制帧。",
  "place.paused-passed": "已暂停，已有 { NUMBER($n) } 帧未录制。",
  "place.resume": "继续录制",
};
