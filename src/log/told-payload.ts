import { isCoded, withCode, type FrameBits } from "../model/frame.ts";
import type { Said, Told } from "../model/said.ts";

/** The payload of an event's row, and the bits that say how to read it: text as it is, a code with its values as JSON. */
export function encodeTold(told: Told, bits: FrameBits): { readonly bits: FrameBits; readonly bytes: Uint8Array<ArrayBuffer> } {
  return typeof told === "string" ? { bits, bytes: TO_UTF8.encode(told) } : { bits: withCode(bits), bytes: TO_UTF8.encode(JSON.stringify(told)) };
}

/**
 * What an event's row says. Captures of before version 4 have text alone. A file can be anybody's: what is no code with
 * values is shown as the text that it is. The code may be one that this version's catalogues have not.
 */
export function decodeTold(bits: number, payload: Uint8Array): Told {
  const text = FROM_UTF8.decode(payload);
  if (!isCoded(bits)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isSaid(value, 0) ? value : text;
  } catch {
    return text;
  }
}

/** Values hold values: as deep as sentences do, and no deeper than that reading them costs nothing. */
const DEEPEST = 8;

function isSaid(value: unknown, depth: number): value is Said {
  if (depth > DEEPEST || typeof value !== "object" || value === null || !("code" in value) || !("values" in value)) return false;
  const { code, values } = value;
  if (typeof code !== "string" || typeof values !== "object" || values === null || Array.isArray(values)) return false;
  return Object.values(values).every((one) => typeof one === "number" || isTold(one, depth) || (Array.isArray(one) && one.every((part) => isTold(part, depth))));
}

const isTold = (value: unknown, depth: number): value is Told => typeof value === "string" || isSaid(value, depth + 1);

const TO_UTF8 = new TextEncoder();
const FROM_UTF8 = new TextDecoder();
