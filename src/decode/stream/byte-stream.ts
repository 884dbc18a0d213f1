import type { FrameToDecode } from "../decoder.ts";

/** A packet that goes on in further messages is kept up to here. */
const MOST_KEPT = 8 << 20;

/** What is there to be read: what the message before left, and the message. */
export interface Stretch {
  readonly bytes: Uint8Array;
  /** So many of its bytes came with messages before. */
  readonly before: number;
  /** The rows that they came with, and this one. */
  readonly rows: readonly number[];
}

/** One direction of a protocol whose packets are cut anywhere into messages. Cost: a copy of each byte of a packet that goes on, or two. */
export class ByteStream {
  /** Behind what is kept there is room for what comes next: bytes that were handed out are never written again. */
  #room: Uint8Array = NOTHING;
  #length = 0;
  /** Grows in place while a packet goes on: what is handed out of it is read before the next message, or is not grown any more. */
  #rows: number[] = [];

  /** A packet goes on. */
  get isOpen(): boolean {
    return this.#length > 0;
  }

  push({ bytes, row }: FrameToDecode): Stretch {
    if (this.#length === 0) this.#rows = [];
    if (row !== undefined) this.#rows.push(row);
    const rows = this.#rows;
    if (this.#length === 0) return { bytes, before: 0, rows };
    const before = this.#length;
    const length = before + bytes.length;
    if (length > this.#room.length) {
      const room = new Uint8Array(length * 2);
      room.set(this.#room.subarray(0, before));
      this.#room = room;
    }
    this.#room.set(bytes, before);
    this.#length = length;
    return { bytes: this.#room.subarray(0, length), before, rows };
  }

  /** Keeps what is left from a place on for the next message; false where that is too much. */
  keep({ bytes, before, rows }: Stretch, from: number): boolean {
    const rest = bytes.length - from;
    const isKept = rest > 0 && rest <= MOST_KEPT;
    if (!isKept) this.#room = NOTHING;
    else if (before === 0 || from > 0) this.#room = bytes.slice(from);
    this.#length = isKept ? rest : 0;
    if (from > 0) this.#rows = isKept ? rows.slice(from >= before ? -1 : 0) : [];
    return rest <= MOST_KEPT;
  }
}

const NOTHING = new Uint8Array(0);
