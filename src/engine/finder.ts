import type { LongCall } from "../contract/long-call.ts";
import { MOST_COUNTED, type FoundCount } from "../contract/rows.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";

/** Rows looked through at a time. */
const FIND_ROWS = 4096;

/** The rows that a view shows. */
export interface ShownRows {
  length(): number;
  /** Grows when other rows are shown, or in another order. */
  shown(): number;
  /** Rows of the log that its filter has tested. */
  tested(): number;
  rowAt(place: number): FrameIndex;
  placeOf(frame: number): number | undefined;
}

/** What is searched. */
export interface Sought {
  /** It asks for what decoding finds. */
  readonly waitsForDecoding: boolean;
  /** Those of some rows that match. */
  readonly matching: (rows: readonly number[]) => Promise<ReadonlySet<number>>;
}

export interface FoundRow {
  readonly place: number;
  readonly frame: FrameIndex;
}

/**
 * Goes from row to row that a filter matches. Where a row is not read, not tested by the view's filter or not decoded yet,
 * it waits: only what was looked at is without a match. One search goes on at a time.
 */
export class Finder {
  readonly #capture: CaptureLog;
  readonly #view: ShownRows;
  #newest = 0;
  #waiting: (() => void)[] = [];

  constructor(capture: CaptureLog, view: ShownRows) {
    this.#capture = capture;
    this.#view = view;
  }

  /** More is known of the rows. */
  progressed(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Ends what is being searched. */
  end(): void {
    this.#newest++;
    this.progressed();
  }

  /**
   * The next match after or before place `from` (null: from the beginning, or from the end backwards), among the rows that
   * there are now; null where there is none, and for a search that a newer one ends. Tells the share of them that it
   * has passed.
   */
  async next({ waitsForDecoding, matching }: Sought, from: number | null, backwards: boolean, long: LongCall<number>): Promise<FoundRow | null> {
    const view = this.#view;
    this.end();
    long.whenCancelled(() => this.progressed());
    const search = this.#newest;
    const isNewest = (): boolean => {
      long.goOn();
      return search === this.#newest;
    };
    const isComplete = this.#completeness();
    if (backwards && from === null) while (!isComplete()) if (!(await this.#more(isNewest))) return null;
    const step = backwards ? -1 : 1;
    let place = (from ?? (backwards ? view.length() : -1)) + step;
    while (place >= 0) {
      if (place >= view.length()) {
        if (backwards) place = view.length() - 1;
        else if (isComplete() || !(await this.#more(isNewest))) return null;
        continue;
      }
      const shown = view.shown();
      long.progress((backwards ? view.length() - 1 - place : place) / view.length());
      const places = this.#knownPlaces(place, step, waitsForDecoding ? this.#capture.decoded.length : Infinity);
      if (places.size === 0) {
        if (!(await this.#more(isNewest))) return null;
      } else {
        const found = await matching([...places.keys()]);
        if (!isNewest()) return null;
        // In the order of the search, so the first is the nearest; what stands at a place may be another row by now.
        for (const [row, at] of places) if (found.has(row)) return { place: view.shown() === shown ? at : (view.placeOf(row) ?? at), frame: frameIndex(row) };
      }
      const last = [...places.keys()].at(-1);
      place += step * places.size;
      // In another order it goes on behind the row that it looked at last.
      if (view.shown() !== shown && last !== undefined) place = (view.placeOf(last) ?? place - step) + step;
    }
    return null;
  }

  /** How many rows match, of those that can be told now, and which of them stands at `place`. Stops at `MOST_COUNTED`. */
  async count({ waitsForDecoding, matching }: Sought, place: number, long: LongCall): Promise<FoundCount> {
    const view = this.#view;
    let [at, all] = [0, 0];
    for (let from = 0; from < view.length(); ) {
      if (all >= MOST_COUNTED && from > place) return { at, all, isMore: true };
      const places = this.#knownPlaces(from, 1, waitsForDecoding ? this.#capture.decoded.length : Infinity);
      if (places.size === 0) break;
      const found = await matching([...places.keys()]);
      long.goOn();
      for (const [row, where] of places) {
        if (!found.has(row)) continue;
        all++;
        if (where <= place) at++;
      }
      from += places.size;
    }
    return { at, all, isMore: false };
  }

  /** Whether the view has all rows that there were when the search began, and of a capture that is read back, all. */
  #completeness(): () => boolean {
    const capture = this.#capture;
    let end = capture.isOpening ? undefined : capture.log.length;
    return () => {
      if (!capture.isOpening) end ??= capture.log.length;
      return end !== undefined && this.#view.tested() >= Math.min(end, capture.log.length);
    };
  }

  /** The next rows that can be told, with their places: all of them before `decoded`. */
  #knownPlaces(from: number, step: number, decoded: number): ReadonlyMap<number, number> {
    const view = this.#view;
    const places = new Map<number, number>();
    for (let at = from; at >= 0 && at < view.length() && places.size < FIND_ROWS; at += step) {
      const row = view.rowAt(at);
      if (row >= decoded) break;
      places.set(row, at);
    }
    return places;
  }

  /** Waits until more is known; false once the search is ended. */
  async #more(isNewest: () => boolean): Promise<boolean> {
    if (isNewest()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return isNewest();
  }
}
