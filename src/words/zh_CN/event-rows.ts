import type { eventRows as english } from "../en/event-rows.ts";
import type { Translated } from "../translated.ts";

export const eventRows: Translated<typeof english> = {
  "log.navigated-cut": "{ $url } · 已打开连接的最后几帧可能缺失",
  "log.gap": "有 { AGO($ms) } 未在抓取。可能有帧缺失。",
  "log.gap-filled": "有 { AGO($ms) } 未在抓取。已尽可能根据开发者工具的日志补全。",
  "log.paused": "录制已暂停：期间有 { NUMBER($n) } 帧未被记录",
  "log.replayed": "重发脚本：{ $told }",
  "log.restarted": `{ $lost ->
      [0] 录制已停止并重新启动。没有丢失帧。
     *[other] 录制已停止并重新启动。丢失了 { NUMBER($lost) } 帧。
  }`,
};
