import type { Direction } from "../../../model/frame.ts";
import type { MessageKind } from "../../../model/message-kind.ts";
import type { FrameIndex, MonotonicSeconds } from "../../../model/units.ts";
import { SpreadCounter } from "../../spread.ts";
import type { SeenRow } from "../seen-row.ts";

const MOST_MISSED = 20;
const PING = 9;
const PONG = 10;

/** `kind`: of a frame that holds one message. */
export const isHeartbeat = (kind: MessageKind | null, opcode: number): boolean => kind === "heartbeat" || opcode === PING || opcode === PONG;

/**
 * Heartbeats of the side that begins: how far apart, and which the other side did not answer before the next. Both may beat:
 * what is named as its own is no answer, and what it sends under another name answers the other.
 */
export class Heartbeats {
  /** Who begins, and with which. */
  asks: Direction | undefined;
  first: FrameIndex | undefined;
  /** The other side sends what may be heartbeats of its own, or answers. */
  isUnclear = false;
  answered = 0;
  missed = 0;
  /** The first of those missed. */
  readonly missedRows: FrameIndex[] = [];
  /** Milliseconds between one and the next, and from one to its answer. */
  readonly intervals = new SpreadCounter();
  readonly delays = new SpreadCounter();
  #asked: string | undefined;
  #answer: string | undefined;
  #open: { readonly index: FrameIndex; readonly time: MonotonicSeconds } | undefined;
  #lastTime: MonotonicSeconds | undefined;

  add({ index, time, direction, opcode, label }: Pick<SeenRow, "index" | "time" | "direction" | "opcode" | "label">): void {
    const name = opcode === PING || opcode === PONG ? `opcode ${opcode}` : String(label);
    if (this.#asked === undefined) {
      if (opcode === PONG) return;
      this.asks = direction;
      this.first = index;
      this.#asked = name;
    }
    if ((name === this.#asked) !== (direction === this.asks)) return;
    if (direction !== this.asks) {
      // A ping is answered by a pong, and by nothing else.
      if ((opcode === PONG) !== (this.#asked === `opcode ${PING}`) || opcode === PING) return;
      this.#answer ??= name;
      if (name !== this.#answer) this.isUnclear = true;
      if (this.#open === undefined) return;
      this.answered++;
      this.delays.add((time - this.#open.time) * 1000);
      this.#open = undefined;
      return;
    }
    if (this.#lastTime !== undefined) this.intervals.add((time - this.#lastTime) * 1000);
    if (this.#open !== undefined) {
      this.missed++;
      if (this.missedRows.length < MOST_MISSED) this.missedRows.push(this.#open.index);
    }
    this.#open = { index, time };
    this.#lastTime = time;
  }

  /** Messages were not captured, an answer perhaps among them. */
  interrupt(): void {
    this.#open = undefined;
    this.#lastTime = undefined;
  }

  /** The last one, while it is not answered. */
  get waiting(): { readonly index: FrameIndex; readonly time: MonotonicSeconds } | undefined {
    return this.#open;
  }
}
