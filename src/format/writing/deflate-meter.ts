import { Deflate } from "fflate";

/** Of each flush to a byte's boundary, which RFC 7692 §7.2.1 takes off. */
const TAIL = 4;

/** Counts what permessage-deflate would make of messages, each with those before it as its window. Nothing is kept but that. */
export class DeflateMeter {
  bytes = 0;
  readonly #stream = new Deflate({ level: 6 }, (piece) => (this.bytes += piece.length));

  add(message: Uint8Array): void {
    // It keeps what it is given.
    this.#stream.push(message.slice(), false);
    this.#stream.flush(true);
    this.bytes -= TAIL;
  }
}
