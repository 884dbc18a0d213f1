import type { ClockAnchor } from "../model/clock.ts";
import type { FrameLog } from "./frame-log.ts";
import type { BlockPlace, PlacedEvent } from "./journal-versions/block.ts";
import { countFrames } from "./journal-versions/body.ts";
import { writeBlock } from "./journal-versions/registry.ts";
import { PAYLOAD_PAGE, type AppendFile } from "./payload-pages.ts";
import { xxhash32 } from "./xxhash32.ts";

/** How far a journal goes: its next block begins here. */
export interface JournalEnd extends BlockPlace {
  /** Bytes of payload. */
  readonly payload: number;
}

export const JOURNAL_START: JournalEnd = { blocks: 0, rows: 0, frames: 0, payload: 0 };

/** What a block says beside its rows. */
export interface BlockWords {
  readonly events: readonly PlacedEvent[];
  /** Frames that Chrome reported and the log does not have. */
  readonly lost: number;
  /** The clock's last anchor. */
  readonly clock: ClockAnchor | undefined;
  /** `ended`: the capture ended in order. */
  readonly end: "goes on" | "ended";
}

/** Writes a log's rows and events into the journal, a block at a time, behind the payloads that they speak of. `Recovery` reads it. */
export class JournalWriter {
  readonly #file: AppendFile;
  #end: JournalEnd;

  /** `end`: how far the file goes already. */
  constructor(file: AppendFile, end = JOURNAL_START) {
    this.#file = file;
    this.#end = end;
  }

  /** Writes what came since the last block. Payloads must be in their file already. Throws what the file throws. */
  write(log: FrameLog, { events, lost, clock, end }: BlockWords): void {
    const before = this.#end;
    const rows = log.length;
    if (rows === before.rows && events.length === 0 && end === "goes on") return;
    const payloadTo = log.payloads.length;
    const columns = log.slice(before.rows, rows);
    const block = writeBlock({
      ...columns,
      events,
      payloadFrom: before.payload,
      payloadTo,
      payloadChecksum: checksumPayload((from, length) => log.payloads.read(from, length), before.payload, payloadTo),
      lost,
      isLast: end === "ended",
      place: before,
      clock,
    });
    this.#file.append(block);
    this.#end = { blocks: before.blocks + 1, rows, frames: before.frames + countFrames(columns), payload: payloadTo };
  }
}

/**
 * The checksum of bytes `from` up to `to` of a payload stream: that of each part, cut where pages are, seeded with the
 * one before. So neither writer nor reader ever holds more than a page.
 */
export function checksumPayload(read: (from: number, length: number) => Uint8Array, from: number, to: number): number {
  return checksumParts((at, length, seed) => xxhash32(read(at, length), seed), from, to);
}

/** The same by what tells the XXH32 of a part. */
export function checksumParts(checksum: (at: number, length: number, seed: number) => number, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; ) {
    const length = Math.min(PAYLOAD_PAGE - (at % PAYLOAD_PAGE), to - at);
    sum = checksum(at, length, sum);
    at += length;
  }
  return sum;
}
