/** Where the values of a made text stood in the bytes that it was made of. */
export class ValuePlaces {
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #spans: readonly number[];

  /** `starts`: where each value begins in the text, in order. `spans`: two numbers each, equal ones where it stands nowhere. */
  constructor(bytes: Uint8Array, starts: Uint32Array, spans: readonly number[]) {
    this.#bytes = bytes;
    this.#starts = starts;
    this.#spans = spans;
  }

  /** The bytes of the value that begins at a place of the text. Cost: a binary search. */
  of(start: number): Uint8Array | undefined {
    let low = 0;
    for (let high = this.#starts.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    if (this.#starts[low] !== start) return undefined;
    const [from = 0, to = 0] = this.#spans.slice(low * 2, low * 2 + 2);
    return from < to ? this.#bytes.subarray(from, to) : undefined;
  }
}
