import { createStore, type StoreApi } from "zustand/vanilla";
import type { SelectionSummary } from "../../contract/rows.ts";
import type { EngineClient } from "../engine-client.ts";
import { newestCall } from "./newest-call.ts";
import { countPlaces, type PlaceRanges } from "./place-ranges.ts";

export interface SummaryState {
  /** Of the rows selected; null for fewer than two, and until it is here. */
  readonly summary: SelectionSummary | null;
}

/** What a selection of several rows amounts to, summed up in the engine. */
export class SummaryStore {
  readonly store: StoreApi<SummaryState> = createStore<SummaryState>(() => ({ summary: null }));
  readonly #ask: (places: PlaceRanges) => void;
  #places: PlaceRanges = [];

  constructor(engine: EngineClient) {
    this.#ask = newestCall(
      (places: PlaceRanges) => engine.call("summarise", { places }),
      (summary, places) => places === this.#places && this.store.setState({ summary }),
      () => this.store.setState({ summary: null }),
    );
  }

  /** Other rows stand at the places. */
  refresh(): void {
    if (countPlaces(this.#places) > 1) this.#ask(this.#places);
  }

  selected(places: PlaceRanges): void {
    if (places === this.#places) return;
    this.#places = places;
    if (countPlaces(places) > 1) this.#ask(places);
    else this.store.setState({ summary: null });
  }
}
