import type { CaptureLog } from "../engine/capture-log.ts";
import { isMessage } from "../model/frame.ts";

/** Captures of so few rows are decoded whole. */
export const SMALL = 50_000;
/** Around so many rows only what is near is decoded. */
export const MOST_FOUND = 500;
/** Of each connection so many messages are decoded from its beginning: what it speaks shows there. */
export const FIRST_MESSAGES = 32;
/** Rows before and after one that was found: what it answers, and what answers it. */
export const NEAR = 2000;

/** Rows that are looked at at a time. */
const PIECE = 1 << 14;

/** 1 for each row of a large capture that is to be decoded, where these were found: connections' beginnings, these, and so many `near` them. */
export function decodedAround({ log, excerpt }: CaptureLog, found: Iterable<number>, near = NEAR): Uint8Array {
  const wanted = new Uint8Array(log.length);
  const seen = new Map<number, number>();
  for (let from = 0; from < log.length; from += PIECE) {
    const { connections, bits } = log.slice(from, Math.min(log.length, from + PIECE));
    // Of a connection that is begun, row after row comes.
    let passed = -1;
    for (let i = 0; i < bits.length; i++) {
      const connection = connections[i] as number;
      if (connection === passed) continue;
      const count = seen.get(connection) ?? 0;
      if (count === FIRST_MESSAGES) passed = connection;
      if (count === FIRST_MESSAGES || !isMessage(bits[i] as number)) continue;
      seen.set(connection, count + 1);
      wanted[from + i] = 1;
    }
  }
  for (const row of found) {
    const [from, to] = [Math.max(0, row - near), Math.min(log.length, row + near + 1)];
    if (excerpt === undefined) wanted.fill(1, from, to);
    // What stands beside it there may be far from it in the capture.
    else for (let other = from; other < to; other++) if (excerpt.numberOf(other) - excerpt.numberOf(row) === other - row) wanted[other] = 1;
  }
  return wanted;
}
