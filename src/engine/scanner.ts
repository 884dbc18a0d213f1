import type { PathStep, Query } from "../query/query.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { ScanPiece } from "../query/scan/piece.ts";
import type { ScanFound } from "../query/scan/scan-piece.ts";
import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import { Deadline } from "./deadline.ts";
import type { PathKeys, PathValues } from "./read-paths.ts";
import { SpareBytes } from "./spare-bytes.ts";
import type { Thread } from "./thread.ts";
import type { Timers } from "./timers.ts";
import { say } from "../model/said.ts";

/** A query and what it means in one log: plain data, compiled where it is run. */
export interface Filter {
  readonly query: Query;
  readonly context: QueryContext;
}

/** What the scan thread is asked. */
export type ScanRequest =
  | { readonly id: number; readonly filter: Filter; readonly type: "scan"; readonly piece: ScanPiece }
  /** What stands at paths, which the filter asks for; `most`: characters of each. */
  | { readonly id: number; readonly filter: Filter; readonly type: "values"; readonly paths: readonly (readonly PathStep[])[]; readonly most: number; readonly piece: ScanPiece }
  /** What rows are sorted by: the path that the filter asks for. */
  | { readonly id: number; readonly filter: Filter; readonly type: "keys"; readonly path: readonly PathStep[]; readonly piece: ScanPiece }
  | { readonly id: number; readonly filter: Filter; readonly type: "marks"; readonly texts: readonly string[] };

export type ScanAnswer =
  /** `spent`: the memory of the piece's payloads, for the next piece. */
  | { readonly id: number; readonly type: "scan"; readonly found: ScanFound; readonly spent: ArrayBuffer | null }
  | { readonly id: number; readonly type: "values"; readonly found: PathValues; readonly spent: ArrayBuffer | null }
  | { readonly id: number; readonly type: "keys"; readonly found: PathKeys; readonly spent: ArrayBuffer | null }
  | { readonly id: number; readonly type: "marks"; readonly marks: readonly (readonly number[])[] };

/** Runs filters. */
export type ScanThread = Thread<ScanRequest, ScanAnswer>;

export class ScanTimeout extends Refusal {
  constructor() {
    super(say("engine.pattern-slow"));
  }
}

/** The scan thread broke again and again. */
class ScanFailure extends Refusal {
  constructor() {
    super(say("engine.search-failed"));
  }
}

/** How long one request may take. Filters are given pieces that a sane pattern passes in a few milliseconds. */
const DEADLINE_MS = 2000;
/** A thread whose script does not run after so many deadlines is none. */
const MOST_STARTS = 3;

interface Waiting {
  readonly request: ScanRequest;
  /** The same once more, for a thread that broke takes the bytes with it; undefined where nobody wants it any more. */
  readonly again: () => ScanRequest | undefined;
  readonly wasLost: boolean;
  readonly resolve: (answer: ScanAnswer | undefined) => void;
  readonly reject: (error: Error) => void;
}

export interface ScannerEdges {
  readonly start: () => ScanThread;
  readonly timers: Timers;
  readonly faults: Faults;
}

/**
 * Runs filters on a thread of their own, in order, and ends that thread when a pattern takes too long: a user's pattern
 * may need longer than the universe on hostile data, and the capture must not notice. A thread that breaks by no fault
 * of the filter is replaced, and what it had is asked once more.
 */
export class Scanner {
  readonly #start: () => ScanThread;
  readonly #faults: Faults;
  #thread: ScanThread | undefined;
  #nextId = 1;
  readonly #queue: Waiting[] = [];
  /** Posted to the thread, which answers in order; the first is the one it works on. */
  readonly #posted: Waiting[] = [];
  readonly #deadline: Deadline;
  #starts = 0;
  readonly #spare = new SpareBytes();

  constructor({ start, timers, faults }: ScannerEdges) {
    this.#start = start;
    this.#faults = faults;
    this.#deadline = new Deadline({ after: DEADLINE_MS, passed: () => this.#late(), timers });
  }

  /** Memory for a piece's payloads; it holds anything. */
  take(size: number): Uint8Array<ArrayBuffer> {
    return this.#spare.take(size);
  }

  /** `cut` gives the piece, perhaps twice; undefined: it is not wanted any more. Rejects with `ScanTimeout` where the filter took too long. */
  async scan(filter: Filter, cut: () => ScanPiece | undefined): Promise<ScanFound> {
    const answer = await this.#ask(() => {
      const piece = cut();
      return piece && { id: this.#nextId++, type: "scan", filter, piece };
    });
    return answer?.type === "scan" ? answer.found : { rows: new Uint32Array(0), messages: null };
  }

  /** What stands at these paths in a piece's messages; rejects as `scan`. `isSeen`: somebody waits to see it. */
  async values(filter: Filter, { paths, most, isSeen }: { readonly paths: readonly (readonly PathStep[])[]; readonly most: number; readonly isSeen: boolean }, cut: () => ScanPiece | undefined): Promise<PathValues> {
    const ask = (): ScanRequest | undefined => {
      const piece = cut();
      return piece && { id: this.#nextId++, type: "values", filter, paths, most, piece };
    };
    const answer = await this.#ask(ask, isSeen);
    return answer?.type === "values" ? answer.found : { rows: [], messages: [], paths: [], kinds: [], json: [] };
  }

  /** What a piece's rows are sorted by. */
  async keys(filter: Filter, path: readonly PathStep[], cut: () => ScanPiece | undefined): Promise<PathKeys> {
    const answer = await this.#ask(() => {
      const piece = cut();
      return piece && { id: this.#nextId++, type: "keys", filter, path, piece };
    });
    return answer?.type === "keys" ? answer.found : { rows: new Uint32Array(0), words: new Uint32Array(0) };
  }

  async marks(filter: Filter, texts: readonly string[]): Promise<readonly (readonly number[])[]> {
    const answer = await this.#ask(() => ({ id: this.#nextId++, type: "marks", filter, texts }), true);
    return answer?.type === "marks" ? answer.marks : [];
  }

  /** Nobody waits for this filter's pieces any more: those that are not with the thread yet are dropped. */
  drop(filter: Filter): void {
    for (let i = this.#queue.length - 1; i >= 0; i--) {
      const { type, filter: other } = (this.#queue[i] as Waiting).request;
      if (type !== "marks" && other === filter) this.#queue.splice(i, 1);
    }
  }

  end(): void {
    this.#deadline.stop();
    this.#thread?.end();
    this.#thread = undefined;
  }

  /** `isSeen`: it is for rows that somebody waits to see; anything else can wait a turn. */
  #ask(again: () => ScanRequest | undefined, isSeen = false): Promise<ScanAnswer | undefined> {
    const request = again();
    if (request === undefined) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { request, again, wasLost: false, resolve, reject };
      if (isSeen) this.#queue.unshift(waiting);
      else this.#queue.push(waiting);
      this.#post();
    });
  }

  #post(): void {
    while (this.#posted.length < MOST_POSTED) {
      const waiting = this.#queue[0];
      if (waiting === undefined) return;
      // Only one filter's requests wait at the door: when it is ended, nobody else's bytes go with it.
      if (this.#posted.length > 0 && this.#posted[0]?.request.filter !== waiting.request.filter) return;
      this.#queue.shift();
      this.#posted.push(waiting);
      if (this.#posted.length === 1) this.#startClock();
      this.#thread ??= this.#startThread();
      this.#thread.post(waiting.request, waiting.request.type !== "marks" ? buffersOf(waiting.request.piece) : []);
    }
  }

  #startThread(): ScanThread {
    const thread = this.#start();
    thread.onAnswer = (answer) => {
      if (this.#thread !== thread || this.#posted[0]?.request.id !== answer.id) return;
      const done = this.#posted.shift();
      if (answer.type !== "marks" && answer.spent !== null) this.#spare.give(answer.spent);
      this.#startClock();
      done?.resolve(answer);
      this.#post();
    };
    thread.onReady = () => this.#thread === thread && this.#startClock();
    thread.onFailure = (what, place) => this.#broke(thread, what, place);
    thread.onGone = () => this.#broke(thread, "the thread ended");
    return thread;
  }

  #startClock(): void {
    this.#starts = 0;
    if (this.#posted.length === 0) this.#deadline.stop();
    else this.#deadline.start();
  }

  #late(): void {
    if (this.#thread?.isReady === false) {
      if (++this.#starts < MOST_STARTS) this.#deadline.start();
      else this.#broke(this.#thread, "the thread did not start");
      return;
    }
    // What waited at the door has failed too: it is the same filter's.
    for (const { reject } of this.#takePosted()) reject(new ScanTimeout());
    this.#post();
  }

  #broke(thread: ScanThread, what: string, place?: string): void {
    if (this.#thread !== thread) return;
    this.#faults.addTold(what, "filter thread", place);
    const again: Waiting[] = [];
    for (const waiting of this.#takePosted()) {
      const request = waiting.wasLost ? undefined : waiting.again();
      if (waiting.wasLost) waiting.reject(new ScanFailure());
      else if (request === undefined) waiting.resolve(undefined);
      else again.push({ ...waiting, request, wasLost: true });
    }
    this.#queue.unshift(...again);
    this.#post();
  }

  /** Ends the thread; answers what it had. */
  #takePosted(): Waiting[] {
    this.#thread?.end();
    this.#thread = undefined;
    this.#deadline.stop();
    return this.#posted.splice(0);
  }
}

/** The buffers of a piece, which nobody needs here once it is on its way. */
function buffersOf({ rows, bits, times, sizes, connectionOf, decoded, payload }: ScanPiece): ArrayBuffer[] {
  const found = decoded === null ? [] : [decoded.labels, decoded.kinds, decoded.decoders, decoded.sequences];
  const columns = [rows, bits, times, sizes, connectionOf, ...found].map(({ buffer }) => buffer);
  return payload === null ? columns : [...columns, payload.bytes.buffer, payload.ends.buffer];
}

/** While the thread works on one request the next waits at its door, so that it never waits itself. */
const MOST_POSTED = 2;
