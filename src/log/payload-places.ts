import type { BlockHead } from "./journal-versions/block.ts";
import { checksumParts } from "./journal.ts";
import { readFrom, type AppendFile } from "./payload-pages.ts";
import { xxhash32 } from "./xxhash32.ts";

/**
 * Finds the payloads of blocks in their file. Where bytes were cut out of it or put in, those behind stand elsewhere than they
 * were written: by as much as the whole file is shorter or longer than its blocks say.
 */
export class PayloadPlaces {
  readonly #payloads: AppendFile;
  readonly #page: Uint8Array<ArrayBuffer>;
  readonly #findEnd: () => number | undefined;
  #shift = 0;
  /** Where the payloads of the last block ended as they were written. */
  #end: number | undefined;

  /** `page`: memory of a page, to read into. `findEnd` looks for the end that the payloads had, and answers once it knows. */
  constructor(payloads: AppendFile, page: Uint8Array<ArrayBuffer>, findEnd: () => number | undefined) {
    this.#payloads = payloads;
    this.#page = page;
    this.#findEnd = findEnd;
  }

  /** Where they stand; undefined where they are damaged; `wait`: ask again. Cost: a pass over them, three at most. */
  find(head: BlockHead): number | "wait" | undefined {
    if (this.#areAt(head, this.#shift)) return head.payloadFrom + this.#shift;
    this.#end ??= this.#findEnd();
    if (this.#end === undefined) return "wait";
    for (const shift of new Set([0, this.#payloads.size - this.#end])) {
      if (shift === this.#shift || !this.#areAt(head, shift)) continue;
      this.#shift = shift;
      return head.payloadFrom + shift;
    }
    return undefined;
  }

  #areAt({ payloadFrom, payloadTo, payloadChecksum }: BlockHead, shift: number): boolean {
    if (payloadFrom === payloadTo) return payloadChecksum === 0;
    if (payloadFrom + shift < 0 || payloadTo + shift > this.#payloads.size) return false;
    let isRead = true;
    const sum = checksumParts((at, length, seed) => {
      const checksum = this.#checksum(at + shift, length, seed);
      isRead &&= checksum !== undefined;
      return checksum ?? 0;
    }, payloadFrom, payloadTo);
    return sum === payloadChecksum && isRead;
  }

  /** Undefined where the file does not give all of it. */
  #checksum(at: number, length: number, seed: number): number | undefined {
    if (this.#payloads.checksum !== undefined) return this.#payloads.checksum(at, length, seed);
    const part = readFrom(this.#payloads, at, this.#page.subarray(0, length));
    return part.length === length ? xxhash32(part, seed) : undefined;
  }
}
