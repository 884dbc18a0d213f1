import type { RowToPair } from "../decode/row-to-pair.ts";
import { OPCODE_TEXT, opcodeOf } from "../model/frame.ts";
import { SEQUENCE_ODDITIES } from "../model/sequence.ts";
import { frameIndex, monotonicSeconds, type MonotonicSeconds } from "../model/units.ts";
import { MessageShapes } from "./findings/gather/counted-names.ts";
import { Counters, type CountedRow } from "./findings/gather/counters.ts";

/** Numbers by which servers count what they send, of each connection, message after message in the order of the log. */
export class Sequences {
  readonly #counters = new Map<number, Counters>();
  readonly #message = new CountedMessage();
  readonly #shapes = new MessageShapes();
  #last: { readonly connection: number; readonly counters: Counters } | undefined;

  /**
   * The place of what is odd in `SEQUENCE_ODDITIES`, and one more; 0 for nothing. `bits`: the frame's; `bytes`: its payload stands
   * between the places.
   */
  codeOf(connection: number, { index, time, direction, decoded: { kind } }: RowToPair, label: number, bits: number, bytes: Uint8Array, from: number, to: number): number {
    if (direction !== "received" || kind === "heartbeat" || opcodeOf(bits) !== OPCODE_TEXT) return 0;
    const odd = this.#of(connection).add(this.#message.set(index, time, label, bytes, from, to));
    return odd === undefined ? 0 : SEQUENCE_ODDITIES.indexOf(odd) + 1;
  }

  /** Most messages are of the connection of the one before. */
  #of(connection: number): Counters {
    if (this.#last?.connection === connection) return this.#last.counters;
    const counters = this.#counters.get(connection) ?? new Counters(this.#shapes);
    this.#counters.set(connection, counters);
    this.#last = { connection, counters };
    return counters;
  }

  /** Messages were not captured. */
  interrupt(): void {
    for (const counters of this.#counters.values()) counters.interrupt();
  }
}

/** The message at hand: one object goes over all of them. */
class CountedMessage implements CountedRow {
  index = frameIndex(0);
  time = monotonicSeconds(0);
  label = 0;
  length = 0;
  readonly direction = "received";
  readonly isText = true;
  start = 0;
  #bytes: Uint8Array = NOTHING;

  set(index: number, time: MonotonicSeconds, label: number, bytes: Uint8Array, from: number, to: number): this {
    this.index = frameIndex(index);
    this.time = time;
    this.label = label;
    this.start = from;
    this.length = to - from;
    this.#bytes = bytes;
    return this;
  }

  bytes(): Uint8Array {
    return this.#bytes;
  }
}

const NOTHING = new Uint8Array(0);
