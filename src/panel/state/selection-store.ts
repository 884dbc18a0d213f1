import { createStore, type StoreApi } from "zustand/vanilla";
import type { LookedAt } from "../../contract/inspect.ts";
import type { FrameRow } from "../../contract/rows.ts";
import { frameIndex, type ConnectionId, type FrameIndex } from "../../model/units.ts";
import type { EngineClient } from "../engine-client.ts";
import type { FramesStore } from "./frames-store.ts";
import { newestCall } from "./newest-call.ts";
import { addPlaces, countPlaces, NO_PLACES, onePlace, placesBetween, togglePlace, type PlaceRanges } from "./place-ranges.ts";

export interface SelectionState {
  /** The frame that the inspector shows: the one that was selected last. */
  readonly frame: FrameIndex | null;
  /** Its place in the frame, where that holds several messages and one of them was selected; null for the frame. */
  readonly message: number | null;
  /** Of the row that was selected; null where only the frame is known. */
  readonly connection: ConnectionId | null;
  /** Where the frame stands among the rows shown; null where it is not shown. */
  readonly place: number | null;
  /** All rows selected. Places mean nothing in another scope, where only `frame` stays selected. */
  readonly ranges: PlaceRanges;
  /** Grows when the place is to be scrolled into view. */
  readonly reveal: number;
  /** Where: moved no farther than needed, or with the rows around it, below the find bar. */
  readonly revealAt: RevealAt;
}

export type RevealAt = "edge" | "middle";

/**
 * What a move does with the rows selected before: `one` takes their place, `extend` selects from the last row picked to
 * here, `toggle` picks this row too or no longer, `move` leaves them as they are.
 */
export type SelectionMode = "one" | "extend" | "toggle" | "move";

const NOTHING: Omit<SelectionState, "reveal" | "revealAt"> = { frame: null, message: null, connection: null, place: null, ranges: NO_PLACES };

/** The frames selected. A frame stays selected while the rows around it change; only its place is another. */
export class SelectionStore {
  readonly store: StoreApi<SelectionState>;
  readonly #frames: FramesStore;
  readonly #fetch: (place: number) => void;
  readonly #locate: (query: LookedAt) => void;
  /** The frame is to be brought on view once its place is known, also where a later question took over meanwhile. */
  #reveals = false;
  /** The place that was gone to, while its row is on its way: the frame is still the one before. */
  #gone: number | null = null;
  /** The row picked last: where extending begins. */
  #anchor = 0;
  /** What was selected when it was picked. */
  #beside: PlaceRanges = NO_PLACES;

  constructor(engine: EngineClient, frames: FramesStore) {
    this.#frames = frames;
    this.store = createStore<SelectionState>(() => ({ ...NOTHING, reveal: 0, revealAt: "edge" }));
    this.#fetch = newestCall(
      async (place: number) => (await engine.call("rows", { from: place, to: place + 1 })).rows[0],
      (row, place) => {
        this.#gone = null;
        if (row !== undefined && this.store.getState().place === place) this.#show(row, place);
      },
      () => (this.#gone = null),
    );
    this.#locate = newestCall(
      (query: LookedAt) => engine.call("placeOf", query),
      (place, { frame }) => {
        const reveals = this.#reveals;
        this.#reveals = false;
        this.#located(frame, place, reveals);
      },
      () => undefined,
    );
  }

  select(row: FrameRow, place: number, mode: SelectionMode = "one"): void {
    this.#pick(place, mode);
    this.#show(row, place);
  }

  clear(): void {
    this.#beside = NO_PLACES;
    this.store.setState(NOTHING);
  }

  /** So many rows stand before those there were: the frame has another number now. */
  moveOn(by: number): void {
    const { frame, message, connection } = this.store.getState();
    this.clear();
    this.#gone = null;
    if (frame === null) return;
    const now = frameIndex(frame + by);
    this.store.setState({ frame: now, message, connection });
    this.#find(now, message);
  }

  /** Selects the row at a place and brings it on view; places beyond the ends mean the ends. */
  goTo(place: number, mode: SelectionMode = "one", revealAt: RevealAt = "edge"): void {
    const last = this.#frames.rows - 1;
    if (last < 0) return;
    const at = Math.min(Math.max(0, place), last);
    this.#frames.setFollowing(false);
    this.#pick(at, mode);
    this.store.setState((state) => ({ place: at, reveal: state.reveal + 1, revealAt }));
    const row = this.#frames.at(at);
    if (row !== undefined) return this.#show(row, at);
    this.#gone = at;
    this.#fetch(at);
  }

  /** Selects a frame, or one of its messages, wherever it stands; one that the scope does not show is only inspected. */
  goToFrame(frame: FrameIndex, message: number | null = null): void {
    this.#frames.setFollowing(false);
    this.#beside = NO_PLACES;
    // As drawn, at once: keys that are pressed next go on from there.
    const place = this.#frames.placeOf(frame, message);
    this.#setFrame(frame, message, { place, ranges: NO_PLACES });
    if (place !== null) this.#pick(place, "one");
    this.#reveals = true;
    this.#find(frame, message);
  }

  /** The same, without bringing it on view. */
  selectAgain(frame: FrameIndex): void {
    this.#setFrame(frame, null, { place: null, ranges: NO_PLACES });
    this.#find(frame, null);
  }

  /** The table goes elsewhere: what was still to be brought on view is not. */
  stay(): void {
    this.#reveals = false;
  }

  /** Another message of the frame that is selected. */
  chooseMessage(message: number): void {
    const { frame } = this.store.getState();
    if (frame === null) return;
    const at = this.#frames.placeOf(frame, message);
    if (at !== null) this.#pick(at, "one");
    this.store.setState(({ place }) => ({ message, place: at ?? place }));
    this.#reveals = true;
    this.#find(frame, message);
  }

  /** Only the row that was selected last, and it as a frame: the rows around it are about to be others. */
  only(): void {
    const { place } = this.store.getState();
    this.#beside = NO_PLACES;
    this.store.setState({ message: null, ranges: place === null ? NO_PLACES : onePlace(place) });
  }

  /** All rows that there are now. */
  selectAll(): void {
    const { rows } = this.#frames;
    if (rows === 0) return;
    this.#frames.setFollowing(false);
    this.#anchor = 0;
    this.store.setState({ ranges: placesBetween(0, rows - 1) });
  }

  /** Looks where the selected frame stands now. `isOther`: in another scope, where the places of others mean nothing. */
  relocate(isOther: boolean): void {
    const { frame, message, ranges } = this.store.getState();
    // Until its new place is known, the frame alone is selected: the others' places are other rows now.
    if (isOther && countPlaces(ranges) > 1) this.store.setState({ ranges: NO_PLACES });
    if (isOther) this.#gone = null;
    if (frame !== null) this.#find(frame, message);
  }

  #setFrame(frame: FrameIndex, message: number | null, rows: Partial<Pick<SelectionState, "place" | "ranges">>): void {
    this.store.setState((state) => ({ ...rows, frame, message, connection: frame === state.frame ? state.connection : null }));
  }

  #find(frame: FrameIndex, message: number | null): void {
    this.#locate(message === null ? { frame } : { frame, message });
  }

  #pick(place: number, mode: SelectionMode): void {
    const { ranges } = this.store.getState();
    if (mode === "move") return;
    if (mode === "extend") {
      this.store.setState({ ranges: addPlaces(this.#beside, placesBetween(this.#anchor, place)) });
      return;
    }
    const next = mode === "one" ? onePlace(place) : togglePlace(ranges, place);
    this.#anchor = place;
    this.#beside = mode === "one" ? NO_PLACES : next;
    this.store.setState({ ranges: next });
  }

  #show(row: FrameRow, place: number): void {
    this.store.setState({ frame: row.index, message: messageOf(row), connection: row.connection, place });
  }

  #located(frame: FrameIndex, place: number | null, reveal: boolean): void {
    const before = this.store.getState();
    // Asked of the frame before: the user has gone on.
    if (before.frame !== frame || (before.place !== null && before.place === this.#gone)) return;
    const show = reveal && place !== null && !this.#frames.store.getState().following;
    if (place === before.place && !show) return;
    const isMoved = place !== before.place || before.ranges.length === 0;
    if (isMoved) {
      this.#anchor = place ?? 0;
      this.#beside = NO_PLACES;
    }
    const ranges = isMoved ? (place === null ? NO_PLACES : onePlace(place)) : before.ranges;
    this.store.setState({ place, ranges, reveal: before.reveal + (show ? 1 : 0), revealAt: show ? "edge" : before.revealAt });
  }
}

/** Of a frame that is folded, the first of its messages that the filter lets through is looked at. */
function messageOf({ message, isUnfolded, firstMatch }: FrameRow): number | null {
  if (message !== null) return message.place;
  return isUnfolded || firstMatch === 0 ? null : firstMatch;
}
