import type { Decoded } from "../decode/decoder.ts";
import { OPCODE_TEXT, opcodeOf, type Direction } from "../model/frame.ts";
import { SEQUENCE_ODDITIES } from "../model/sequence.ts";
import { frameIndex, type MonotonicSeconds } from "../model/units.ts";
import { Counters } from "./findings/gather/counters.ts";

/** Numbers by which servers count what they send, of each connection, message after message in the order of the log. */
export class Sequences {
  readonly #counters = new Map<number, Counters>();

  /** The place of what is odd in `SEQUENCE_ODDITIES`, and one more; 0 for nothing. `bits`: the frame's. */
  codeOf(connection: number, { index, time, direction, decoded: { kind } }: CountedMessage, label: number, bits: number, bytes: Uint8Array): number {
    if (direction !== "received" || kind === "heartbeat" || opcodeOf(bits) !== OPCODE_TEXT) return 0;
    let counters = this.#counters.get(connection);
    if (counters === undefined) this.#counters.set(connection, (counters = new Counters()));
    const odd = counters.add({ index: frameIndex(index), time, direction, isText: true, label, length: bytes.length, payload: (atMost) => (bytes.length > atMost ? bytes.subarray(0, atMost) : bytes) });
    return odd === undefined ? 0 : SEQUENCE_ODDITIES.indexOf(odd) + 1;
  }

  /** Messages were not captured. */
  interrupt(): void {
    for (const counters of this.#counters.values()) counters.interrupt();
  }
}

interface CountedMessage {
  readonly index: number;
  readonly time: MonotonicSeconds;
  readonly direction: Direction;
  readonly decoded: Pick<Decoded, "kind">;
}
