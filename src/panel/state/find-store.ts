import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineClient } from "../engine-client.ts";
import type { FindOutcome, FindSearch } from "./find-search.ts";
import type { SelectionStore } from "./selection-store.ts";

export interface FindState {
  readonly isOpen: boolean;
  /** A filter; a row that it matches is selected, and all others stay. */
  readonly text: string;
  readonly outcome: FindOutcome | null;
  /** Grows when the bar is to take the keyboard. */
  readonly focus: number;
}

/** Going from one row that a filter matches to the next, with the rows between them on view. */
export class FindStore {
  readonly store: StoreApi<FindState> = createStore<FindState>(() => ({ isOpen: false, text: "", outcome: null, focus: 0 }));
  readonly #engine: EngineClient;
  readonly #selection: SelectionStore;
  /** Loaded with the first search. */
  #search: Promise<FindSearch> | undefined;

  constructor(engine: EngineClient, selection: SelectionStore) {
    this.#engine = engine;
    this.#selection = selection;
  }

  open(): void {
    this.store.setState((state) => ({ isOpen: true, focus: state.focus + 1 }));
  }

  close(): void {
    this.#cancel();
    this.store.setState({ isOpen: false, outcome: null });
  }

  setText(text: string): void {
    this.#cancel();
    this.store.setState({ text, outcome: null });
  }

  async go(backwards: boolean): Promise<void> {
    const { text } = this.store.getState();
    if (text.trim() === "") return;
    this.store.setState({ outcome: { type: "searching", share: 0 } });
    this.#search ??= import("./find-search.ts").then(({ FindSearch: Made }) => new Made(this.#engine, this.#selection, (outcome) => this.store.setState({ outcome })));
    await (await this.#search).go(text, backwards);
  }

  /** After what was asked before. */
  #cancel(): void {
    void this.#search?.then((search) => search.cancel());
  }
}
