import type { workers as english } from "../en/workers.ts";
import type { Translated } from "../translated.ts";

export const workers: Translated<typeof english> = {
  "workers.name": "共享 Worker",
  "workers.uncertain": "此标签页可能正在使用共享 Worker { $worker }，其他标签页也可能在使用它。Chrome 不会报告由谁使用，因此未抓取它。",
  "workers.named": "{ $name }（{ $url }）",
  "workers.capture": "抓取",
  "workers.capture-about": "抓取此共享 Worker",
  "workers.dismiss": "忽略",
  "workers.dismiss-about": "不抓取此共享 Worker",
};
