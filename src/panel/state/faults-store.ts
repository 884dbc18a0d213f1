import { createStore, type StoreApi } from "zustand/vanilla";
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

  end(): void {
    this.#own.listen(() => {});
  }

  #gather(): void {
    this.store.setState({ faults: [...this.#former, ...this.#engine, ...this.#page, ...this.#own.list] });
  }
}

const MOST_FORMER = 20;
