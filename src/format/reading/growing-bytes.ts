/** Bytes that are gathered; their memory is used again for the next. */
export class GrowingBytes {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** The memory; what counts of it is the first `length` bytes. Another one after `reserve`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** What was gathered, until the next is. */
  get taken(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length + Math.min(this.#bytes.length, MOST_STEP)));
    grown.set(this.taken);
    this.#bytes = grown;
  }

  push(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A character by its number, as UTF-8; 4 bytes at most, for which room was reserved. */
  pushCharacter(character: number): void {
    const bytes = this.#bytes;
    let at = this.length;
    if (character < 0x80) {
      bytes[at++] = character;
    } else if (character < 0x800) {
      bytes[at++] = 0xc0 | (character >> 6);
      bytes[at++] = 0x80 | (character & 0x3f);
    } else if (character < 0x10000) {
      bytes[at++] = 0xe0 | (character >> 12);
      bytes[at++] = 0x80 | ((character >> 6) & 0x3f);
      bytes[at++] = 0x80 | (character & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (character >> 18);
      bytes[at++] = 0x80 | ((character >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((character >> 6) & 0x3f);
      bytes[at++] = 0x80 | (character & 0x3f);
    }
    this.length = at;
  }

  /** Empty again. The memory of something huge is not kept, but `most` of it. */
  clear(most = MOST_KEPT): void {
    this.length = 0;
    if (this.#bytes.length > most) this.#bytes = new Uint8Array(most);
  }
}

const MOST_KEPT = 1 << 22;
/** What is huge grows by so much: twice of it would be more than there is. */
const MOST_STEP = 1 << 26;
