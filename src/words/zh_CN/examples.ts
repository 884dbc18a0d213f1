import type { examples as english } from "../en/examples.ts";
import type { Translated } from "../translated.ts";

export const examples: Translated<typeof english> = {
  "examples.keys": "↑ 和 ↓：最近的过滤器。Enter：转到表格。Esc：清除。",
  "examples.text": "包含此文本的帧，不区分大小写",
  "examples.quoted": "带空格的文本",
  "examples.pattern": "正则表达式",
  "examples.type": "“类型”列中的内容。减号表示排除。",
  "examples.or": "二者之一",
  "examples.unanswered": "尚未得到应答的请求",
  "examples.latency": "耗时更长的请求和应答",
  "examples.size": "较大的消息",
  "examples.last": "最近五秒",
  "examples.near": "某一行前后的行",
  "examples.value": "消息中的数值，不限编码",
  "examples.lists": "列表、模式、字段是否存在以及分组",
};
