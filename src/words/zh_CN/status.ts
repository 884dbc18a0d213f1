import type { status as english } from "../en/status.ts";
import type { Translated } from "../translated.ts";

export const status: Translated<typeof english> = {
  "status.capture": "抓取",
  "status.starting": "正在启动",
  "status.capturing": "正在抓取",
  "status.paused": "已暂停",
  "status.waiting": "正在等待：{ $why }",
  "status.not-capturing": "未在抓取：{ $why }",
  "status.saved-capture": "未在抓取：{ $what }",
  "status.saved-capture-named": "未在抓取：“{ $name }”，{ $what }",
  "status.frames": "{ NUMBER($n) } 帧",
  "status.messages": "{ NUMBER($n) } 条消息",
  "status.messages-about": "有些帧包含多条消息，或只是一条消息的一部分。",
  "status.bytes": "{ BYTES($all) } · 内存中 { BYTES($memory) }",
  "status.sent-rate": "每秒发送的帧和字节",
  "status.received-rate": "每秒接收的帧和字节",
  "status.unpaired": "{ NUMBER($n) } 个请求未配对",
  "status.unpaired-about": "等待响应的请求过多，或其 ID 过长。它们仍在日志中，但未与响应关联。",
  "status.undecoded": "{ NUMBER($n) } 条消息未解码",
  "status.undecoded-about": "解码器在这些消息上失败或耗时超过 2 秒，或者这些消息所依赖的先前内容超出保留上限（64 MB）。它们仍按原样保留在日志中。",
  "status.decoders": "解码器",
  "status.some-decoder": "某个解码器",
  "status.set-aside": "{ $decoders } 已在 { NUMBER($n) } 个连接上停用",
  "status.decoder-stopped": "{ $decoder }：在 { $url } 的 { NUMBER($n) } 条消息上被停止",
  "status.decoder-aside": "{ $decoder }：在 { $url } 的 { NUMBER($n) } 条消息上被停止。该连接的其他消息按文本或二进制显示。",
  "status.decoder-not-loaded": "{ $decoder }：无法加载。{ $url } 的消息按文本或二进制显示。关闭并重新打开开发者工具可重试。",
  "status.problem": "问题",
  "status.recorder": "录制",
  "status.restarted": `{ $times ->
      [one] 录制曾停止，现已重新启动。
     *[other] 录制曾停止并重新启动 { NUMBER($times) } 次。
  }{ $lost ->
      [0] 没有丢失帧。
     *[other] 丢失 { NUMBER($lost) } 帧。
  }`,
  "status.faults": "{ NUMBER($n) } 个内部错误",
  "status.faults-copy": "复制错误报告：{ NUMBER($n) } 个内部错误",
  "status.faults-about": "Framescope 发生内部错误后继续运行。可复制不含抓取数据的报告。",
  "status.copy-report": "复制错误报告",
  "status.lost": "丢失 { NUMBER($n) } 帧",
  "status.lost-about": "Chrome 报告了这些帧或事件，但它们不在日志中。",
  "status.saved": "已全部保存",
  "status.not-saved": "未保存到磁盘：{ $why }",
  "status.opening": "正在打开：{ SHARE($share) }",
  "status.selection": "选择",
  "status.selected": "已选择 { NUMBER($n) } 行",
  "status.selected-sums": "{ BYTES($bytes) } · { DURATION($span) }",
  "status.clipboard": "剪贴板",
  "status.export": "导出",
  "status.exporting": "正在导出…",
  "status.exporting-share": "正在导出… { SHARE($share) }",
  "status.export-reading": "正在读取抓取… { SHARE($share) }",
  "status.export-cancel": "取消导出",
  "status.exported": "已保存 { $name }：{ NUMBER($n) } 帧，{ BYTES($bytes) }",
  "status.export-failed": "导出失败：{ $why }",
  "status.dismiss": "关闭",
};
