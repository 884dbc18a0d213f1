import { writeBase64 } from "../../model/base64.ts";
import type { PieceWriter } from "./piece-writer.ts";

/**
 * Writes bytes as base64, from `from` (a multiple of 3) on, until the source ends or the writer's room does; answers
 * the place in the source to go on from.
 */
export function writeBase64Text(source: Uint8Array, from: number, writer: PieceWriter): number {
  const fits = Math.floor(writer.room / 4) * 3;
  const to = Math.min(source.length, from + fits);
  writer.length = writeBase64(source, from, to, writer.bytes, writer.length);
  return to;
}
