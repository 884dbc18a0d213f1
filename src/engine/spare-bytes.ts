/** Bytes of one piece of memory; a larger one is not kept. */
const SPARE_BYTES = (1 << 22) + (1 << 16);
/** As many as go to and fro between two threads. */
const MOST_SPARES = 3;

/**
 * Memory that goes to another thread with its bytes and comes back empty. Fresh memory costs many times what filling it
 * costs: the operating system hands it out, zeroed, page by page.
 */
export class SpareBytes {
  readonly #spares: ArrayBuffer[] = [];

  /** So many bytes, which hold anything. */
  take(size: number): Uint8Array<ArrayBuffer> {
    if (size > SPARE_BYTES) return new Uint8Array(size);
    return new Uint8Array(this.#spares.pop() ?? new ArrayBuffer(SPARE_BYTES), 0, size);
  }

  give(buffer: ArrayBuffer): void {
    if (buffer.byteLength === SPARE_BYTES && this.#spares.length < MOST_SPARES) this.#spares.push(buffer);
  }
}
