import type { FrameIndex } from "../../model/units.ts";

const FEWEST_BYTES = 1024;

/**
 * Messages of one log whose payload holds no secret, as a look through it found. What stands in a log does not change, so
 * they need no second look. A bit a row.
 */
export class CleanRows {
  #bits = new Uint8Array(0);

  has(row: FrameIndex): boolean {
    const at = row >>> 3;
    return at < this.#bits.length && (((this.#bits[at] as number) >> (row & 7)) & 1) === 1;
  }

  add(row: FrameIndex): void {
    const at = row >>> 3;
    if (at >= this.#bits.length) {
      const bits = new Uint8Array(Math.max(FEWEST_BYTES, at * 2));
      bits.set(this.#bits);
      this.#bits = bits;
    }
    this.#bits[at] = (this.#bits[at] as number) | (1 << (row & 7));
  }
}
