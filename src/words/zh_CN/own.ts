import type { own as english } from "../en/own.ts";
import type { Translated } from "../translated.ts";

export const own: Translated<typeof english> = {
  "own.group": "解码器",
  "own.open": "打开解码器…",
  "own.open-about": "您自己的 JavaScript 文件。它在沙箱中运行，无法访问网页、网络或抓取内容。",
  "own.too-long": "{ $name } 超过 { BYTES($most) }。",
  "own.too-many": "最多保留 { NUMBER($most) } 个解码器。请在设置中移除一个。",
  "own.remove": "移除 { $name }",
  "own.pattern": "URL 模式",
  "own.pattern-example": "wss://*.example.com/feed",
  "own.decoder": "解码器",
  "own.pattern-add": "添加 URL 模式",
  "own.pattern-remove": "移除模式 { $url }",
  "own.pattern-about": "连接到这些地址的新连接按此解码。不比较查询部分，* 代表任意字符。",
  "own.pattern-first": "请先填写空白的 URL 模式。",
  "own.not-loaded": "解码器尚未加载。",
};
