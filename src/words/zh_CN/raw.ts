import type { raw as english } from "../en/raw.ts";
import type { Translated } from "../translated.ts";

export const raw: Translated<typeof english> = {
  "raw.pretty": "美化",
  "raw.pretty-about": "以缩进的 JSON 显示值",
  "raw.pretty-no-value": "此文本没有可缩进的值。",
  "raw.pretty-alone": "载荷不是文本，此处只能显示其值。",
  "raw.wrap": "自动换行",
  "raw.wrap-about": "在边缘处折断长行",
  "raw.find": "在文本中查找",
  "raw.found": "文本查找结果",
  "raw.place": "第 { NUMBER($n) } 处，共 { NUMBER($all) } 处",
  "raw.place-of-more": "第 { NUMBER($n) } 处，共 { NUMBER($all) } 处以上",
  "raw.find-previous": "在文本中查找上一处",
  "raw.find-next": "在文本中查找下一处",
  "raw.copy": "复制",
  "raw.select-all": "全选",
  "raw.copied": "已复制 { NUMBER($n) } 个字符",
  "raw.selected": "已选择 { NUMBER($n) } 个字符",
  "raw.below": "第 { NUMBER($n) } 行以下的行",
  "raw.fold-about": "折叠或展开。按住 Alt：连同其下全部。",
  "raw.hidden": "… { NUMBER($n) } 行",
};
