import type { CaptureLog } from "../engine/capture-log.ts";
import { isMessage } from "../model/frame.ts";
import { frameIndex } from "../model/units.ts";

/** Captures of so few rows are decoded whole. */
export const SMALL = 50_000;
/** Around so many rows only what is near is decoded. */
export const MOST_FOUND = 500;
/** Of each connection so many messages are decoded from its beginning: what it speaks shows there. */
export const FIRST_MESSAGES = 64;
/** Rows before and after one that was found: what it answers, and what answers it. */
export const NEAR = 2000;

/** 1 for each row of a large capture that is to be decoded, where these were found: connections' beginnings, and what is near. */
export function decodedAround({ log, excerpt }: CaptureLog, found: Iterable<number>): Uint8Array {
  const wanted = new Uint8Array(log.length);
  const seen = new Map<number, number>();
  // Of a connection that is begun, row after row comes.
  let passed: number | undefined;
  for (let row = 0; row < log.length; row++) {
    const connection = log.connectionAt(frameIndex(row));
    if (connection === passed) continue;
    const count = seen.get(connection) ?? 0;
    if (count === FIRST_MESSAGES) passed = connection;
    if (count === FIRST_MESSAGES || !isMessage(log.bitsAt(frameIndex(row)))) continue;
    seen.set(connection, count + 1);
    wanted[row] = 1;
  }
  for (const row of found) {
    const [from, to] = [Math.max(0, row - NEAR), Math.min(log.length, row + NEAR)];
    if (excerpt === undefined) wanted.fill(1, from, to);
    // What stands beside it there may be far from it in the capture.
    else for (let near = from; near < to; near++) if (excerpt.numberOf(near) - excerpt.numberOf(row) === near - row) wanted[near] = 1;
  }
  return wanted;
}
