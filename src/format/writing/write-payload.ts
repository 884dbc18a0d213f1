import type { Pieces } from "../export-format.ts";
import { writeBase64Text } from "./base64-text.ts";
import { LONGEST_ESCAPE, writeJsonText } from "./json-text.ts";
import type { PieceWriter } from "./piece-writer.ts";

/** Room that a payload of this length needs at most, as the inside of a JSON string. */
export const roomForText = (length: number): number => length * LONGEST_ESCAPE + LONGEST_ESCAPE;

/** Writes UTF-8 of any length as the inside of a JSON string, or bytes as base64, a piece at a time. */
export function* writeLargePayload(payload: Uint8Array, isText: boolean, writer: PieceWriter): Pieces<void> {
  const write = isText ? writeJsonText : writeBase64Text;
  for (let from = 0; from < payload.length; ) {
    if (writer.room < LONGEST_ESCAPE) yield writer.take();
    from = write(payload, from, writer);
    if (from < payload.length) yield writer.take();
  }
}
