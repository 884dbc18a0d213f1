import type { Query } from "../query/query.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { ScanPiece } from "../query/scan/piece.ts";
import { Refusal } from "../model/refusal.ts";
import { SpareBytes } from "./spare-bytes.ts";

/** A query and what it means in one log: plain data, compiled where it is run. */
export interface Filter {
  readonly query: Query;
  readonly context: QueryContext;
}

/** What the scan thread is asked. */
export type ScanRequest =
  | { readonly id: number; readonly filter: Filter; readonly type: "scan"; readonly piece: ScanPiece }
  | { readonly id: number; readonly filter: Filter; readonly type: "marks"; readonly texts: readonly string[] };

export type ScanAnswer =
  /** `spent`: the memory of the piece's payloads, for the next piece. */
  | { readonly id: number; readonly type: "scan"; readonly rows: Uint32Array<ArrayBuffer>; readonly spent: ArrayBuffer | null }
  | { readonly id: number; readonly type: "marks"; readonly marks: readonly (readonly number[])[] };

/** A thread that can be ended in the middle of whatever it does. */
export interface ScanThread {
  post(request: ScanRequest, transfer: Transferable[]): void;
  onAnswer: (answer: ScanAnswer) => void;
  /** The thread broke; it answers no more. */
  onFailure: (message: string) => void;
  end(): void;
}

export class ScanTimeout extends Refusal {
  constructor() {
    super("The pattern takes over 2 s on one piece of the log");
  }
}

/** How long one request may take. Filters are given pieces that a sane pattern passes in a few milliseconds. */
const DEADLINE_MS = 1900;
const GRACE_MS = 100;

interface Waiting {
  readonly request: ScanRequest;
  readonly resolve: (answer: ScanAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Runs filters on a thread of their own, in order, and ends that thread when a pattern takes too long: a user's pattern
 * may need longer than the universe on hostile data, and the capture must not notice.
 */
export class Scanner {
  readonly #start: () => ScanThread;
  #thread: ScanThread | undefined;
  #nextId = 1;
  readonly #queue: Waiting[] = [];
  /** Posted to the thread, which answers in order; the first is the one it works on. */
  readonly #posted: Waiting[] = [];
  #deadline: ReturnType<typeof setTimeout> | undefined;
  readonly #spare = new SpareBytes();

  constructor(start: () => ScanThread) {
    this.#start = start;
  }

  /** Memory for a piece's payloads; it holds anything. */
  take(size: number): Uint8Array<ArrayBuffer> {
    return this.#spare.take(size);
  }

  /** Rejects with `ScanTimeout` where the filter took too long. */
  async scan(filter: Filter, piece: ScanPiece): Promise<Uint32Array<ArrayBuffer>> {
    const answer = await this.#ask({ id: this.#nextId++, type: "scan", filter, piece });
    return answer.type === "scan" ? answer.rows : new Uint32Array(0);
  }

  async marks(filter: Filter, texts: readonly string[]): Promise<readonly (readonly number[])[]> {
    const answer = await this.#ask({ id: this.#nextId++, type: "marks", filter, texts });
    return answer.type === "marks" ? answer.marks : [];
  }

  /** Nobody waits for this filter's pieces any more: those that are not with the thread yet are dropped. */
  drop(filter: Filter): void {
    for (let i = this.#queue.length - 1; i >= 0; i--) {
      const { type, filter: other } = (this.#queue[i] as Waiting).request;
      if (type === "scan" && other === filter) this.#queue.splice(i, 1);
    }
  }

  end(): void {
    clearTimeout(this.#deadline);
    this.#thread?.end();
    this.#thread = undefined;
  }

  #ask(request: ScanRequest): Promise<ScanAnswer> {
    return new Promise((resolve, reject) => {
      const waiting = { request, resolve, reject };
      // Marks are for rows that somebody waits to see; a scan can wait a turn.
      if (request.type === "marks") this.#queue.unshift(waiting);
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
      this.#thread.post(waiting.request, waiting.request.type === "scan" ? buffersOf(waiting.request.piece) : []);
    }
  }

  #startThread(): ScanThread {
    const thread = this.#start();
    thread.onAnswer = (answer) => {
      if (this.#thread !== thread || this.#posted[0]?.request.id !== answer.id) return;
      const done = this.#posted.shift();
      if (answer.type === "scan" && answer.spent !== null) this.#spare.give(answer.spent);
      this.#startClock();
      done?.resolve(answer);
      this.#post();
    };
    thread.onFailure = (message) => {
      if (this.#thread === thread) this.#fail(new Error(message));
    };
    return thread;
  }

  #startClock(): void {
    clearTimeout(this.#deadline);
    if (this.#posted.length === 0) return;
    this.#deadline = setTimeout(() => {
      // Where it was this thread that was busy, the answer waits already: it gets its turn first.
      this.#deadline = setTimeout(() => this.#fail(new ScanTimeout()), GRACE_MS);
    }, DEADLINE_MS);
  }

  /** Ends the thread. What it worked on has failed, and so has what it was to do next: their bytes went with it. */
  #fail(error: Error): void {
    this.#thread?.end();
    this.#thread = undefined;
    clearTimeout(this.#deadline);
    for (const { reject } of this.#posted.splice(0)) reject(error);
    this.#post();
  }
}

/** The buffers of a piece, which nobody needs here once it is on its way. */
function buffersOf({ rows, bits, times, sizes, connectionOf, payload }: ScanPiece): ArrayBuffer[] {
  const columns = [rows, bits, times, sizes, connectionOf].map(({ buffer }) => buffer);
  return payload === null ? columns : [...columns, payload.bytes.buffer, payload.ends.buffer];
}

/** While the thread works on one request the next waits at its door, so that it never waits itself. */
const MOST_POSTED = 2;
