import { assertNever } from "../model/assert-never.ts";
import { isCoded, isMessage, kindOf, opcodeOf, OPCODE_TEXT } from "../model/frame.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Said, type Tell, type Told } from "../model/said.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { decodeTold } from "../log/told-payload.ts";
import type { FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";

/** What stands in the Type column. */
export function labelOf(bits: number): string {
  const kind = kindOf(bits);
  switch (kind) {
    case "message":
      return OPCODE_LABELS[opcodeOf(bits)] ?? "binary";
    case "pause":
      return "paused";
    case "error":
    case "open":
    case "close":
    case "navigation":
    case "report":
      return kind;
    default:
      return assertNever(kind);
  }
}

/** RFC 6455 §5.2. Chrome tells of text and binary alone, files also of the others. */
const OPCODE_LABELS: Readonly<Record<number, string>> = { [OPCODE_TEXT]: "text", 8: "close", 9: "ping", 10: "pong" };

/** How a row's payload is read: events hold text, messages what their opcode says. */
export const textOpcode = (bits: number): number => (isMessage(bits) ? opcodeOf(bits) : OPCODE_TEXT);

/**
 * What a row shows as its payload: of an event's, words; of a message what went over the wire, at most `most` bytes of it.
 * Throws as the log does where it cannot be read back.
 */
export function rowPayload(log: FrameLog, tell: Tell, index: FrameIndex, most?: number): Uint8Array {
  const bits = log.bitsAt(index);
  return isCoded(bits) ? TO_UTF8.encode(tell(decodeTold(bits, log.payloadAt(index)))) : log.payloadAt(index, most);
}

/** The same, as bytes of the caller's own. Cost: one copy. */
export function ownRowPayload(log: FrameLog, tell: Tell, index: FrameIndex, most?: number): Uint8Array<ArrayBuffer> {
  return isCoded(log.bitsAt(index)) ? rowPayload(log, tell, index).slice() : log.ownPayloadAt(index, most);
}

/** The same as a row of the table says it: without Chrome's own words where ours say what they mean. The inspector has both. */
export function rowBrief(log: FrameLog, tell: Tell, index: FrameIndex, most: number): Uint8Array {
  const bits = log.bitsAt(index);
  return isCoded(bits) ? TO_UTF8.encode(tell(briefOf(decodeTold(bits, log.payloadAt(index))))) : log.payloadAt(index, most);
}

function briefOf(told: Told): Told {
  if (typeof told !== "object" || told.code !== "capture.error-known") return told;
  const { what } = told.values;
  return typeof what === "object" && "code" in what ? what : told;
}

/** Bytes `from` up to `to` of that. */
export const rowBytes = ({ log, tell }: Pick<CaptureLog, "log" | "tell">, index: FrameIndex, from: number, to: number): Uint8Array =>
  isCoded(log.bitsAt(index)) ? rowPayload(log, tell, index).subarray(from, to) : log.payloadRange(index, from, to);

const TO_UTF8 = new TextEncoder();

/** In place of a payload that Chrome did not report; `size`: where the observer of closings told it. */
export const unreported = (size: number | null): Said => (size === null ? say("engine.unreported-or-empty") : say("engine.unreported"));

/** In place of a payload that cannot be read back from the disk. */
export const unreadable = (error: unknown): Said => say("engine.unreadable", { why: error instanceof Refusal ? error.told : say("engine.internal-error") });
