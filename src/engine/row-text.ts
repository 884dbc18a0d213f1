import { assertNever } from "../model/assert-never.ts";
import { isMessage, kindOf, opcodeOf, OPCODE_TEXT } from "../model/frame.ts";

/** What stands in the Type column. */
export function labelOf(bits: number): string {
  const kind = kindOf(bits);
  switch (kind) {
    case "message":
      return opcodeOf(bits) === OPCODE_TEXT ? "text" : "binary";
    case "pause":
      return "paused";
    case "error":
    case "open":
    case "close":
    case "navigation":
      return kind;
    default:
      return assertNever(kind);
  }
}

/** How a row's payload is read: events hold text, messages what their opcode says. */
export const textOpcode = (bits: number): number => (isMessage(bits) ? opcodeOf(bits) : OPCODE_TEXT);

/** In place of a payload that Chrome did not report; `size`: where the observer of closings told it. */
export const unreportedText = (size: number | null): string =>
  `Payload not reported by Chrome (${size === null ? "a Blob was sent, or an empty binary message" : "a Blob was sent"})`;
