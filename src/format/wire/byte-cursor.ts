import { say, type Said } from "../../model/said.ts";
import type { ByteStream } from "../import-format.ts";

/** The file ends inside of something, or at this offset is something else than there should be: `told` says which. */
export class FileFault extends Error {
  readonly told: Said;

  constructor(told: Said) {
    super(told.code);
    this.told = told;
  }
}

const NOTHING = new Uint8Array(0);

/** Takes bytes of a stream in parts of any length. */
export class ByteCursor {
  readonly #stream: ByteStream;
  #piece: Uint8Array = NOTHING;
  #at = 0;
  #offset = 0;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** Of the next byte. */
  get offset(): number {
    return this.#offset + this.#at;
  }

  /** The stream is at its end. */
  get isDone(): boolean {
    return this.#at === this.#piece.length && !this.#fill();
  }

  /** The next bytes, good until the next are taken. Who asks has looked at the number: so much is in memory. Throws a `FileFault` where there are fewer. */
  take(count: number): Uint8Array {
    if (this.#at === this.#piece.length) this.#fill();
    if (this.#at + count <= this.#piece.length) {
      this.#at += count;
      return this.#piece.subarray(this.#at - count, this.#at);
    }
    const bytes = new Uint8Array(count);
    for (let done = 0; done < count; ) {
      if (this.#at === this.#piece.length && !this.#fill()) throw new FileFault(say("import.cut", { offset: this.offset }));
      const part = this.#piece.subarray(this.#at, this.#at + count - done);
      bytes.set(part, done);
      done += part.length;
      this.#at += part.length;
    }
    return bytes;
  }

  #fill(): boolean {
    this.#offset += this.#piece.length;
    this.#at = 0;
    this.#piece = this.#stream.next() ?? NOTHING;
    return this.#piece.length > 0;
  }
}
