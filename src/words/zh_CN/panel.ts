import type { panel as english } from "../en/panel.ts";
import type { Translated } from "../translated.ts";

export const panel: Translated<typeof english> = {
  // Its place is drawn before it comes.
  "inspector.name": "检查器",
  "panel.name": "Framescope",
  "panel.updated": "Framescope 已更新。请关闭并重新打开开发者工具或此标签页。",
  "panel.capture-ended": "抓取已结束。请关闭并重新打开开发者工具或此标签页。",
  "panel.stopped": "Framescope 已停止运行。请关闭并重新打开开发者工具或此标签页。",
  "panel.bug": "内部错误，无法完成此操作。状态栏中有相关报告。",
  "panel.restarted": "录制曾停止，现已重新启动。请重试。",
  "panel.no-answer": "15 秒内没有响应。请重试。",
  "panel.cancelled": "已取消。",
  "panel.not-cleared": "无法清空：{ $why }",
  "panel.not-unfolded": "无法显示消息：{ $why }",
  "panel.not-pinned": "无法固定：{ $why }",
  "panel.not-unpinned": "无法取消固定：{ $why }",
  "panel.note-not-saved": "无法保存备注：{ $why }",
  "panel.closed": "面板已关闭。",
  "panel.broken": "无法显示此面板：{ $problem }",
  "panel.frame-broken": "无法显示此帧：{ $problem }",
  "panel.part-broken": "无法显示面板的这一部分：{ $problem }",
  "panel.capture-is-kept": "抓取仍在继续，数据没有丢失。",
  "panel.internal-error": "内部错误",
  "panel.draw-again": "重试",
  "panel.not-decoded": "无法更改解码器：{ $why }",
};
