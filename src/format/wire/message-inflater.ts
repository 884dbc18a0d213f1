import { Inflate } from "fflate";
import { MOST_PAYLOAD } from "../most-payload.ts";
import type { GrowingBytes } from "../reading/growing-bytes.ts";

/** What ends each message and is left out on the wire (RFC 7692 §7.2.1). */
const TAIL = Uint8Array.of(0, 0, 0xff, 0xff);
/** A byte becomes a thousand at most: so much goes in before it is looked at how much came out. */
const PIECE = 1 << 13;

/** Undoes permessage-deflate in one direction. */
export class MessageInflater {
  readonly #keepsContext: boolean;
  #inflate: Inflate | undefined;
  #isBroken = false;

  /** `keepsContext`: a message may point into those before it. */
  constructor(keepsContext: boolean) {
    this.#keepsContext = keepsContext;
  }

  /** False where the message is none, or longer than a message may be; with its context, all that follow are lost too. */
  inflate(message: Uint8Array, into: GrowingBytes): boolean {
    if (this.#isBroken) return false;
    const inflate = this.#inflate ?? new Inflate();
    this.#inflate = this.#keepsContext ? inflate : undefined;
    inflate.ondata = (bytes) => {
      if (into.length + bytes.length > MOST_PAYLOAD) throw new RangeError("longer than a message may be");
      into.push(bytes);
    };
    try {
      for (let from = 0; from < message.length; from += PIECE) inflate.push(message.subarray(from, from + PIECE));
      inflate.push(TAIL);
      return true;
    } catch {
      this.#isBroken = this.#keepsContext;
      return false;
    }
  }
}
