import type { filter as english } from "../en/filter.ts";
import type { Translated } from "../translated.ts";

export const filter: Translated<typeof english> = {
  "filter.name": "过滤帧",
  "filter.hint": "过滤：文本、/正则/、type:trade、.px > 100…",
  "filter.completions": "补全建议",
  "filter.clear": "清除输入内容",
  "filter.matches": "匹配结果",
  "filter.matches-some": "{ NUMBER($matches) } / { NUMBER($frames) }",
  "filter.matches-all": "{ NUMBER($n) } 帧",
  "filter.matches-so-far": "目前 { NUMBER($n) }",
  "filter.kept": "已保存的过滤器和突出显示",
  "filter.delete": "删除过滤器 { $name }",
  "filter.remove-highlight": "移除突出显示 { $filter }",
  "filter.highlight-about": "匹配的行显示为此颜色",
  "filter.keep": "保存或突出显示此过滤器",
  "filter.keep-name": "名称",
  "filter.save": "保存过滤器",
  "filter.save-about": "保存的过滤器显示在此栏下方，可开启或关闭。",
  "filter.highlight": "突出显示匹配的行",
  "filter.highlight-keeps": "所有行仍然可见，匹配的行会着色。",
  "filter.highlight-full": "四种颜色均已使用。请先移除一个突出显示。",
  "filter.views": "视图",
  "filter.examples": "过滤示例",
  "filter.hidden": "已隐藏 { NUMBER($n) } 帧",
  "filter.in-saved": "已保存的过滤器：{ $problem }",
};
