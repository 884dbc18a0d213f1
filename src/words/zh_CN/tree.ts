import type { tree as english } from "../en/tree.ts";
import type { Translated } from "../translated.ts";

export const tree: Translated<typeof english> = {
  "tree.find": "在值中查找",
  "tree.find-about": "查找此消息的键和值 (/)",
  "tree.find-text": "查找键和值",
  "tree.found": "值查找结果",
  "tree.find-previous": "在值中查找上一处",
  "tree.find-next": "在值中查找下一处",
  "tree.find-limit": "字符串内的 JSON 或 Base64 过多：其中一部分仅按纯文本查找。",
  "tree.find-close": "关闭值查找",
  "tree.expand-all": "全部展开",
  "tree.collapse-all": "全部折叠",
  "tree.show-bytes": "在“十六进制”中显示字节",
  "tree.copy-pretty": "将值复制为缩进的 JSON",
  "tree.copy-line": "将值复制为单行 JSON",
  "tree.copy-text": "复制不带引号的文本",
  "tree.store-global": "存储为全局变量",
  "tree.stored-global": "已在网页控制台中存储为 { $name }，变量名已复制。",
  "tree.copy-key": "复制键",
  "tree.key-copied": "已复制键",
  "tree.add-column": "添加为列",
  "tree.path-too-long": "此消息太长，无法在表格中读取。打开它即可查看该值。",
  "tree.copy-path-as": "复制路径为…",
  "tree.path-for": "{ $form }",
  "tree.open": "在新标签页中打开",
  "tree.open-about": "按住 Ctrl 点击可在新标签页中打开",
};
