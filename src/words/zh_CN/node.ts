import type { node as english } from "../en/node.ts";
import type { Translated } from "../translated.ts";

export const node: Translated<typeof english> = {
  "node.about": "不用浏览器，读取 Framescope 的抓取记录",
  "node.show-about": "打印已保存的抓取记录中的行",
  "node.show-folder": "抓取记录所在的文件夹，其中有 journal 和 payloads 两个文件",
  "node.show-filter": "过滤条件，写法与面板相同：type:trade size:>1kb",
  "node.frames": "{ NUMBER($n) } 帧，共 { NUMBER($all) } 帧",
  "node.no-capture": "{ $folder } 中没有抓取记录：{ $why }",
  "node.read-only": "抓取记录在此只供读取，不会写入任何内容。",
};
