import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineClient } from "../engine-client.ts";
import type { FindOutcome, FindSearch } from "./find-search.ts";
import type { FramesStore } from "./frames-store.ts";
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
  readonly #frames: FramesStore;
  /** Loaded with the first search. */
  #search: Promise<FindSearch> | undefined;

  constructor(engine: EngineClient, selection: SelectionStore, frames: FramesStore) {
    this.#engine = engine;
    this.#selection = selection;
    this.#frames = frames;
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

  /** The log is another: what was found stands nowhere in it. */
  leaveLog(): void {
    if (this.store.getState().outcome?.type !== "found") return;
    this.#cancel();
    this.store.setState({ outcome: null });
  }

  async go(backwards: boolean): Promise<void> {
    const { text } = this.store.getState();
    if (text.trim() === "") return;
    this.#frames.markSought(text);
    this.store.setState({ outcome: { type: "searching", share: 0 } });
    this.#search ??= import("./find-search.ts").then(({ FindSearch: Made }) => new Made(this.#engine, this.#selection, (outcome) => this.store.setState({ outcome })));
    await (await this.#search).go(text, backwards);
  }

  /** After what was asked before; nothing is looked for any more. */
  #cancel(): void {
    this.#frames.markSought("");
    void this.#search?.then((search) => search.cancel());
  }
}
