import type { decode as english } from "../en/decode.ts";
import type { Translated } from "../translated.ts";

export const decode: Translated<typeof english> = {
  "decode.not-utf8": "不是有效的 UTF-8。",
};
