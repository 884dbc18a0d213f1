import { frameIndex, monotonicSeconds, type FrameIndex, type MonotonicSeconds } from "../../../model/units.ts";
import type { CaptureLog } from "../../capture-log.ts";
import type { SeenRow } from "../seen-row.ts";

/** Answers in one block: its median is a point of the curve. */
const BLOCK = 16;
const MOST_BLOCKS = 1024;
const MOST_TYPES = 200;
const MOST_PENDING = 10_000;

/** So many answers to requests of one type, one after another. */
export interface LatencyBlock {
  /** Milliseconds. */
  readonly median: number;
  /** The first request of them. */
  readonly first: FrameIndex;
}

/** A request that has no answer. */
export interface WaitingRequest {
  readonly frame: FrameIndex;
  readonly label: number;
  readonly time: MonotonicSeconds;
}

export interface RequestType {
  readonly label: number;
  answered: number;
  /** The longest that an answer took, in milliseconds. */
  longest: number;
  /** When the latest request was sent that has an answer. */
  lastAnswered: MonotonicSeconds;
  readonly blocks: LatencyBlock[];
  readonly open: number[];
  openFirst: FrameIndex | undefined;
}

/** Requests, how long their answers took, and those that have none yet. Of frames that hold one message each. */
export class Requests {
  readonly types = new Map<number, RequestType>();
  answered = 0;
  longest = 0;
  /** Of those that are kept, the ones without an answer once it is settled. */
  waiting: readonly WaitingRequest[] = [];
  #waiting: WaitingRequest[] = [];

  addRequest({ index, label, time }: SeenRow, capture: CaptureLog): void {
    this.#waiting.push({ frame: index, label, time });
    if (this.#waiting.length < MOST_PENDING) return;
    this.settle(capture);
    this.#waiting.splice(0, Math.max(0, this.#waiting.length - MOST_PENDING / 2));
  }

  /** Finds out which have no answer by now. */
  settle({ decoded }: CaptureLog): void {
    this.#waiting = this.#waiting.filter(({ frame }) => decoded.partnerOf(frame) === undefined);
    this.waiting = [...this.#waiting];
  }

  /** Messages were not captured, answers perhaps among them. */
  interrupt(): void {
    this.#waiting = [];
  }

  addAnswer({ index, time }: SeenRow, { log, decoded }: CaptureLog): void {
    const partner = decoded.partnerOf(index);
    if (partner === undefined || partner.row > index || decoded.holdsSeveral(partner.row)) return;
    const request = frameIndex(partner.row);
    const latency = Math.max(0, (time - log.timeAt(request)) * 1000);
    const type = this.#typeOf(decoded.labelOf(request));
    this.answered++;
    this.longest = Math.max(this.longest, latency);
    if (type === undefined) return;
    type.answered++;
    type.longest = Math.max(type.longest, latency);
    type.lastAnswered = monotonicSeconds(Math.max(type.lastAnswered, log.timeAt(request)));
    type.openFirst ??= request;
    if (type.open.push(latency) < BLOCK) return;
    const sorted = type.open.splice(0).toSorted((a, b) => a - b);
    if (type.blocks.length < MOST_BLOCKS) type.blocks.push({ median: sorted[BLOCK / 2] ?? 0, first: type.openFirst });
    type.openFirst = undefined;
  }

  #typeOf(label: number): RequestType | undefined {
    const known = this.types.get(label);
    if (known !== undefined || this.types.size >= MOST_TYPES) return known;
    const type: RequestType = { label, answered: 0, longest: 0, lastAnswered: monotonicSeconds(-Infinity), blocks: [], open: [], openFirst: undefined };
    this.types.set(label, type);
    return type;
  }
}
