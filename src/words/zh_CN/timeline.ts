import type { timeline as english } from "../en/timeline.ts";
import type { Translated } from "../translated.ts";

export const timeline: Translated<typeof english> = {
  "timeline.name": "时间线",
  "timeline.empty": "尚无帧",
  "timeline.about": "{ $from } 至 { $to }：已发送 { NUMBER($sent) }，已接收 { NUMBER($received) }。左右方向键逐段查看，按住 Shift 则按时间过滤；上下方向键缩放，Esc 显示全部。",
  "timeline.measure": "时间线显示",
  "timeline.lanes": "每个连接一行",
  "timeline.lanes-about": "为每个连接单独显示一行",
  "timeline.lane": "{ $url }：已发送 { NUMBER($sent) }，已接收 { NUMBER($received) }。",
  "timeline.other-lanes": "另有 { NUMBER($n) } 个连接。",
  "timeline.messages": "消息",
  "timeline.bytes": "字节",
  "timeline.latency": "延迟",
  "timeline.usual": "p50 { DURATION($median) } · p95 { DURATION($tail) }",
  "timeline.slowest": "最慢的应答 { DURATION($ms) }",
  "timeline.silence": "{ DURATION($ms) } 内没有消息",
  "timeline.quiet": "{ $name }：{ DURATION($ms) } 内没有消息",
  "timeline.more-quiet": "另有 { NUMBER($n) } 个连接没有消息",
  "timeline.dots": "已绘制 { NUMBER($n) } 个应答中的 { NUMBER($shown) } 个",
  "timeline.unmarked": "{ NUMBER($n) } 个标记未绘制",
  "timeline.in": "{ NUMBER($ms) } ms 内 { $what }",
  "timeline.when": "{ $from } 至 { $to }",
  "timeline.passed": "{ NUMBER($n) } · { BYTES($bytes) }",
  "timeline.passed-of": "{ NUMBER($n) } 中的 { NUMBER($found) } · { BYTES($bytes) }",
  "timeline.opened": `{ $n ->
      [1] 打开
     *[other] 打开 { NUMBER($n) } 个
  }`,
  "timeline.closed": `{ $n ->
      [1] { $code ->
          [0] 关闭
         *[other] 关闭 { $code }
      }
     *[other] { $code ->
          [0] 关闭 { NUMBER($n) } 个
         *[other] 关闭 { NUMBER($n) } 个 ({ $code })
      }
  }`,
  "timeline.errors": `{ $n ->
      [1] 错误
     *[other] { NUMBER($n) } 个错误
  }`,
  "timeline.navigated": `{ $n ->
      [1] 导航
     *[other] 导航 { NUMBER($n) } 次
  }`,
  "timeline.paused": `{ $n ->
      [1] 暂停
     *[other] 暂停 { NUMBER($n) } 次
  }`,
  "timeline.reported": `{ $n ->
      [1] 已重发脚本
     *[other] 重发脚本 { NUMBER($n) } 次
  }`,
  "timeline.pinned": `{ $n ->
      [1] 固定
     *[other] 固定 { NUMBER($n) } 个
  }`,
};
