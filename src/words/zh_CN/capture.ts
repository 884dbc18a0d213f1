import type { capture as english } from "../en/capture.ts";
import type { Translated } from "../translated.ts";

export const capture: Translated<typeof english> = {
  "capture.no-such-pages": "Chrome 不允许扩展程序调试 { $scheme } 页面。",
};
