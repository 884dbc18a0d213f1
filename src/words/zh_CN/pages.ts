import type { pages as english } from "../en/pages.ts";
import type { Translated } from "../translated.ts";

export const pages: Translated<typeof english> = {
  "pages.saved-capture": "已保存的抓取",
  "pages.saved-capture-of": "{ DAY($at) } { MINUTE($at) } 的抓取",
  "pages.title": "{ $name } – Framescope",
  "pages.no-tab": "未选择标签页。请选择要抓取的标签页。",
  "pages.bad-address": "地址中没有标签页。请选择要抓取的标签页。",
  "pages.tab-closed": "该标签页已关闭。请选择其他标签页。",
  "pages.own-tab": "该标签页显示的是 Framescope 自身。请选择其他标签页。",
  "pages.own-place": "无网页的连接",
  "pages.own-place-about": "您在 Framescope 中不借助网页打开的连接从这里发起，其 Origin 为 { $origin }。关闭此标签页，连接即结束。",
  "pages.incognito": "这是无痕式窗口。帧保留在内存中，不超过“设置”中的上限。",
  "pages.perhaps-incognito": "Chrome 未说明这是否为无痕式窗口。帧保留在内存中，不超过“设置”中的上限。重新打开 Framescope 可重试。",
  "pages.silent": "录制没有响应。",
  "pages.restarting": "录制已停止，正在重新启动。",
  "pages.gave-up": "录制连续多次停止。请继续录制以重试。",
};
