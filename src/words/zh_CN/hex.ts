import type { hex as english } from "../en/hex.ts";
import type { Translated } from "../translated.ts";

export const hex: Translated<typeof english> = {
  "hex.go-to": "转到偏移量",
  "hex.go-to-about": "转到偏移量：31 或 0x1f",
  "hex.offset": "偏移量",
  "hex.find": "查找字节或文本",
  "hex.find-hint": "查找文本或 0xff 00",
  "hex.found": "字节查找结果",
  "hex.not-found": "未找到",
  "hex.find-previous": "查找上一处字节",
  "hex.find-next": "查找下一处字节",
  "hex.copy": "复制字节",
  "hex.copy-all": "将全部字节复制为…",
  "hex.copy-selected": "将选中的字节复制为…",
  "hex.copy-hex": "十六进制",
  "hex.copy-base64": "Base64",
  "hex.copy-c": "C 数组",
  "hex.copy-javascript": "JavaScript",
  "hex.copy-python": "Python",
  "hex.copied": "已复制 { NUMBER($n) } 字节",
  "hex.too-many": "无法复制超过 { BYTES($most) } 的内容。请选择较少内容，或导出。",
  "hex.selected": "偏移量 { $offset }，已选中 { NUMBER($n) } 字节",
  "hex.readings": "数据检查器",
  "hex.type": "类型",
  "hex.little": "小端序",
  "hex.big": "大端序",
};
