import type { find as english } from "../en/find.ts";
import type { Translated } from "../translated.ts";

export const find: Translated<typeof english> = {
  "find.name": "查找",
  "find.frames": "查找帧",
  "find.hint": "查找文本、/正则/、type:trade…",
  "find.found": "查找结果",
  "find.searching": "正在搜索…",
  "find.searching-share": "正在搜索… { SHARE($share) }",
  "find.wrapped": "已从另一端继续",
  "find.none": "无结果",
  "find.previous": "上一个",
  "find.previous-about": "上一个（Shift+Enter、Shift+F3）",
  "find.next": "下一个",
  "find.next-about": "下一个（Enter、F3）",
  "find.close": "关闭查找",
  "find.of": "{ NUMBER($at) } / { NUMBER($all) }",
  "find.of-more": "{ NUMBER($at) } / { NUMBER($all) } 以上",
  "find.type-first": "请先输入要查找的内容。",
};
