import type { welcome as english } from "../en/welcome.ts";
import type { Translated } from "../translated.ts";

export const welcome: Translated<typeof english> = {
  "welcome.about": "每条消息成为一行：已解码、与应答配对、可过滤。暂时没有可抓取的内容？可以先看一份抓取。",
  "welcome.demo": "打开演示抓取",
  "welcome.demo-about": "一个交易网页的抓取，包含 Socket.IO、GraphQL、MessagePack 和普通 JSON。在单独的标签页中打开。",
  "welcome.demo-name": "演示",
  "welcome.import": "导入文件…",
  "welcome.tour": "查看导览",
  "welcome.hint-name": "提示",
  "welcome.hint": "点击一帧即可查看。右键点击可过滤、复制或重发；右键点击连接可复制为脚本。按 ? 查看所有快捷键。",
  "welcome.hint-close": "关闭提示",
  "welcome.tour-step": "第 { NUMBER($number) } 步，共 { NUMBER($all) } 步",
  "welcome.tour-leave": "退出导览",
  "welcome.tour-back": "上一步",
  "welcome.tour-next": "下一步",
  "welcome.tour-done": "完成",
  "welcome.tour-connections": "连接",
  "welcome.tour-connections-about": "网页、框架和 Worker 的所有 WebSocket 和事件流。选择一个连接，只看它的帧和握手。重新建立的连接合为一行，标有 ×N。",
  "welcome.tour-frames": "帧",
  "welcome.tour-frames-about": "每条消息一行：协议已知时显示类型，请求还会显示应答的延迟。选择其他行之前，最新的行始终可见。",
  "welcome.tour-filter": "过滤",
  "welcome.tour-filter-about": "输入任意文本，或 type:trade、.price > 100、size:>1kB、is:unanswered 这样的条件。补全列表显示此抓取中的值和次数。",
  "welcome.tour-inspector": "消息",
  "welcome.tour-inspector-about": "选择一行并按 Enter：查看解码后的消息、字节、对应的应答和握手。右键点击一个值，可按它过滤或将它设为列。",
  "welcome.tour-keys": "导出和命令",
  "welcome.tour-keys-about": "可导出为 HAR、NDJSON、pcapng 等格式，并对敏感数据脱敏。Ctrl+Shift+K（⌘⇧K）列出所有命令，? 列出所有快捷键。",
};
