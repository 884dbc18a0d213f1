import type { Answer } from "../../contract/calls.ts";
import type { FoundCount } from "../../contract/rows.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import type { EngineClient, Running } from "../engine-client.ts";
import type { SelectionStore } from "./selection-store.ts";

/** What became of a search. */
export type FindOutcome =
  /** `share`: of the rows shown, those that were passed, 0 to 1. */
  | { readonly type: "searching"; readonly share: number }
  /** `wrapped`: it went on at the other end. */
  | { readonly type: "found"; readonly place: number; readonly wrapped: boolean; readonly count?: FoundCount }
  | { readonly type: "none" }
  | { readonly type: "refused"; readonly why: Told };

type Found = Extract<FindOutcome, { readonly type: "found" }>;

/** Searches of the find bar, one at a time: only the answer to the newest counts, the one before is ended. */
export class FindSearch {
  readonly #engine: EngineClient;
  readonly #selection: SelectionStore;
  readonly #tell: (outcome: FindOutcome) => void;
  #asked = 0;
  #running: Running<"find" | "countFound"> | undefined;

  constructor(engine: EngineClient, selection: SelectionStore, tell: (outcome: FindOutcome) => void) {
    this.#engine = engine;
    this.#selection = selection;
    this.#tell = tell;
  }

  async go(text: string, backwards: boolean): Promise<void> {
    const asked = this.cancel();
    const outcome = await this.#search(text, backwards);
    if (asked !== this.#asked) return;
    this.#tell(outcome);
    if (outcome.type !== "found") return;
    this.#selection.goTo(outcome.place, "one", "middle");
    void this.#count(text, outcome, asked);
  }

  /** Ends what is asked; answers the number of the next question. */
  cancel(): number {
    this.#running?.cancel();
    return ++this.#asked;
  }

  /** How many there are may take long; it is told once it is known. */
  async #count(filter: string, outcome: Found, asked: number): Promise<void> {
    const counting = this.#engine.run("countFound", { filter, place: outcome.place });
    this.#running = counting;
    const count = await counting.answer.catch(() => undefined);
    if (asked === this.#asked && count !== undefined) this.#tell({ ...outcome, count });
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
    const running = this.#engine.run("find", { filter, from, backwards }, { onProgress: (share) => asked === this.#asked && this.#tell({ type: "searching", share }) });
    this.#running = running;
    return await running.answer;
  }
}
