import { encodeBlock, type PlacedEvent } from "./journal-block.ts";
import type { FrameLog } from "./frame-log.ts";
import { PAYLOAD_PAGE, type AppendFile } from "./payload-pages.ts";
import { xxhash32 } from "./xxhash32.ts";

/**
 * Writes a log's rows and events into the journal, a block at a time, behind the payloads that they speak of. After a
 * crash `recoverCapture` reads it up to the last whole block.
 */
export class JournalWriter {
  readonly #file: AppendFile;
  #rows: number;
  #payload: number;

  /** `from`: the log whose rows and payloads the file holds already; left out for an empty file. */
  constructor(file: AppendFile, from?: FrameLog) {
    this.#file = file;
    this.#rows = from?.length ?? 0;
    this.#payload = from?.payloads.length ?? 0;
  }

  /**
   * Writes what came since the last block; `end`: and that the capture ended in order. Payloads must be in their file
   * already. Throws what the file throws.
   */
  write(log: FrameLog, events: readonly PlacedEvent[], lost: number, end: "goes on" | "ended" = "goes on"): void {
    const rows = log.length;
    if (rows === this.#rows && events.length === 0 && end === "goes on") return;
    const payloadTo = log.payloads.length;
    const block = encodeBlock({
      ...log.slice(this.#rows, rows),
      events,
      payloadFrom: this.#payload,
      payloadTo,
      payloadChecksum: checksumPayload((from, length) => log.payloads.read(from, length), this.#payload, payloadTo),
      lost,
      isLast: end === "ended",
    });
    this.#file.append(block);
    this.#rows = rows;
    this.#payload = payloadTo;
  }
}

/**
 * The checksum of bytes `from` up to `to` of a payload stream: that of each part, cut where pages are, seeded with the
 * one before. So neither writer nor reader ever holds more than a page.
 */
export function checksumPayload(read: (from: number, length: number) => Uint8Array, from: number, to: number): number {
  let checksum = 0;
  for (let at = from; at < to; ) {
    const length = Math.min(PAYLOAD_PAGE - (at % PAYLOAD_PAGE), to - at);
    checksum = xxhash32(read(at, length), checksum);
    at += length;
  }
  return checksum;
}
