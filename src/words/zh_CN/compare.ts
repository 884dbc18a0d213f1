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
  "compare.no-connection": "只有这一个连接。有其他连接时才能对比。",
  "compare.with-connection": "对比的连接",
  "compare.beginnings": "握手与结束",
  "compare.same-beginnings": "两者的开始和结束相同。",
  "compare.other-side": "另一个",
  "compare.this-side": "此连接",
  "compare.messages": "按类型依次匹配的消息",
  "compare.same": "相同",
  "compare.changed": "有变化",
  "compare.only-other": "仅在另一个连接上",
  "compare.only-this": "仅在此连接上",
  "compare.paths": "有变化的值（按消息数）",
  "compare.first": "最初的差异",
  "compare.added": "已添加",
  "compare.removed": "已移除",
  "compare.menu": "对比…",
  "compare.before": "上一条同类型消息",
  "compare.looked-at": "#{ NUMBER($n) }，之前查看的消息",
  "compare.selected": "选中的另一条消息",
};
