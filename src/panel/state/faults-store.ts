import { createStore, type StoreApi } from "zustand/vanilla";
import { CONTRACT_VERSION } from "../../contract/wire.ts";
import type { Fault, Faults } from "../../model/faults.ts";

export interface FaultsState {
  readonly faults: readonly Fault[];
}

/** Bugs that showed anywhere: in the engine, in the page that captures, in this view. */
export class FaultsStore {
  readonly store: StoreApi<FaultsState> = createStore<FaultsState>(() => ({ faults: [] }));
  readonly #own: Faults;
  #page: readonly Fault[] = [];
  #engine: readonly Fault[] = [];
  /** Of engines that have ended. */
  #former: readonly Fault[] = [];

  constructor(own: Faults) {
    this.#own = own;
    own.listen(() => this.#gather());
    this.#gather();
  }

  engineTold(faults: readonly Fault[]): void {
    if (faults.length === 0 && this.#engine.length === 0) return;
    this.#engine = faults;
    this.#gather();
  }

  pageTold(faults: readonly Fault[]): void {
    this.#page = faults;
    this.#gather();
  }

  engineReplaced(): void {
    this.#former = [...this.#former, ...this.#engine].slice(-MOST_FORMER);
    this.#engine = [];
  }

  /** What a report of them says: nothing of what was captured. `about`: what else there is to say, a line each. */
  report(browser: string, about: readonly string[] = []): string {
    const parts = this.store.getState().faults.map(({ where, what, stack, count }) => [`${where}: ${what}${count > 1 ? ` (${count} times)` : ""}`, ...stack.map((line) => `    ${line}`)].join("\n"));
    return [`Framescope ${CONTRACT_VERSION}, ${browser}`, ...parts, ...about, ""].join("\n");
  }

  end(): void {
    this.#own.listen(() => {});
  }

  #gather(): void {
    this.store.setState({ faults: [...this.#former, ...this.#engine, ...this.#page, ...this.#own.list] });
  }
}

const MOST_FORMER = 20;
