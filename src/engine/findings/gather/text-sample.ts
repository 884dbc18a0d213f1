import { DeflateMeter } from "../../../format/writing/deflate-meter.ts";
import type { SeenRow } from "../seen-row.ts";

/** Bytes that are compressed: enough to know by. */
const MOST_BYTES = 131_072;

/** The first text messages that went one way, as permessage-deflate would have sent them (RFC 7692), each with those before it as its window. */
class WaySample {
  bytes = 0;
  readonly #meter = new DeflateMeter();

  add(row: SeenRow): void {
    if (this.bytes >= MOST_BYTES) return;
    const bytes = row.bytes();
    const payload = bytes.subarray(row.start, row.start + Math.min(row.length, MOST_BYTES - this.bytes));
    this.bytes += payload.length;
    this.#meter.add(payload);
  }

  get compressed(): number {
    return this.#meter.bytes;
  }
}

/** What compression would have saved, of as many messages as tell. */
export class TextSample {
  readonly #sent = new WaySample();
  readonly #received = new WaySample();

  add(row: SeenRow): void {
    (row.direction === "sent" ? this.#sent : this.#received).add(row);
  }

  /** Bytes that were looked at, and how many compression would have left of them. */
  get bytes(): number {
    return this.#sent.bytes + this.#received.bytes;
  }

  get compressed(): number {
    return Math.min(this.#sent.bytes, this.#sent.compressed) + Math.min(this.#received.bytes, this.#received.compressed);
  }
}
