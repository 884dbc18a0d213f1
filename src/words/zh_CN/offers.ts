import type { offers as english } from "../en/offers.ts";
import type { Translated } from "../translated.ts";

export const offers: Translated<typeof english> = {
  "offers.show-codes": "从现在起显示关闭码",
  "offers.codes-from-now": "下一个打开的连接会在关闭时显示关闭码。对于现在已打开的连接，请重新加载网页。",
  "offers.reload-about": "重新加载后，网页打开的连接会从头抓取。",
  "offers.with-devtools-about": "下次，网页在此面板显示之前打开的连接也会从头抓取。",
  "offers.with-devtools-on": "从下次起，打开开发者工具时即开始抓取。",
  "offers.tabs-not-captured": "此网页打开的标签页未被抓取。",
  "offers.capture-tabs": "抓取",
  "offers.capture-tabs-name": "抓取此网页打开的标签页",
  "offers.capture-tabs-about": "从现在起，网页打开的标签页在打开期间会被抓取",
  "offers.dismiss": "忽略",
  "offers.dismiss-tabs": "不抓取此网页打开的标签页",
  "offers.open-captures": "打开抓取记录",
  "offers.open-captures-about": "删除抓取可释放空间",
  "offers.memory-about": "更改内存中保留的数据量",
  "offers.none-kept": "抓取结束后即被删除：设置中的“保留的抓取数”为 0。",
  "offers.keep-captures": "保留 { NUMBER($n) } 个抓取",
  "offers.extension-page": "打开扩展程序设置",
  "offers.extension-page-about": "Chrome 的 Framescope 页面，其中有“允许访问文件网址”",
};
