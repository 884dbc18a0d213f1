import type { compare as english } from "../en/compare.ts";
import type { Translated } from "../translated.ts";

export const compare: Translated<typeof english> = {
  "compare.name": "对比",
  "compare.difference": "差异",
  "compare.with": "对比",
  "compare.other": "#{ NUMBER($n) } { $label }",
  "compare.go-to": "转到所对比的消息",
  "compare.changes": `{ $n ->
      [0] 相同
     *[other] { NUMBER($n) } 处更改
  }`,
  "compare.as-text": "按文本",
  "compare.as-bytes": "按字节",
  "compare.earlier": "更早的同类型消息",
  "compare.later": "更晚的同类型消息",
  "compare.previous": "上一处更改",
  "compare.next": "下一处更改",
  "compare.equal": "{ $text } 相同",
  "compare.equal-left-out": "{ NUMBER($n) } 项相同",
  "compare.none": "此连接上没有其他同类型消息。右键点击另一条消息，选择“对比…”。",
  "compare.messages-only": "只能对比消息。",
  "compare.comparing": "正在对比… { SHARE($share) }",
  "compare.added": "已添加",
  "compare.removed": "已移除",
  "compare.menu": "对比…",
  "compare.before": "上一条同类型消息",
  "compare.looked-at": "#{ NUMBER($n) }，之前查看的消息",
  "compare.selected": "选中的另一条消息",
};
