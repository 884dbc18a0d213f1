import { keyOf } from "../attach/realms.ts";
import type { DebugSource } from "../debugger-api.ts";

/** What targets were told and have not answered. One that is gone never answers: Chrome drops what its session was sent. */
export class Unanswered {
  readonly #sources: () => readonly DebugSource[];
  readonly #settled: () => void;
  readonly #told = new Map<Promise<unknown>, string>();
  #waiting: (() => void)[] = [];

  /** `settled`: the last has answered, or is gone. */
  constructor(sources: () => readonly DebugSource[], settled: () => void) {
    this.#sources = sources;
    this.#settled = settled;
  }

  get isEmpty(): boolean {
    return this.#told.size === 0;
  }

  add(source: DebugSource, answer: Promise<unknown>): void {
    this.#told.set(answer, keyOf(source));
    const answered = (): void => {
      if (this.#told.delete(answer) && this.isEmpty) this.#settle();
    };
    answer.then(answered, answered);
  }

  /** Resolves once nothing is unanswered, also of what is added meanwhile. */
  async whenEmpty(): Promise<void> {
    if (!this.isEmpty) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** A target may be gone. */
  targetGone(): void {
    if (this.isEmpty) return;
    const left = new Set(this.#sources().map(keyOf));
    for (const [answer, key] of this.#told) if (!left.has(key)) this.#told.delete(answer);
    if (this.isEmpty) this.#settle();
  }

  /** The attachment has ended: who waits waits no longer, and nobody is told. */
  clear(): void {
    this.#told.clear();
    this.#release();
  }

  #settle(): void {
    this.#settled();
    this.#release();
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
