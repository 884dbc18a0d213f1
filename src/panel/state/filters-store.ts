import { createStore, type StoreApi } from "zustand/vanilla";
import { MOST_HIGHLIGHTS, type FilterProblem } from "../../contract/rows.ts";
import { toldBy } from "../told-by.ts";
import type { EngineClient } from "../engine-client.ts";
import { FILTERS_KEY } from "./kept-keys.ts";
import { readKeptFilters, rememberUsed, saveFilter, toggleSaved, type KeptFilters } from "./kept-filters.ts";
import { KeptStore, type StorageArea } from "./kept-store.ts";
import { newestCall } from "./newest-call.ts";

/** The filters that the user keeps: saved ones, those that colour rows, and those used before. */
export class FiltersStore {
  readonly store: StoreApi<KeptFilters>;
  /** For each highlight why it is not in force, or null. */
  readonly problems: StoreApi<{ readonly list: readonly (FilterProblem | null)[] }> = createStore(() => ({ list: [] as (FilterProblem | null)[] }));
  readonly #kept: KeptStore<KeptFilters>;
  readonly #send: (filters: readonly string[]) => void;

  /** `coloured`: rows have other colours from here on. */
  constructor(engine: EngineClient, area: StorageArea, coloured: () => void) {
    this.#kept = new KeptStore(area, FILTERS_KEY, (stored) => readKeptFilters(stored, MOST_HIGHLIGHTS));
    this.store = this.#kept.store;
    this.#send = newestCall(
      (filters: readonly string[]) => engine.call("setHighlights", filters),
      (list) => {
        this.problems.setState({ list });
        coloured();
      },
      (problem, filters) => this.problems.setState({ list: filters.map(() => ({ message: toldBy(problem), from: 0, to: 0 })) }),
    );
  }

  async begin(): Promise<void> {
    this.store.subscribe((now, before) => {
      if (now.highlights.join("\n") !== before.highlights.join("\n")) this.#send(now.highlights);
    });
    await this.#kept.begin();
  }

  /** The engine is another one. */
  engineReplaced(): void {
    if (this.#now.highlights.length > 0) this.#send(this.#now.highlights);
  }

  save(name: string, text: string): void {
    this.#kept.change({ saved: saveFilter(this.#now.saved, name, text) });
  }

  toggle(name: string): void {
    this.#kept.change({ saved: toggleSaved(this.#now.saved, name) });
  }

  allOff(): void {
    this.#kept.change({ saved: this.#now.saved.map((filter) => ({ ...filter, isOn: false })) });
  }

  remove(name: string): void {
    this.#kept.change({ saved: this.#now.saved.filter((filter) => filter.name !== name) });
  }

  get canHighlight(): boolean {
    return this.#now.highlights.length < MOST_HIGHLIGHTS;
  }

  highlight(text: string): void {
    const { highlights } = this.#now;
    if (!highlights.includes(text) && this.canHighlight) this.#kept.change({ highlights: [...highlights, text] });
  }

  removeHighlight(text: string): void {
    this.#kept.change({ highlights: this.#now.highlights.filter((other) => other !== text) });
  }

  /** The user went on from the box to the table: this filter was meant. */
  used(text: string): void {
    const used = rememberUsed(this.#now.used, text);
    if (used[0] !== this.#now.used[0]) this.#kept.change({ used });
  }

  /** All of them at once, but for those used before. */
  replace({ saved, highlights }: KeptFilters): void {
    this.#kept.change({ saved, highlights });
  }

  end(): void {
    this.#kept.end();
  }

  get #now(): KeptFilters {
    return this.store.getState();
  }
}
