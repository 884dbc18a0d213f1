import type { engine as english } from "../en/engine.ts";
import type { Translated } from "../translated.ts";

export const engine: Translated<typeof english> = {
  "engine.log-cleared": "日志已清空。",
};
