import type { AppendFile, PayloadFile } from "./payload-pages.ts";

/**
 * Where the payloads of a log stand that was read back: parts of its payload file, and between them words of the log's own
 * (of the rows that say what is missing). Read as if it were one file.
 */
export class KeptPayloads implements PayloadFile {
  readonly #file: AppendFile;
  /** Where each part begins in the log's stream, and what it is: a place in the file, or bytes. */
  readonly #starts: number[] = [];
  readonly #parts: (number | Uint8Array)[] = [];
  #length = 0;

  constructor(file: AppendFile) {
    this.#file = file;
  }

  /** The next bytes of the stream are those of the file from `offset` on. */
  addPart(offset: number, length: number): void {
    if (length === 0) return;
    const last = this.#parts.at(-1);
    // A capture that is whole is one part.
    const goesOn = typeof last === "number" && last + this.#length - (this.#starts.at(-1) as number) === offset;
    if (!goesOn) this.#add(offset);
    this.#length += length;
  }

  addWords(bytes: Uint8Array): void {
    this.#add(bytes);
    this.#length += bytes.length;
  }

  /** Where in the stream a byte of the file stands; undefined where it is in no part. */
  placeOf(offset: number): number | undefined {
    for (const [i, part] of this.#parts.entries()) {
      const start = this.#starts[i] as number;
      const length = (this.#starts[i + 1] ?? this.#length) - start;
      if (typeof part === "number" && offset >= part && offset < part + length) return start + offset - part;
    }
    return undefined;
  }

  append(): void {
    throw new Error("A log that was read back is not added to.");
  }

  read(offset: number, into: Uint8Array): number {
    let done = 0;
    for (let i = this.#partAt(offset); i < this.#parts.length && done < into.length; i++) {
      const part = this.#parts[i] as number | Uint8Array;
      const start = this.#starts[i] as number;
      const at = offset + done - start;
      const count = Math.min((this.#starts[i + 1] ?? this.#length) - start - at, into.length - done);
      const target = into.subarray(done, done + count);
      if (typeof part !== "number") target.set(part.subarray(at, at + count));
      else if (this.#file.read(part + at, target) !== count) return done;
      done += count;
    }
    return done;
  }

  #add(part: number | Uint8Array): void {
    this.#starts.push(this.#length);
    this.#parts.push(part);
  }

  /** The last part that begins at or before a place of the stream. */
  #partAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}
