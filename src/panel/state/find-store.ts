import { createStore, type StoreApi } from "zustand/vanilla";
import type { Answer } from "../../contract/calls.ts";
import type { FoundCount } from "../../contract/rows.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import type { EngineClient, Running } from "../engine-client.ts";
import type { SelectionStore } from "./selection-store.ts";

export interface FindState {
  readonly isOpen: boolean;
  /** A filter; a row that it matches is selected, and all others stay. */
  readonly text: string;
  readonly outcome: FindOutcome | null;
  /** Grows when the bar is to take the keyboard. */
  readonly focus: number;
}

export type FindOutcome =
  /** `share`: of the rows shown, those that were passed, 0 to 1. */
  | { readonly type: "searching"; readonly share: number }
  /** `wrapped`: it went on at the other end. */
  | { readonly type: "found"; readonly place: number; readonly wrapped: boolean; readonly count?: FoundCount }
  | { readonly type: "none" }
  | { readonly type: "refused"; readonly why: Told };

/** Going from one row that a filter matches to the next, with the rows between them on view. */
export class FindStore {
  readonly store: StoreApi<FindState> = createStore<FindState>(() => ({ isOpen: false, text: "", outcome: null, focus: 0 }));
  readonly #engine: EngineClient;
  readonly #selection: SelectionStore;
  /** Only the answer to the newest question counts; the one before is ended. */
  #asked = 0;
  #running: Running<"find" | "countFound"> | undefined;

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
    const asked = this.#cancel();
    this.store.setState({ outcome: { type: "searching", share: 0 } });
    const outcome = await this.#search(text, backwards);
    if (asked !== this.#asked) return;
    this.store.setState({ outcome });
    if (outcome.type !== "found") return;
    this.#selection.goTo(outcome.place, "one", "middle");
    void this.#count(text, outcome, asked);
  }

  /** How many there are may take long; it is told once it is known. */
  async #count(filter: string, outcome: Extract<FindOutcome, { readonly type: "found" }>, asked: number): Promise<void> {
    const counting = this.#engine.run("countFound", { filter, place: outcome.place });
    this.#running = counting;
    const count = await counting.answer.catch(() => undefined);
    if (asked === this.#asked && count !== undefined) this.store.setState({ outcome: { ...outcome, count } });
  }

  async #search(filter: string, backwards: boolean): Promise<FindOutcome> {
    const from = this.#selection.store.getState().place;
    try {
      const next = await this.#find(filter, from, backwards);
      if (next !== null) return { type: "found", place: next.place, wrapped: false };
      const first = from === null ? null : await this.#find(filter, null, backwards);
      return first === null ? { type: "none" } : { type: "found", place: first.place, wrapped: true };
    } catch (problem) {
      return { type: "refused", why: toldBy(problem) };
    }
  }

  async #find(filter: string, from: number | null, backwards: boolean): Promise<Answer<"find">> {
    const asked = this.#asked;
    const running = this.#engine.run("find", { filter, from, backwards }, { onProgress: (share) => asked === this.#asked && this.store.setState({ outcome: { type: "searching", share } }) });
    this.#running = running;
    return await running.answer;
  }

  /** Ends what is asked; answers the number of the next question. */
  #cancel(): number {
    this.#running?.cancel();
    return ++this.#asked;
  }
}
