import type { headers as english } from "../en/headers.ts";
import type { Translated } from "../translated.ts";

export const headers: Translated<typeof english> = {
  "headers.url": "网址",
  "headers.unknown": "未知",
  "headers.status": "状态",
  "headers.started": "开始时间",
  "headers.took": "{ DURATION($ms) } 后得到响应",
  "headers.initiator": "启动器",
  "headers.ended": "结束",
  "headers.cookies": "Cookie",
  "headers.checks": "握手检查",
  "headers.request": "请求头",
  "headers.response": "响应头",
  "headers.raw": "原始",
  "headers.raw-request": "请求头：原始文本",
  "headers.raw-response": "响应头：原始文本",
  "headers.no-request": "Chrome 未报告请求头。",
  "headers.no-response": "Chrome 未报告响应头。",
  "headers.no-response-yet": "尚无响应。",
  "headers.cleared": "日志已清空。",
  "headers.open-source": "在“来源”面板中打开",
  "headers.open-source-at": "{ $place }（在“来源”面板中打开）",
  "headers.ok": "正确",
  "headers.note": "提示",
  "headers.problem": "问题",
  "headers.not-known": "未知",
};
