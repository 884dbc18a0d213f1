import type { workers as english } from "../en/workers.ts";
import type { Translated } from "../translated.ts";

export const workers: Translated<typeof english> = {
  "workers.name": "共享 Worker",
  "workers.uncertain": "无法得知此标签页是否使用共享 Worker { $worker }，因此未抓取它。",
  "workers.named": "{ $name }（{ $url }）",
  "workers.capture": "抓取",
  "workers.capture-about": "抓取此共享 Worker",
  "workers.dismiss": "不抓取",
  "workers.dismiss-about": "不抓取此共享 Worker",
};
