import { parseQuery } from "../query/parse.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { ConnectionBefore } from "./connection-before.ts";
import { MOST_COLUMN_PATHS, type ColumnPath } from "../contract/column-paths.ts";
import type { Range } from "../contract/range.ts";
import { MOST_HIGHLIGHTS, MOST_ROWS, type DeltaBasis, type FilterProblem, type FoundCount, type FrameRow, type Scope } from "../contract/rows.ts";
import { Finder, type FoundRow, type Sought } from "./finder.ts";
import type { LongCall } from "../contract/long-call.ts";
import { DrawnRows, type PlaceToDraw } from "./drawn-rows.ts";
import type { PathColumns } from "../format/export-format.ts";
import { gatherPaths, type GatherOptions } from "./path-table.ts";
import { waitsForDecoding, type RowFilter } from "./row-filter.ts";
import type { Looker } from "./looker.ts";
import type { Filter } from "./scanner.ts";
import type { Timers } from "./timers.ts";
import type { Stops } from "./set-aside.ts";
import { NOTHING, ShownRows, type ShownRowsEdges } from "./shown-rows.ts";
import { SortedRows } from "./sorted-rows.ts";
import type { SortOrder } from "./sort-order.ts";
import { Unfolding } from "./unfolding.ts";
import { compileQuery } from "../query/compile.ts";
import { Refusal } from "../model/refusal.ts";

/** What a view needs from outside. */
export interface ViewEdges extends Pick<ShownRowsEdges, "scanner" | "utcOffset" | "faults" | keyof Timers> {
  readonly looker: Looker;
  readonly stops: Stops;
  /** More rows were found, or others are shown, than at the last `advance`. */
  readonly changed: () => void;
}

/** What rows are asked for with; see `RowCalls.rows`. */
export interface AskedWith {
  readonly paths?: readonly ColumnPath[];
  readonly sought?: string;
  readonly deltaOf?: DeltaBasis;
}

/** What one view of the log shows: its scope, and the rows of it on request. */
export class View {
  readonly #capture: CaptureLog;
  readonly #edges: ViewEdges;
  readonly #source: ShownRows;
  readonly #sorted: SortedRows;
  #shown = 0;
  readonly #unfolding = new Unfolding();
  /** The rows and the order in which the unfolded frames were looked up. */
  #laidOut: { readonly rows: RowFilter; readonly order: SortOrder | undefined; readonly length: number } | undefined;
  #highlights: readonly Filter[] = [];
  readonly #finder: Finder;
  readonly #drawn: DrawnRows;
  #connectionBefore: ConnectionBefore | undefined;
  #generation = 0;
  #decodings = 0;
  #languages = 0;
  #revision = 0;

  constructor(capture: CaptureLog, edges: ViewEdges) {
    this.#capture = capture;
    this.#edges = edges;
    this.#source = new ShownRows(capture, {
      ...edges,
      replaced: () => this.#replaced(),
      renewed: (isOther) => {
        this.#sorted.hurry();
        if (isOther) this.#shown++;
      },
    });
    this.#sorted = new SortedRows(capture, { ...edges, context: () => this.#source.context(false) });
    this.#drawn = new DrawnRows({ ...edges, capture, changed: () => this.#lookOtherwise() });
    this.#finder = new Finder(capture, {
      length: () => this.#frames,
      shown: () => this.#shown,
      tested: () => this.rows.tested,
      rowAt: (position) => this.#rowAtPosition(position),
      placeOf: (frame) => this.#positionOf(frame),
    });
  }

  /** Rows shown, in the order of the log. */
  get rows(): RowFilter {
    return this.#source.rows;
  }

  /** How many rows are shown, with those of messages of frames that are unfolded. */
  get length(): number {
    return this.#frames + this.#unfolding.extra;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Grows when other rows are shown, or in another order, even if as many. */
  get shown(): number {
    return this.#shown;
  }

  /** The number of the scope that was asked for and taken last. */
  get asked(): number {
    return this.#source.scope.asked ?? 0;
  }

  /** Why the filter in force was ended, if it was. */
  get problem(): FilterProblem | null {
    return this.#source.problem;
  }

  /** See `Changed.muted`. */
  get muted(): number | null {
    return this.#source.muted;
  }

  /** See `Changed.sorted`. */
  get sorted(): number {
    return this.#sorted.progress;
  }

  /** Resolves once the rows shown are those of the scope: with the first screen of them, or with what there is after a moment. */
  async setScope(scope: Scope): Promise<FilterProblem | null> {
    const parsed = parseQuery(scope.filter);
    if ("problem" in parsed) {
      // The conditions beside the filter count at once.
      const inForce = this.#source.scope;
      const { instead = inForce.filter, mute } = scope;
      const isInForce = "problem" in parseQuery(instead);
      const shown = { ...scope, filter: isInForce ? inForce.filter : instead, mute: isInForce ? inForce.mute : mute && { ...mute, filter: mute.instead } };
      // What is typed on a text that is no filter yet changes nothing.
      if (isSameScope(shown, inForce)) this.#source.stay(shown);
      else await this.#source.show(shown);
      return { ...parsed.problem, instead: shown.filter };
    }
    await this.#source.show(scope);
    return null;
  }

  setHighlights(filters: readonly string[]): (FilterProblem | null)[] {
    const parsed = filters.slice(0, MOST_HIGHLIGHTS).map(parseQuery);
    this.#highlights = parsed.map((one) => ({
      query: "query" in one ? one.query : NOTHING,
      context: this.#source.context(true),
    }));
    this.#revision++;
    this.#edges.changed();
    return parsed.map((one) => ("problem" in one ? one.problem : null));
  }

  /** Tests rows that came since. Answers whether rows are left that can be tested at once. */
  advance(): boolean {
    if (this.#generation !== this.#capture.generation) {
      this.#generation = this.#capture.generation;
      this.#unfolding.clear();
      this.#source.restart();
    }
    if (this.#decodings !== this.#capture.decoding.revision) this.#decodedAnew();
    if (this.#languages !== this.#capture.languages) this.#toldAnew();
    this.#revision++;
    const isMore = this.#source.advance();
    if (this.#sorted.advance(this.rows, this.#source.scope.sort)) this.#shown++;
    this.#layOut();
    this.#finder.progressed();
    return isMore || this.#sorted.isMaking;
  }

  /** Once a while: what was put off to spare work is done now. */
  tick(): void {
    this.#source.tick();
    if (this.#source.isRenewing || this.#sorted.isStale(this.rows, this.#source.scope.sort)) this.#edges.changed();
  }

  /** The frame at a place of the view, also where that is one of its messages'. */
  rowAt(place: number): FrameIndex {
    return this.#rowAtPosition(this.#unfolding.at(place).position);
  }

  /** Of a message's row: its place in the frame. */
  messageAt(place: number): number | undefined {
    return this.#unfolding.at(place).message;
  }

  /** Of a message of a frame that is folded: where the frame stands. */
  placeOf(frame: number, message?: number): number | undefined {
    const position = this.#positionOf(frame);
    return position === undefined ? undefined : this.#unfolding.placeOf(position, message);
  }

  /** See `RowCalls.placeNear`. Cost: the logarithm of the rows; sorted, a pass over them. */
  placeNear(frame: FrameIndex): { place: number; isExact: boolean; isSure: boolean } | null {
    const rows = this.rows;
    if (rows.length === 0) return null;
    const exact = this.placeOf(frame);
    if (exact !== undefined) return { place: exact, isExact: true, isSure: true };
    const isSure = rows.tested > frame || rows.progress === 1;
    if (this.#sorted.order !== undefined) return isSure ? null : { place: 0, isExact: false, isSure };
    const after = rows.firstFrom(frame);
    const { log } = this.#capture;
    const distance = (position: number): number => Math.abs(log.timeAt(frameIndex(rows.at(position))) - log.timeAt(frame));
    const isBefore = frame >= log.length || after >= rows.length || (after > 0 && distance(after - 1) <= distance(after));
    return { place: this.#unfolding.placeOf(isBefore ? Math.max(0, after - 1) : after), isExact: false, isSure };
  }

  /** Lets a frame's messages stand below it, or no longer. A frame that is one message stays as it is. */
  unfold(frame: number, unfolded: boolean): void {
    const { decoded } = this.#capture;
    if (unfolded === this.#unfolding.has(frame) || (unfolded && !decoded.holdsSeveral(frame))) return;
    if (unfolded) this.#unfolding.unfold(frame, decoded.messages.countOf(frame));
    else this.#unfolding.fold(frame);
    this.#layOut(true);
    this.#lookOtherwise();
  }

  /** Rows without those of messages. */
  get #frames(): number {
    return this.#sorted.order?.length ?? this.rows.length;
  }

  #rowAtPosition(position: number): FrameIndex {
    return frameIndex(this.rows.at(this.#sorted.order?.at(position) ?? position));
  }

  #positionOf(frame: number): number | undefined {
    const position = this.rows.placeOf(frame);
    return position === undefined || this.#sorted.order === undefined ? position : this.#sorted.order.placeOf(position);
  }

  /** Looks the unfolded frames up again where they may stand elsewhere now. */
  #layOut(isOther = false): void {
    if (this.#unfolding.isEmpty && !isOther) return;
    const now = { rows: this.rows, order: this.#sorted.order, length: this.rows.length };
    const last = this.#laidOut;
    const isSame = last?.rows === now.rows && last.order === now.order && (last.length === now.length || !this.#unfolding.isIncomplete);
    if (isSame && !isOther) return;
    this.#laidOut = now;
    this.#unfolding.layOut((frame) => this.#positionOf(frame));
  }

  async rowsOf(range: Range, asked: AskedWith = {}): Promise<{ revision: number; from: number; rows: FrameRow[] }> {
    const { paths = [], sought = "", deltaOf = "table" } = asked;
    const revision = this.#revision;
    const { generation } = this.#capture;
    const parsed = parseQuery(sought);
    const rows = await this.#drawn.draw(this.#placesIn(range, deltaOf), {
      filter: this.rows.filter,
      ...("query" in parsed && { sought: parsed.query }),
      highlights: this.#highlights,
      paths: paths.slice(0, MOST_COLUMN_PATHS),
    });
    // A clear meanwhile: these rows are gone.
    if (generation !== this.#capture.generation) return await this.rowsOf(range, asked);
    return { revision, from: Math.max(0, Math.floor(range.from)), rows };
  }

  #placesIn(range: Range, deltaOf: DeltaBasis): PlaceToDraw[] {
    const from = Math.max(0, Math.floor(range.from));
    const count = Math.max(0, Math.min(this.length, range.to, from + MOST_ROWS) - from);
    return Array.from({ length: count }, (_, i) => {
      const { position, message } = this.#unfolding.at(from + i);
      const index = this.#rowAtPosition(position);
      const inLog = this.#sorted.order?.at(position) ?? position;
      return { index, message, before: this.#before(inLog, deltaOf), isUnfolded: this.#unfolding.has(index) };
    });
  }

  /** The row that another's delta counts from; `position`: in the order of the log. */
  #before(position: number, deltaOf: DeltaBasis): FrameIndex | undefined {
    const { rows } = this;
    const { log } = this.#capture;
    if (deltaOf === "connection" && this.#connectionBefore?.isOf(rows, log) !== true) this.#connectionBefore = new ConnectionBefore(rows, log);
    const before = deltaOf === "table" ? position - 1 : this.#connectionBefore?.find(position);
    return before === undefined || before < 0 ? undefined : frameIndex(rows.at(before));
  }

  /** What rows have at some paths, for a file. Refused where reading them takes too long. */
  async gatherPaths(asked: Omit<GatherOptions, "context">): Promise<PathColumns> {
    return await gatherPaths(this.#capture, this.#edges.scanner, { ...asked, context: this.#source.context(false) });
  }

  /** Those of some rows that match. Refused where the filter is none, or takes too long. */
  async matching(text: string, rows: readonly number[]): Promise<ReadonlySet<number>> {
    const parsed = parseQuery(text);
    if ("problem" in parsed) throw new Refusal(parsed.problem.message);
    return rows.length === 0 ? new Set() : this.#drawn.matching({ query: parsed.query, context: this.#source.context(false) }, rows);
  }

  /** Refused where the filter is none, or takes too long. */
  async find(text: string, from: number | null, backwards: boolean, long: LongCall<number>): Promise<FoundRow | null> {
    const position = from === null ? null : this.#unfolding.at(from).position;
    const found = await this.#finder.next(this.#sought(text), position, backwards, long);
    return found === null ? null : { ...found, place: this.#unfolding.placeOf(found.place) };
  }

  /** See the contract. */
  async countFound(text: string, place: number, long: LongCall): Promise<FoundCount> {
    return await this.#finder.count(this.#sought(text), this.#unfolding.at(place).position, long);
  }

  #sought(text: string): Sought {
    const parsed = parseQuery(text);
    if ("problem" in parsed) throw new Refusal(parsed.problem.message);
    const { query } = parsed;
    const matching = (rows: readonly number[]): Promise<ReadonlySet<number>> => this.#drawn.matching({ query, context: this.#source.context(true) }, rows);
    return { waitsForDecoding: waitsForDecoding(compileQuery(query, this.#source.context(true)), this.#capture.decoded), matching };
  }

  end(): void {
    this.#finder.end();
    this.#source.end();
    this.#sorted.end();
    this.#edges.scanner.end();
    this.#edges.looker.end();
  }

  /** Rows of another scope stand in another order, from the start. */
  #replaced(): void {
    this.#sorted.clear();
    this.#shown++;
    this.#layOut();
    this.#edges.changed();
  }

  /** Rows are found again by what decoding says of them now. */
  #decodedAnew(): void {
    this.#decodings = this.#capture.decoding.revision;
    this.#source.decodedAnew();
    // Frames may hold other messages now.
    this.#unfolding.clear();
    this.#shown++;
    this.#sorted.outdate();
  }

  /** The rows are the same, but look otherwise. */
  #lookOtherwise(): void {
    this.#shown++;
    this.#revision++;
    this.#edges.changed();
  }

  /** Rows of events read otherwise, and are found by other words. */
  #toldAnew(): void {
    this.#languages = this.#capture.languages;
    this.#source.toldAnew();
    this.#shown++;
  }
}

function isSameScope(a: Scope, b: Scope): boolean {
  return (
    a.filter === b.filter &&
    a.connection === b.connection &&
    JSON.stringify(a.hidden ?? []) === JSON.stringify(b.hidden ?? []) &&
    a.mute?.filter === b.mute?.filter &&
    a.mute?.by === b.mute?.by &&
    a.sent === b.sent &&
    a.received === b.received &&
    a.sort?.by === b.sort?.by &&
    a.sort?.descending === b.sort?.descending
  );
}
