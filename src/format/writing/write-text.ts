import type { Pieces } from "../export-format.ts";
import type { PieceWriter } from "./piece-writer.ts";

/** Bytes that become a string at a time. */
const PART = 1 << 16;

/** Writes a payload as text, each part of it changed; bytes that are no UTF-8 as U+FFFD. It is never a string whole. */
export function* writeText(payload: Uint8Array, change: (part: string) => string, writer: PieceWriter): Pieces<void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (let from = 0; from < payload.length; from += PART) {
    yield* writer.text(change(decoder.decode(payload.subarray(from, from + PART), { stream: true })));
  }
  yield* writer.text(change(decoder.decode()));
}
