import { base64Length, writeBase64 } from "../model/base64.ts";

const ASCII = new TextDecoder();

/** Bytes as JSON: `{"$bytes":"<base64>","length":3}`. Past `atMost` characters, which are enough, the rest is left out. */
export function base64Json(bytes: Uint8Array, atMost = Infinity): string {
  const wanted = Math.min(bytes.length, atMost);
  const digits = new Uint8Array(base64Length(wanted));
  writeBase64(bytes, 0, wanted, digits, 0);
  return `{"$bytes":"${ASCII.decode(digits)}","length":${bytes.length}}`;
}
