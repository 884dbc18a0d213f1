import type { Query } from "../query/query.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { ScanPiece } from "../query/scan/piece.ts";

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
  | { readonly id: number; readonly type: "scan"; readonly rows: Uint32Array<ArrayBuffer> }
  | { readonly id: number; readonly type: "marks"; readonly marks: readonly (readonly number[])[] };

/** A thread that can be ended in the middle of whatever it does. */
export interface ScanThread {
  post(request: ScanRequest, transfer: Transferable[]): void;
  onAnswer: (answer: ScanAnswer) => void;
  /** The thread broke; it answers no more. */
  onFailure: (message: string) => void;
  end(): void;
}

export class ScanTimeout extends Error {}

/** How long one request may take. Filters are given pieces that a sane pattern passes in a few milliseconds. */
const DEADLINE_MS = 2000;

interface Waiting {
  readonly request: ScanRequest;
  readonly resolve: (answer: ScanAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Runs filters on a thread of their own, one request at a time, and ends that thread when a pattern takes too long:
 * a user's pattern may need longer than the universe on hostile data, and the capture must not notice.
 */
export class Scanner {
  readonly #start: () => ScanThread;
  #thread: ScanThread | undefined;
  #nextId = 1;
  readonly #queue: Waiting[] = [];
  #running: Waiting | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => ScanThread) {
    this.#start = start;
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
      this.#next();
    });
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const waiting = this.#queue.shift();
    if (waiting === undefined) return;
    this.#running = waiting;
    this.#thread ??= this.#startThread();
    this.#deadline = setTimeout(() => this.#fail(new ScanTimeout()), DEADLINE_MS);
    const { request } = waiting;
    const payload = request.type === "scan" ? request.piece.payload : null;
    this.#thread.post(request, payload === null ? [] : [payload.bytes.buffer]);
  }

  #startThread(): ScanThread {
    const thread = this.#start();
    thread.onAnswer = (answer) => {
      if (this.#running?.request.id !== answer.id) return;
      this.#done()?.resolve(answer);
      this.#next();
    };
    thread.onFailure = (message) => this.#fail(new Error(message));
    return thread;
  }

  #fail(error: Error): void {
    this.#thread?.end();
    this.#thread = undefined;
    this.#done()?.reject(error);
    this.#next();
  }

  #done(): Waiting | undefined {
    clearTimeout(this.#deadline);
    const done = this.#running;
    this.#running = undefined;
    return done;
  }
}
