import type { capture as english } from "../en/capture.ts";
import type { Translated } from "../translated.ts";

export const capture: Translated<typeof english> = {
  "capture.debugged-by-other": "其他扩展程序正在调试此标签页。请结束其调试会话，然后点击“继续”。",
  "capture.own-pages": "Chrome 不允许扩展程序调试 { $scheme } 网页。请打开普通网页，然后点击“继续”。",
  "capture.web-store": "Chrome 不允许扩展程序调试 Chrome 应用商店。请打开其他网页，然后点击“继续”。",
  "capture.devtools": "Chrome 不允许扩展程序调试开发者工具。请打开普通网页，然后点击“继续”。",
  "capture.policy": "此浏览器的政策不允许在此处调试。请联系管理员，或使用其他个人资料。",
  "capture.file": "此网页是文件。请在 chrome://extensions 中为 Framescope 开启“允许访问文件网址”，然后点击“继续”。",
  "capture.tab-closed": "标签页已关闭。已抓取的内容保留在此处。",
  "capture.refused": "Chrome 拒绝了请求：“{ $words }”。点击“继续”可重试。",
  "capture.cancelled": "已在 Chrome 的提示栏中取消调试（“Framescope 已开始调试此浏览器”）。点击“继续”可继续抓取。",
  "capture.page-gone": "Chrome 已结束对此网页的调试：网页已关闭，或已转到不允许扩展程序访问的位置。点击“继续”可继续抓取。",
  "capture.ended-because": "Chrome 已结束调试：“{ $words }”。点击“继续”可继续抓取。",
  "capture.ended-by-chrome": "Chrome 已结束调试。点击“继续”可继续抓取。",
  "capture.stopped": "抓取已停止。",
  "capture.crashed": "网页已崩溃。重新加载网页即可继续。",
  "capture.another-extension": "其他扩展程序",
  "capture.extension-named": "其他扩展程序 ({ $id })",
  "capture.extension-page": "此网页属于{ $extension }，而 Chrome 不允许扩展程序相互调试。请打开普通网页，然后点击“继续”。",
  "capture.extension-frame": "此网页中有一个框架属于{ $extension }。只要该框架存在，Chrome 就不允许调试，因此网页、其框架和 Worker 的任何内容都不会被抓取。请移除该框架，或在此网站上停用该扩展程序，然后点击“继续”。",
};
