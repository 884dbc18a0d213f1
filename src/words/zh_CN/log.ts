import type { log as english } from "../en/log.ts";
import type { Translated } from "../translated.ts";

export const log: Translated<typeof english> = {
  "log.damaged": "此抓取的一部分已损坏。",
};
