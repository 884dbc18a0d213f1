import { createStore, type StoreApi } from "zustand/vanilla";
import type { FrameRow } from "../../engine/contract.ts";
import type { ConnectionId, FrameIndex } from "../../model/units.ts";
import type { EngineClient } from "../engine-client.ts";
import type { FramesStore } from "./frames-store.ts";
import { newestCall } from "./newest-call.ts";

export interface SelectionState {
  readonly frame: FrameIndex | null;
  readonly connection: ConnectionId | null;
  /** Where the frame stands among the rows shown; null where it is not shown. */
  readonly place: number | null;
  /** Grows when the place is to be scrolled into view. */
  readonly reveal: number;
}

/** The frame selected. A frame stays selected while the rows around it change; only its place is another. */
export class SelectionStore {
  readonly store: StoreApi<SelectionState>;
  readonly #frames: FramesStore;
  readonly #fetch: (place: number) => void;
  readonly #locate: (query: { readonly frame: FrameIndex; readonly reveal: boolean }) => void;

  constructor(engine: EngineClient, frames: FramesStore) {
    this.#frames = frames;
    this.store = createStore<SelectionState>(() => ({ frame: null, connection: null, place: null, reveal: 0 }));
    this.#fetch = newestCall(
      async (place: number) => (await engine.call("rows", { from: place, to: place + 1 })).rows[0],
      (row, place) => {
        if (row !== undefined && this.store.getState().place === place) this.select(row, place);
      },
      () => undefined,
    );
    this.#locate = newestCall(
      ({ frame }) => engine.call("placeOf", { frame }),
      (place, { frame, reveal }) => this.#located(frame, place, reveal),
      () => undefined,
    );
  }

  select(row: FrameRow, place: number): void {
    this.store.setState({ frame: row.index, connection: row.connection, place });
  }

  clear(): void {
    this.store.setState({ frame: null, connection: null, place: null });
  }

  /** Selects the row at a place and brings it on view; places beyond the ends mean the ends. */
  goTo(place: number): void {
    const last = this.#frames.rows - 1;
    if (last < 0) return;
    const at = Math.min(Math.max(0, place), last);
    this.#frames.setFollowing(false);
    this.store.setState((state) => ({ place: at, reveal: state.reveal + 1 }));
    const row = this.#frames.at(at);
    if (row === undefined) this.#fetch(at);
    else this.select(row, at);
  }

  /** The rows shown are others: looks where the selected frame stands now, and brings it on view if asked to. */
  relocate(reveal: boolean): void {
    const { frame } = this.store.getState();
    if (frame !== null) this.#locate({ frame, reveal });
  }

  #located(frame: FrameIndex, place: number | null, reveal: boolean): void {
    const before = this.store.getState();
    if (before.frame !== frame) return;
    const show = reveal && place !== null && !this.#frames.store.getState().following;
    if (place !== before.place || show) this.store.setState({ place, reveal: before.reveal + (show ? 1 : 0) });
  }
}
