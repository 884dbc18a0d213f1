import type { format as english } from "../en/format.ts";
import type { Translated } from "../translated.ts";

export const format: Translated<typeof english> = {
  "format.no-frames": "没有可导出的帧。",
};
