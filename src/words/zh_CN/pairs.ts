import type { pairs as english } from "../en/pairs.ts";
import type { Translated } from "../translated.ts";

export const pairs: Translated<typeof english> = {
  "pairs.menu": "按路径配对请求…",
  "pairs.menu-change": "更改配对路径…",
  "pairs.title": "请求与应答配对",
  "pairs.about": "两个路径（例如 .nonce 和 .meta.replyTo）处的文本或数字相同时，即为该请求的应答。之后连接到同一地址的连接也按此配对。",
  "pairs.request": "请求路径",
  "pairs.answer": "应答路径",
  "pairs.request-example": ".nonce",
  "pairs.answer-example": ".meta.replyTo",
  "pairs.asks": "请求为",
  "pairs.remove": "移除配对路径",
  "pairs.pair": "配对",
  "pairs.named": "按 { $request } 与 { $answer } 配对",
  "pairs.remove-nothing": "未设置路径。",
  "pairs.paths-first": "请先输入两个路径。",
};
