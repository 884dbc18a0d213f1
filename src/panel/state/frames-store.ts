import { createStore, type StoreApi } from "zustand/vanilla";
import type { Changed } from "../../contract/changed.ts";
import { isColumnPath, type ColumnPath } from "../../contract/column-paths.ts";
import type { DeltaBasis, FrameRow } from "../../contract/rows.ts";
import type { FrameIndex } from "../../model/units.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import type { EngineClient } from "../engine-client.ts";
import { isLongScan } from "./long-scan.ts";
import { RangeLoader, type LoadedRange } from "../virtual/range-loader.ts";

export interface FramesState {
  /** Rows that the table has. While it follows the end, a number is shown only once its last rows are here. */
  readonly count: number;
  readonly range: LoadedRange<FrameRow> | null;
  readonly following: boolean;
  readonly problem: Told | null;
  /** `ScopeState.asked` of the scope whose rows these are. */
  readonly asked: number;
}

/** Rows asked for beyond those on view, above and below. */
const AROUND = 24;

/** The rows that the table draws, and whether it follows the end. */
export class FramesStore {
  readonly store: StoreApi<FramesState>;
  /** Rows below those on view; 0 also where the user knows of them: the end was on view, and no more came since. */
  readonly below: StoreApi<number> = createStore<number>(() => 0);
  readonly #loader: RangeLoader<FrameRow>;
  #rows = 0;
  #revision = 0;
  #decoded = 0;
  #generation: number | null = 0;
  #clearedRows = 0;
  /** The user has cleared the log, and the engine has not said so yet. */
  #isLeft = false;
  /** Grows when rows that are held may be others now. */
  #version = 0;
  #asked = 0;
  /** The version from which on rows are of the scope that was asked for so. */
  #askedSince = 0;
  /** There are rows below that came since the end was left, or are of a scope whose end has not been on view. */
  #hasUnseen = false;
  #isUnfolding = false;
  #from = 0;
  #to = 60;
  /** Behind the last row on view. */
  #end = 60;
  /** Columns of the user's own. */
  #paths: readonly ColumnPath[] = [];
  #deltaOf: DeltaBasis = "table";
  /** What the find bar looks for. */
  #sought = "";
  #drawsBeside: (() => void) | null = null;

  constructor(engine: EngineClient) {
    this.store = createStore<FramesState>(() => ({ count: 0, range: null, following: true, problem: null, asked: 0 }));
    this.#loader = new RangeLoader<FrameRow>({
      ask: async (from, to) => (await engine.call("rows", { from, to, ...(this.#paths.length > 0 && { paths: this.#paths }), ...(this.#deltaOf !== "table" && { deltaOf: this.#deltaOf }), ...(this.#sought !== "" && { sought: this.#sought }) })).rows,
      loaded: (range) => this.#loaded(range),
      failed: (problem) => this.store.setState({ problem: toldBy(problem) }),
      settled: () => {
        const draw = this.#drawsBeside;
        this.#drawsBeside = null;
        draw?.();
      },
      same: isSameRow,
    });
  }

  at(place: number): FrameRow | undefined {
    return this.#loader.at(place);
  }

  /** Where a frame stands, or one of its messages, as far as rows are held. */
  placeOf(frame: FrameIndex, message: number | null): number | null {
    const { range } = this.#loader;
    const at = range?.items.findIndex((row) => standsFor(row, frame, message)) ?? -1;
    return range === null || at < 0 ? null : range.from + at;
  }

  /** Calls back as rows come that are on their way, in their task, so that both are painted in one frame; at once where none are. The last counts. */
  drawBeside(draw: () => void): void {
    if (!this.#loader.isBusy) return draw();
    this.#drawsBeside = draw;
  }

  /** All rows there are, also those that a table following the end does not show yet. */
  get rows(): number {
    return this.#rows;
  }

  /** Nothing of the log is on view from here on, and no row that can be selected: the user has cleared it. */
  leaveLog(): void {
    this.#isLeft = true;
    this.#rows = 0;
    this.#forgetLog(true);
    this.#tellBelow();
  }

  /** It was not cleared after all, or there was nothing to clear. */
  stayInLog(changed: Changed | null): void {
    if (!this.#isLeft) return;
    this.#isLeft = false;
    if (changed !== null) this.changed(changed);
  }

  changed(changed: Changed): void {
    const { rows, revision, generation, decoded, asked, clearedRows } = changed;
    // Of another engine it says nothing: the log is the same.
    this.#generation ??= generation;
    const isOtherLog = generation !== this.#generation;
    if (this.#isLeft && !isOtherLog) return;
    if (isOtherLog) {
      this.#generation = generation;
      this.#isLeft = false;
      // What is read of a log stays on view where others are put before it.
      this.#forgetLog(clearedRows > this.#clearedRows || this.store.getState().following);
    }
    this.#clearedRows = clearedRows;
    const isOtherScope = asked !== this.#asked;
    if (isOtherScope || (rows > this.#rows && !this.#isUnfolding && !isOtherLog)) this.#hasUnseen = true;
    this.#isUnfolding = false;
    this.#rows = rows;
    this.#tellBelow();
    if (revision !== this.#revision || decoded !== this.#decoded) this.#version++;
    this.#revision = revision;
    this.#decoded = decoded;
    if (isOtherScope) this.#askedSince = ++this.#version;
    this.#asked = asked;
    if (rows === 0) {
      const { count, asked: before } = this.store.getState();
      // Rows of another scope are looked for, and none is found yet: those of before say more than an empty table.
      if (count > 0 && asked !== before && isLongScan(changed)) return this.#loader.stay();
      this.#loader.forget();
      if (count !== 0 || asked !== before) this.store.setState({ count: 0, range: null, asked });
      return;
    }
    if (!this.store.getState().following) this.store.setState({ count: rows });
    this.#want();
  }

  /** Another scope shows other rows, also where it shows as many as the one before. `asked`: its number; an engine that is quick has told of its rows already. */
  scopeTaken(asked: number): void {
    if (asked !== this.#asked) this.refresh();
  }

  /** A row is unfolded, or no longer: the rows of its messages are not ones that came. */
  rowsUnfolded(): void {
    this.#isUnfolding = true;
    this.refresh();
  }

  /** The engine is another one, with the same log as far as it was kept. */
  engineReplaced(): void {
    this.#generation = null;
    this.#version++;
  }

  /** The rows are as before, but may look different. */
  refresh(): void {
    this.#version++;
    this.#want();
  }

  /** Rows are asked for with what they have at these paths, and the time since the row before of this basis. */
  setColumns(paths: readonly ColumnPath[], deltaOf: DeltaBasis): void {
    if (paths.join("\n") === this.#paths.join("\n") && deltaOf === this.#deltaOf) return;
    this.#paths = paths;
    this.#deltaOf = deltaOf;
    this.refresh();
  }

  /** Rows are asked for with the places of what is looked for marked; of nothing, where this is empty. */
  markSought(filter: string): void {
    if (filter === this.#sought) return;
    this.#sought = filter;
    this.refresh();
  }

  /** The rows drawn, `from` up to `to`; those on view end before `end`. */
  show(from: number, to: number, end = to): void {
    this.#from = from;
    this.#to = to;
    this.#end = end;
    this.#tellBelow();
    this.#want();
  }

  setFollowing(following: boolean): void {
    if (this.store.getState().following === following) return;
    this.store.setState((state) => ({ following, count: following ? state.count : this.#rows || state.count }));
    this.#hasUnseen = false;
    this.#tellBelow();
    this.#want();
  }

  #forgetLog(following: boolean): void {
    this.#loader.forget();
    this.store.setState({ count: 0, range: null, following });
  }

  #tellBelow(): void {
    const isTold = this.#hasUnseen && !this.store.getState().following;
    this.below.setState(isTold ? Math.max(0, this.#rows - this.#end) : 0, true);
  }

  #want(): void {
    const { following, range } = this.store.getState();
    if (following) {
      const screen = Math.max(1, this.#to - this.#from);
      return this.#loader.want(Math.max(0, this.#rows - screen - AROUND), this.#rows, this.#version);
    }
    const to = Math.min(this.#to, this.#rows);
    const held = range !== null && range.version === this.#version && range.from <= this.#from && range.askedTo >= to;
    if (held) return;
    this.#loader.want(Math.max(0, this.#from - AROUND), Math.min(this.#rows, this.#to + AROUND), this.#version);
  }

  #loaded(range: LoadedRange<FrameRow>): void {
    const { following, count } = this.store.getState();
    const end = range.from + range.items.length;
    // A range of the end asked for before rows became fewer can come back short or empty.
    const shown = following && range.items.length > 0 ? end : Math.min(count, this.#rows);
    this.store.setState((state) => ({ range, count: shown, problem: null, asked: range.version < this.#askedSince ? state.asked : this.#asked }));
  }
}

/** A frame that is folded stands for each of its messages. */
export function standsFor(row: FrameRow, frame: FrameIndex | null, message: number | null): boolean {
  return row.index === frame && ((row.message?.place ?? null) === message || (row.message === null && !row.isUnfolded));
}

function isSameRow(a: FrameRow, b: FrameRow): boolean {
  return (
    a.index === b.index &&
    a.kind === b.kind &&
    a.direction === b.direction &&
    a.connection === b.connection &&
    a.line === b.line &&
    a.url === b.url &&
    a.time === b.time &&
    a.delta === b.delta &&
    a.sinceStart === b.sinceStart &&
    a.sinceNavigation === b.sinceNavigation &&
    a.highlight === b.highlight &&
    a.pinned === b.pinned &&
    a.note === b.note &&
    a.label === b.label &&
    a.messageKind === b.messageKind &&
    a.pair?.role === b.pair?.role &&
    a.pair?.latency === b.pair?.latency &&
    a.preview === b.preview &&
    a.size === b.size &&
    a.messages === b.messages &&
    a.matching === b.matching &&
    a.firstMatch === b.firstMatch &&
    a.isUnfolded === b.isUnfolded &&
    a.message?.place === b.message?.place &&
    a.message?.matches === b.message?.matches &&
    a.marks.length === b.marks.length &&
    a.marks.every((mark, i) => mark === b.marks[i]) &&
    haveSameCells(a, b)
  );
}

function haveSameCells({ cells: a }: FrameRow, { cells: b }: FrameRow): boolean {
  const paths = Object.keys(a).filter(isColumnPath);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path]?.text === b[path]?.text && a[path]?.kind === b[path]?.kind);
}
