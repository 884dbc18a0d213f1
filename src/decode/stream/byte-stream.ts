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

/** One direction of a protocol whose packets are cut anywhere into messages. */
export class ByteStream {
  #kept: Uint8Array = NOTHING;
  #rows: readonly number[] = [];

  /** A packet goes on. */
  get isOpen(): boolean {
    return this.#kept.length > 0;
  }

  push({ bytes, row }: FrameToDecode): Stretch {
    const own = row === undefined ? [] : [row];
    if (this.#kept.length === 0) return { bytes, before: 0, rows: own };
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    return { bytes: all, before: this.#kept.length, rows: [...this.#rows, ...own] };
  }

  /** Keeps what is left from a place on for the next message; false where that is too much. */
  keep({ bytes, before, rows }: Stretch, from: number): boolean {
    const rest = bytes.length - from;
    this.#kept = rest > 0 && rest <= MOST_KEPT ? bytes.slice(from) : NOTHING;
    this.#rows = this.#kept.length === 0 ? [] : from >= before ? rows.slice(-1) : rows;
    return rest <= MOST_KEPT;
  }
}

const NOTHING = new Uint8Array(0);
