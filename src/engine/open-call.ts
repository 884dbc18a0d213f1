import type { FromEngine, PieceOf, ProgressOf, CallName } from "../contract/calls.ts";
import type { LongCall } from "../contract/long-call.ts";

/** Progress is told no more often. */
const TOLD_APART_MS = 100;

/** Thrown where nobody waits for an answer any more, by what works on it. */
export class Cancelled extends Error {}

interface OpenCallEdges {
  readonly send: (message: FromEngine) => void;
  readonly now: () => number;
}

/** A call that is not answered yet, at the engine's end. */
export class OpenCall implements LongCall<ProgressOf<CallName>, PieceOf<CallName>> {
  readonly #id: number;
  readonly #edges: OpenCallEdges;
  #isCancelled = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** Settles the piece that is under way. */
  #taken = (): void => {};
  readonly #acts: (() => void)[] = [];

  constructor(id: number, edges: OpenCallEdges) {
    this.#id = id;
    this.#edges = edges;
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  progress(progress: ProgressOf<CallName>): void {
    const now = this.#edges.now();
    // The clock may have been set back meanwhile.
    if (this.#isCancelled || (now >= this.#toldAt && now - this.#toldAt < TOLD_APART_MS)) return;
    this.#toldAt = now;
    this.#edges.send({ type: "progress", id: this.#id, progress });
  }

  async give(piece: PieceOf<CallName>): Promise<void> {
    this.goOn();
    const taken = new Promise<void>((resolve) => (this.#taken = resolve));
    this.#edges.send({ type: "piece", id: this.#id, piece });
    await taken;
    this.goOn();
  }

  goOn(): void {
    if (this.#isCancelled) throw new Cancelled();
  }

  whenCancelled(act: () => void): void {
    if (this.#isCancelled) act();
    else this.#acts.push(act);
  }

  /** The view took the last piece. */
  taken(): void {
    this.#taken();
  }

  /** Nobody waits for it any more. */
  cancel(): void {
    this.#isCancelled = true;
    this.#taken();
    for (const act of this.#acts.splice(0)) act();
  }
}
