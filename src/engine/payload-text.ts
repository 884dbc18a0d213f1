import { OPCODE_TEXT } from "../model/frame.ts";
import { PREVIEW_LENGTH } from "../contract/rows.ts";

/** Bytes that are sure to hold `PREVIEW_LENGTH` characters of UTF-8. */
export const PREVIEW_BYTES = PREVIEW_LENGTH * 4;
const HEX_PREVIEW_BYTES = 32;

/** The head of a payload as one line: its text, or for binary that is no text its first bytes in hex. */
export function previewPayload(head: Uint8Array, opcode: number, length: number): string {
  const text = decodeHead(head, length, opcode === OPCODE_TEXT);
  if (text === undefined) {
    const hex = Array.from(head.subarray(0, HEX_PREVIEW_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    return length > HEX_PREVIEW_BYTES ? `${hex} …` : hex;
  }
  const line = text.slice(0, PREVIEW_LENGTH).replace(/[\s\p{Cc}]+/gu, " ");
  return head.length < length || text.length > PREVIEW_LENGTH ? `${line.slice(0, PREVIEW_LENGTH - 1)}…` : line;
}

/** Text of a payload's head; undefined for binary that is not printable UTF-8. Text frames are always decoded. */
function decodeHead(head: Uint8Array, length: number, isText: boolean): string | undefined {
  if (isText) return lossy(head, head.length < length);
  const text = decodeUtf8(head, head.length < length);
  return text === undefined || NOT_PRINTABLE.test(text) ? undefined : text;
}

/** Control characters that no text holds: what is left of Cc without tab, line feed, form feed and carriage return. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const NOT_PRINTABLE = /[\u0000-\u0008\u000B\u000E-\u001F\u007F]/;

/** The bytes as text, or undefined where they are no UTF-8. `cut`: they may end within a character. */
export function decodeUtf8(bytes: Uint8Array, cut = false): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return undefined;
  }
}

function lossy(bytes: Uint8Array, cut: boolean): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes, { stream: cut });
}

/** Whether a payload of so many bytes that begins so is shown as text, as far as its head tells. */
export const mayBeText = (head: Uint8Array, opcode: number, length: number): boolean => decodeHead(head, length, opcode === OPCODE_TEXT) !== undefined;

/** The whole payload as text; undefined for binary that is not printable UTF-8. */
export function payloadAsText(payload: Uint8Array, opcode: number): string | undefined {
  return decodeHead(payload, payload.length, opcode === OPCODE_TEXT);
}
