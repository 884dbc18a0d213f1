import type { settings as english } from "../en/settings.ts";
import type { Translated } from "../translated.ts";

export const settings: Translated<typeof english> = {
  "settings.language": "语言",
  "settings.language-auto": "浏览器界面语言",
  "settings.preserve-log": "保留日志",
  "settings.preserve-log-about": "网页导航时不清除帧。表格中会标出每次导航。",
  "settings.with-devtools": "打开开发者工具时开始抓取",
  "settings.with-devtools-about": "否则在首次打开此面板时开始抓取。",
  "settings.popups": "同时抓取此网页打开的标签页",
  "settings.close-codes": "显示关闭码",
  "settings.close-codes-about": "同时显示关闭原因和已发送 Blob 的大小，Chrome 不会报告这些信息。为此会在网页及其 Worker 中包装 WebSocket，堆栈轨迹会因此多出一行。",
  "settings.memory": "载荷可用内存",
  "settings.memory-about": "较早的载荷从磁盘读取。{ NUMBER($least) } 到 { NUMBER($most) } MiB。",
  "settings.kept": "保留的抓取数",
  "settings.kept-about": "最早的抓取最先删除。{ NUMBER($least) } 到 { NUMBER($most) }。",
  "settings.disk": "抓取可用磁盘空间",
  "settings.disk-about": "空间用完时删除最早的抓取。{ NUMBER($least) } 到 { NUMBER($most) } MiB。",
  "settings.mebibytes": "MiB",
};
