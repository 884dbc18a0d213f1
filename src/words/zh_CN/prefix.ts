import type { prefix as english } from "../en/prefix.ts";
import type { Translated } from "../translated.ts";

export const prefix: Translated<typeof english> = {
  "prefix.menu": "跳过前缀…",
  "prefix.menu-change": "更改前缀…",
  "prefix.title": "跳过每条消息的前缀",
  "prefix.about": "用于消息之前有长度或标志字节的情况，其后的内容自动识别。之后连接到同一地址的连接也按此读取。",
  "prefix.bytes": "跳过的字节数",
  "prefix.remove": "移除前缀",
  "prefix.skip": "跳过",
  "prefix.named": "跳过前 { NUMBER($n) } 字节",
  "prefix.remove-nothing": "未跳过前缀。",
  "prefix.bytes-first": "请输入 1 到 { NUMBER($most) } 之间的整数。",
};
