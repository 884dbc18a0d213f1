import { createStore, type StoreApi } from "zustand/vanilla";
import { frameIndex, type FrameIndex } from "../../model/units.ts";
import type { EngineClient } from "../engine-client.ts";
import type { FramesStore } from "./frames-store.ts";
import { newestCall } from "./newest-call.ts";
import type { SelectionStore } from "./selection-store.ts";

/** Where the table stands, as whoever draws it knows. */
export interface TablePlace {
  /** The first row that is wholly on view. */
  firstRow(): number;
  /** Pixels from the upper edge of the rows to a row; null where it is not on view. */
  offsetOf(row: number): number | null;
}

export interface PlaceState {
  /**
   * The row at `place` is to stand `offset` pixels below the upper edge; null: in the middle. `isAmongOthers`: with some rows
   * on either side of it. Anew with every wish.
   */
  readonly wish: { readonly place: number; readonly offset: number | null; readonly isAmongOthers: boolean } | null;
}

/** A row of the log that was looked at, in whatever list. */
interface Anchor {
  readonly frame: FrameIndex;
  readonly offset: number | null;
  readonly isSelected: boolean;
}

/**
 * Keeps the place where the table is read while other rows are shown: the row selected stays under the eye, else the one at
 * the top, and where it is not shown the nearest in time. It is remembered until the user goes on to another.
 */
export class PlaceKeeper {
  readonly store: StoreApi<PlaceState> = createStore<PlaceState>(() => ({ wish: null }));
  readonly #frames: FramesStore;
  readonly #selection: SelectionStore;
  readonly #find: (anchor: Anchor) => void;
  #table: TablePlace | null = null;
  #anchor: Anchor | null = null;
  /** The end was followed when the rows were sorted. */
  #wasFollowing = false;
  /** What is to be done once the rows of the new scope are known. */
  #next: "none" | "top" | "anchor" = "none";
  /** The scope is answered, and rows of it are to come. */
  #isTaken = false;
  #hasWished = false;
  /** The rows around the anchor are the same, only more came before. */
  #isSame = false;
  /** The keeper itself selects: that is no move of the user's. */
  #isSelecting = false;

  constructor(engine: EngineClient, frames: FramesStore, selection: SelectionStore) {
    this.#frames = frames;
    this.#selection = selection;
    this.#find = newestCall(
      ({ frame }: Anchor) => engine.call("placeNear", { frame }),
      (found, anchor) => {
        if (anchor !== this.#anchor || this.#next !== "anchor") return;
        if (found === null) return this.#done();
        if (found.isSure || !this.#hasWished) this.#wish(found.place, anchor.offset, anchor.isSelected && !this.#isSame);
        if (!found.isSure) return;
        this.#done();
        if (found.isExact && anchor.isSelected) this.#selectAgain(anchor.frame);
      },
      () => undefined,
    );
    selection.store.subscribe((now, before) => {
      if (now.frame !== before.frame && now.frame !== null && !this.#isSelecting) this.moved();
    });
  }

  /** Whoever draws the table; answers how to end that. */
  drawnBy(table: TablePlace): () => void {
    this.#table = table;
    return () => {
      if (this.#table === table) this.#table = null;
    };
  }

  /** The user went on to other rows. */
  moved(): void {
    this.#anchor = null;
    this.#done();
  }

  /** Other rows are about to be shown. */
  leave(): void {
    if (this.#frames.store.getState().following) return this.moved();
    this.#anchor ??= this.#lookedAt();
    this.#begin(this.#anchor === null ? "none" : "anchor");
  }

  /** So many rows stand before those there were, with them the selected one: what is read stays under the eye. */
  moveOn(by: number): void {
    const anchor = this.#anchor ?? (this.#frames.store.getState().following ? null : this.#lookedAt());
    this.#isSelecting = true;
    this.#selection.moveOn(by);
    this.#isSelecting = false;
    this.#anchor = anchor === null ? null : { ...anchor, frame: frameIndex(anchor.frame + by) };
    if (anchor === null || this.#next !== "none") return;
    this.#next = "anchor";
    this.taken();
    this.#isSame = true;
  }

  /** The same rows are about to be shown in another order. */
  sort(isSorted: boolean, wasSorted: boolean): void {
    const { following } = this.#frames.store.getState();
    if (isSorted) {
      if (!wasSorted) {
        this.#wasFollowing = following;
        if (following) this.moved();
        else this.#anchor ??= this.#lookedAt();
      }
      this.#frames.setFollowing(false);
      this.#selection.stay();
      this.#begin("top");
    } else if (this.#wasFollowing && this.#selection.store.getState().frame === null) {
      this.#done();
      this.#frames.setFollowing(true);
    } else {
      const selected = this.#selected();
      // The same one goes back to where it stood before.
      if (selected !== null && selected.frame !== this.#anchor?.frame) this.#anchor = selected;
      this.#begin(this.#anchor === null ? "none" : "anchor");
    }
  }

  /** The engine shows what was asked for; the numbers of it are still to come. */
  taken(): void {
    this.#isTaken = true;
    this.#hasWished = false;
    this.#isSame = false;
  }

  /** The rows shown are known, as far as the filter has come. */
  changed(): void {
    if (!this.#isTaken) return;
    if (this.#next === "top") {
      this.#wish(0, 0, false);
      this.#done();
    } else if (this.#next === "anchor" && this.#anchor !== null) this.#find(this.#anchor);
  }

  #wish(place: number, offset: number | null, isAmongOthers: boolean): void {
    this.#hasWished = true;
    this.store.setState({ wish: { place, offset, isAmongOthers } });
  }

  #done(): void {
    this.#begin("none");
  }

  /** Of a scope that is still to be answered. */
  #begin(next: "none" | "top" | "anchor"): void {
    this.#next = next;
    this.#isTaken = false;
  }

  #selected(): Anchor | null {
    const { frame, place } = this.#selection.store.getState();
    if (frame === null) return null;
    return { frame, isSelected: true, offset: place === null ? null : (this.#table?.offsetOf(place) ?? null) };
  }

  #lookedAt(): Anchor | null {
    const selected = this.#selected();
    if (selected !== null) return selected;
    const first = this.#table?.firstRow() ?? -1;
    const row = this.#frames.at(first);
    return row === undefined ? null : { frame: row.index, isSelected: false, offset: this.#table?.offsetOf(first) ?? null };
  }

  /** It was selected before a scope that does not show it. */
  #selectAgain(frame: FrameIndex): void {
    if (this.#selection.store.getState().frame !== null) return;
    this.#isSelecting = true;
    this.#selection.selectAgain(frame);
    this.#isSelecting = false;
  }
}
