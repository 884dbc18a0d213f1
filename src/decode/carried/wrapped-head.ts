import { decodeHead, decodeUtf8 } from "../utf8-text.ts";

/** Whether a text can be one that wraps a message: see `unwrap`. Most are told from it by their head. */
export function mayBeWrapped(bytes: Uint8Array): boolean {
  return bytes[0] === QUOTE || prefixOf(bytes) !== undefined || isPercentEncoded(bytes) || isBase64(bytes);
}

export const QUOTE = 0x22;
const PREFIX = /^(?:\)\]\}',?\s*|for ?\(;;\);\s*|while ?\(1\);\s*|\/\*-secure-\s*)(?=[{[])/;
const LONGEST_PREFIX = 32;

/** What keeps JSON from being run. */
export const prefixOf = (bytes: Uint8Array): string | undefined => PREFIX.exec(decodeHead(bytes, LONGEST_PREFIX))?.[0];

/** Of JSON: a brace, a bracket or a quote. */
export const isPercentEncoded = (bytes: Uint8Array): boolean => /^%(?:7B|5B|22)/i.test(decodeHead(bytes, 4));

/** A shorter one holds nothing. */
const LEAST_BYTES = 8;
const BASE64_HEAD = /^[A-Za-z\d+/_-]{8}/;
const BASE64 = /^[A-Za-z\d+/_-]+={0,2}$/;

export function isBase64(bytes: Uint8Array): boolean {
  if (bytes.length < LEAST_BYTES || !BASE64_HEAD.test(decodeHead(bytes, LEAST_BYTES))) return false;
  const text = decodeUtf8(bytes);
  return BASE64.test(text) && text.replace(/=+$/, "").length % 4 !== 1;
}
