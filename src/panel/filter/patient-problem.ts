import { createStore, type StoreApi } from "zustand/vanilla";
import type { FilterProblem } from "../../contract/rows.ts";
import { isSameTold } from "../../model/said.ts";

/** A filter that is still being typed is rarely right: what is wrong with it is said after this long without a change. */
export const PAUSE_MS = 700;

interface Followed {
  readonly text: string;
  readonly problem: FilterProblem | null;
}

/** The problem of the filter box as it is told to who types: after a pause, or at once where they are done. */
export class PatientProblem {
  readonly store: StoreApi<{ readonly shown: FilterProblem | null }> = createStore<{ readonly shown: FilterProblem | null }>(() => ({ shown: null }));
  #problem: FilterProblem | null = null;
  #isTyping = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Answers how to end it. */
  follow(scope: StoreApi<Followed>): () => void {
    this.#tell(scope.getState().problem);
    const end = scope.subscribe((now, before) => {
      if (now.text !== before.text) this.#typed();
      if (now.problem !== before.problem) this.#tell(now.problem);
    });
    return () => {
      end();
      clearTimeout(this.#timer);
    };
  }

  /** The user goes on to something else: what is wrong is said now, and as soon as it is known. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#isTyping = false;
    this.#tell(this.#problem);
  }

  #typed(): void {
    this.#isTyping = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), PAUSE_MS);
  }

  #tell(problem: FilterProblem | null): void {
    this.#problem = problem;
    // What stands there already and is still so need not go and come back.
    const isSame = isSameTold(problem?.message, this.store.getState().shown?.message);
    this.store.setState({ shown: this.#isTyping && !isSame ? null : problem });
  }
}
