import type { copy as english } from "../en/copy.ts";
import type { Translated } from "../translated.ts";

export const copy: Translated<typeof english> = {
  "copy.message": "已复制消息",
  "copy.messages": "已复制 { NUMBER($n) } 条消息",
  "copy.json-lines": "已将 { NUMBER($n) } 条消息复制为 JSON 行",
  "copy.url": "已复制网址",
  "copy.header": "已复制标头：{ $name }",
  "copy.header-value": "已复制 { $name } 的值",
  "copy.value": "已复制值",
  "copy.path": "已复制路径",
  "copy.report": "已复制错误报告",
  "copy.failed": "无法复制：{ $why }",
  "copy.not-allowed": "Chrome 目前不允许。请先在面板中点击，然后重新复制。",
};
