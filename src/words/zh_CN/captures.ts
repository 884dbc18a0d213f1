import type { captures as english } from "../en/captures.ts";
import type { Translated } from "../translated.ts";

export const captures: Translated<typeof english> = {
  "captures.no-page": "未命名的网页",
  "captures.offer": "{ $page } 的抓取于 { DAY($at) } { MINUTE($at) } 中断，共 { NUMBER($n) } 帧。",
  "captures.offer-damaged": "其中有 { NUMBER($n) } 处损坏。",
  "captures.offer-name": "中断的抓取",
  "captures.offer-open": "打开此抓取",
  "captures.offer-dismiss": "忽略此抓取",
  "captures.offer-dismiss-about": "它会保留在“抓取记录”中",
  "captures.open": "打开",
  "captures.dismiss": "忽略",
  "captures.not-kept": "固定标记和备注不会保存。",
};
