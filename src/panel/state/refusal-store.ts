import { createStore, type StoreApi } from "zustand/vanilla";
import { toldBy } from "../told-by.ts";
import type { Said, Told } from "../../model/said.ts";

export interface RefusalState {
  /** What could not be done, and why; null once it was long enough on view. */
  readonly said: Said | null;
}

const SHOWN_FOR = 10_000;

/** What the user asked for and was refused, where no other place tells it. */
export class RefusalStore {
  readonly store: StoreApi<RefusalState> = createStore<RefusalState>(() => ({ said: null }));
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `failed`: what is told of what was not done, with the reason. */
  tell(failed: (why: Told) => Said, problem: unknown): void {
    clearTimeout(this.#timer);
    this.store.setState({ said: failed(toldBy(problem)) });
    this.#timer = setTimeout(() => this.store.setState({ said: null }), SHOWN_FOR);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
