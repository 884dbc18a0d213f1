import { parseQuery } from "../query/parse.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { Faults } from "../model/faults.ts";
import { isMessage } from "../model/frame.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { MOST_HIGHLIGHTS, MOST_ROWS, type FilterProblem, type FoundCount, type FrameRow, type Range, type Scope } from "../contract/rows.ts";
import { Finder, type FoundRow, type Sought } from "./finder.ts";
import type { LongCall } from "../contract/long-call.ts";
import { DrawnRows, type PlaceToDraw } from "./drawn-rows.ts";
import { asksDecoding, filterFailure, RowFilter, waitsForDecoding, type FilterListener } from "./row-filter.ts";
import type { Looker } from "./looker.ts";
import type { Filter, Scanner } from "./scanner.ts";
import type { Timers } from "./timers.ts";
import type { Stops } from "./set-aside.ts";
import { SortOrder } from "./sort-order.ts";
import { Unfolding } from "./unfolding.ts";
import { compileQuery } from "../query/compile.ts";
import { Refusal } from "../model/refusal.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
/** Rows that came since the last sorting wait this long for the next, in milliseconds. */
const SORT_APART_MS = 400;
/** A filter whose answers change as the log goes on is run again this often at most. */
const RERUN_APART_MS = 1000;
/** Rows of a first screen, and how long it is waited for while the rows of before stay. */
const FIRST_SCREEN = 100;
const LONGEST_WAIT_MS = 200;

/** What a view needs from outside. */
export interface ViewEdges extends Timers {
  readonly scanner: Scanner;
  readonly looker: Looker;
  readonly stops: Stops;
  /** Minutes that the user's clock is ahead of UTC. */
  readonly utcOffset: () => number;
  /** Bugs that show are counted here. */
  readonly faults: Faults;
  /** More rows were found, or others are shown, than at the last `advance`. */
  readonly changed: () => void;
}

/** What one view of the log shows: its scope, and the rows of it on request. */
export class View {
  readonly #capture: CaptureLog;
  readonly #edges: ViewEdges;
  #scope = EVERYTHING;
  #lastGood = EVERYTHING;
  #rows: RowFilter;
  /** What is to be shown, while there is no first screen of it; `shown` is told once it is. */
  #coming: { readonly scope: Scope; readonly rows: RowFilter; readonly listener: FilterListener; readonly shown: () => void } | undefined;
  /** The filter in force, run anew; it takes over when it has caught up. */
  #rerun: RowFilter | undefined;
  #rerunAt = 0;
  #rerunBegan = 0;
  /** What the last run saw of all that can change its answers. */
  /** Addresses that became known late, and that were taken into account. */
  #namings = 0;
  #rerunBasis = "";
  #order: SortOrder | undefined;
  #sortedAt = 0;
  #sortApart = SORT_APART_MS;
  /** What the order in force was made of. */
  #sortedOf: { readonly rows: RowFilter; readonly length: number; readonly decoded: number } | undefined;
  #shown = 0;
  readonly #unfolding = new Unfolding();
  /** The rows and the order in which the unfolded frames were looked up. */
  #laidOut: { readonly rows: RowFilter; readonly order: SortOrder | undefined; readonly length: number } | undefined;
  #highlights: readonly Filter[] = [];
  readonly #finder: Finder;
  readonly #drawn: DrawnRows;
  #problem: FilterProblem | null = null;
  /** Rows from there on are not shown while the view is held still. */
  #limit = Infinity;
  /** Rows that were looked at since it is held. */
  #heldUpTo = 0;
  #generation = 0;
  #decodings = 0;
  #languages = 0;
  #hasDerived = false;
  #revision = 0;

  constructor(capture: CaptureLog, edges: ViewEdges) {
    this.#capture = capture;
    this.#edges = edges;
    this.#rows = this.#newFilter(EVERYTHING);
    this.#drawn = new DrawnRows({ ...edges, capture, changed: () => this.#lookOtherwise() });
    this.#finder = new Finder(capture, {
      length: () => this.#frames,
      shown: () => this.#shown,
      // Held still, it has no more rows than up to there, however many come.
      tested: () => (this.#rows.tested >= this.#limit ? capture.log.length : this.#rows.tested),
      rowAt: (position) => this.#rowAtPosition(position),
      placeOf: (frame) => this.#positionOf(frame),
    });
  }

  /** Rows shown, in the order of the log. */
  get rows(): RowFilter {
    return this.#rows;
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

  /** Why the filter in force was ended, if it was. */
  get problem(): FilterProblem | null {
    return this.#problem;
  }

  /** Resolves once the rows shown are those of the scope: with the first screen of them, or with what there is after a moment. */
  async setScope(scope: Scope): Promise<FilterProblem | null> {
    const parsed = parseQuery(scope.filter);
    if ("problem" in parsed) {
      // The conditions beside the filter count at once.
      const { instead = this.#scope.filter } = scope;
      const shown = { ...scope, filter: "problem" in parseQuery(instead) ? this.#scope.filter : instead };
      // What is typed on a text that is no filter yet changes nothing.
      if (!isSameScope(shown, this.#scope)) await this.#apply(shown);
      return { ...parsed.problem, instead: shown.filter };
    }
    await this.#apply(scope);
    return null;
  }

  /** Shows what there is now, and nothing that comes, until it is let go. */
  hold(isHeld: boolean): void {
    if (isHeld === (this.#limit < Infinity)) return;
    this.#limit = isHeld ? this.#capture.log.length : Infinity;
    this.#heldUpTo = this.#limit;
    this.#edges.changed();
  }

  /** Messages that come all the same were on their way when it was held. */
  #raiseLimit(): void {
    if (this.#limit === Infinity) return;
    const { log } = this.#capture;
    for (; this.#heldUpTo < log.length; this.#heldUpTo++) if (isMessage(log.bitsAt(frameIndex(this.#heldUpTo)))) this.#limit = this.#heldUpTo + 1;
  }

  setHighlights(filters: readonly string[]): (FilterProblem | null)[] {
    const parsed = filters.slice(0, MOST_HIGHLIGHTS).map(parseQuery);
    this.#highlights = parsed.map((one) => ({
      query: "query" in one ? one.query : NOTHING,
      context: this.#context(true),
    }));
    this.#revision++;
    this.#edges.changed();
    return parsed.map((one) => ("problem" in one ? one.problem : null));
  }

  /** Tests rows that came since. Answers whether rows are left that can be tested at once. */
  advance(): boolean {
    if (this.#generation !== this.#capture.generation) {
      this.#generation = this.#capture.generation;
      if (this.#limit < Infinity) this.#limit = this.#heldUpTo = this.#capture.log.length;
      this.#unfolding.clear();
      this.#showComing();
      this.#restart(this.#scope);
    }
    this.#raiseLimit();
    if (this.#decodings !== this.#capture.decodings) this.#decodedAnew();
    if (this.#languages !== this.#capture.languages) this.#toldAnew();
    if (this.#hasDerived === this.#capture.decoded.derived.isEmpty) this.#derivedCame();
    this.#revision++;
    const isMoreComing = this.#coming?.rows.advance(this.#coming.listener) ?? false;
    if (this.#coming !== undefined && hasFirstScreen(this.#coming.rows)) this.#showComing();
    const isMore = this.#rows.advance(this.#listener);
    const isMoreAnew = this.#rerun?.advance(this.#rerunListener) ?? false;
    this.#takeOver();
    this.#sort();
    this.#layOut();
    this.#finder.progressed();
    return isMore || isMoreAnew || isMoreComing;
  }

  /** Once a while: what was put off to spare work is done now. */
  tick(): void {
    const now = this.#edges.now();
    const { namings } = this.#capture.table;
    const basis = `${namings} ${this.#rows.mentionsNow ? now : `${this.#capture.decoded.length} ${this.#capture.marks.revision}`}`;
    if ((this.#rows.canChange || namings > this.#namings) && this.#rerun === undefined && now >= this.#rerunAt && basis !== this.#rerunBasis) {
      this.#rerunBasis = basis;
      this.#namings = namings;
      this.#rerunBegan = now;
      this.#runAnew();
    }
    if (this.#rerun !== undefined || this.#isSortStale()) this.#edges.changed();
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
    const rows = this.#rows;
    if (rows.length === 0) return null;
    const exact = this.placeOf(frame);
    if (exact !== undefined) return { place: exact, isExact: true, isSure: true };
    const isSure = rows.tested > frame || rows.progress === 1;
    if (this.#order !== undefined) return isSure ? null : { place: 0, isExact: false, isSure };
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
    return this.#order?.length ?? this.#rows.length;
  }

  #rowAtPosition(position: number): FrameIndex {
    return frameIndex(this.#rows.at(this.#order?.at(position) ?? position));
  }

  #positionOf(frame: number): number | undefined {
    const position = this.#rows.placeOf(frame);
    return position === undefined || this.#order === undefined ? position : this.#order.placeOf(position);
  }

  /** Looks the unfolded frames up again where they may stand elsewhere now. */
  #layOut(isOther = false): void {
    if (this.#unfolding.isEmpty && !isOther) return;
    const now = { rows: this.#rows, order: this.#order, length: this.#rows.length };
    const last = this.#laidOut;
    const isSame = last?.rows === now.rows && last.order === now.order && (last.length === now.length || !this.#unfolding.isIncomplete);
    if (isSame && !isOther) return;
    this.#laidOut = now;
    this.#unfolding.layOut((frame) => this.#positionOf(frame));
  }

  async rowsOf(range: Range): Promise<{ revision: number; from: number; rows: FrameRow[] }> {
    const revision = this.#revision;
    const { generation } = this.#capture;
    const rows = await this.#drawn.draw(this.#placesIn(range), this.#rows.filter, this.#highlights);
    // A clear meanwhile: these rows are gone.
    if (generation !== this.#capture.generation) return await this.rowsOf(range);
    return { revision, from: Math.max(0, Math.floor(range.from)), rows };
  }

  #placesIn(range: Range): PlaceToDraw[] {
    const from = Math.max(0, Math.floor(range.from));
    const count = Math.max(0, Math.min(this.length, range.to, from + MOST_ROWS) - from);
    return Array.from({ length: count }, (_, i) => {
      const { position, message } = this.#unfolding.at(from + i);
      const index = this.#rowAtPosition(position);
      const inLog = this.#order?.at(position) ?? position;
      return { index, message, before: inLog === 0 ? undefined : frameIndex(this.#rows.at(inLog - 1)), isUnfolded: this.#unfolding.has(index) };
    });
  }

  /** Those of some rows that match. Refused where the filter is none, or takes too long. */
  async matching(text: string, rows: readonly number[]): Promise<ReadonlySet<number>> {
    const parsed = parseQuery(text);
    if ("problem" in parsed) throw new Refusal(parsed.problem.message);
    return rows.length === 0 ? new Set() : this.#drawn.matching({ query: parsed.query, context: this.#context(false) }, rows);
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
    const matching = (rows: readonly number[]): Promise<ReadonlySet<number>> => this.#drawn.matching({ query, context: this.#context(true) }, rows);
    return { waitsForDecoding: waitsForDecoding(compileQuery(query, this.#context(true)), this.#capture.decoded), matching };
  }

  end(): void {
    this.#finder.end();
    this.#coming?.rows.end();
    this.#coming?.shown();
    this.#coming = undefined;
    this.#rows.end();
    this.#rerun?.end();
    this.#edges.scanner.end();
    this.#edges.looker.end();
  }

  readonly #listener: FilterListener = {
    progressed: () => this.#edges.changed(),
    failed: (error) => this.#abandon(error),
  };

  readonly #rerunListener: FilterListener = {
    progressed: () => this.#edges.changed(),
    // The filter in force was good before; a piece that took too long this time is no reason to drop it.
    failed: (error) => {
      this.#note(error);
      this.#rerun = undefined;
    },
  };

  #context(searchesUrls: boolean): QueryContext {
    const { log, table } = this.#capture;
    const start = log.length === 0 ? 0 : log.timeAt(frameIndex(0));
    return {
      start,
      now: table.clock.toMonotonic(this.#edges.now()) ?? start,
      anchors: table.clock.anchors,
      utcOffset: this.#edges.utcOffset(),
      searchesUrls,
    };
  }

  #newFilter(scope: Scope): RowFilter {
    const parsed = parseQuery(scope.filter);
    const query = "query" in parsed ? parsed.query : NOTHING;
    return new RowFilter(this.#capture, this.#edges.scanner, scope, { query, context: this.#context(scope.connection === null) }, () => this.#limit);
  }

  /** What is shown stays until there is a first screen of what is to be shown: an empty table would say that nothing is found. */
  async #apply(scope: Scope): Promise<void> {
    this.#showComing();
    const rows = this.#newFilter(scope);
    const listener: FilterListener = {
      progressed: () => this.#edges.changed(),
      failed: (error) => {
        if (this.#coming?.rows === rows) this.#showComing();
        if (this.#rows === rows) this.#abandon(error);
      },
    };
    await new Promise<void>((resolve) => {
      const stopWaiting = this.#edges.later(() => this.#showComing(), LONGEST_WAIT_MS);
      this.#coming = { scope, rows, listener, shown: () => (stopWaiting(), resolve()) };
      rows.advance(listener);
      if (this.length === 0 || hasFirstScreen(rows)) this.#showComing();
    });
  }

  #showComing(): void {
    const coming = this.#coming;
    if (coming === undefined) return;
    this.#coming = undefined;
    if (this.#rows.progress === 1) this.#lastGood = this.#scope;
    this.#problem = null;
    this.#restart(coming.scope, coming.rows);
    coming.shown();
  }

  #restart(scope: Scope, rows = this.#newFilter(scope)): void {
    this.#rows.end();
    this.#rerun?.end();
    this.#rerun = undefined;
    this.#order = undefined;
    this.#sortedOf = undefined;
    this.#rerunAt = 0;
    this.#shown++;
    this.#scope = scope;
    this.#namings = this.#capture.table.namings;
    this.#rows = rows;
    this.#layOut();
    this.#edges.changed();
  }

  /** Rows are found again by what decoding says of them now. */
  #decodedAnew(): void {
    this.#showComing();
    this.#decodings = this.#capture.decodings;
    // Frames may hold other messages now.
    this.#unfolding.clear();
    this.#shown++;
    if (asksDecoding(compileQuery(this.#rows.filter.query, this.#rows.filter.context))) this.#runAnew();
    this.#sortedOf = undefined;
  }

  /** The rows are the same, but look otherwise. */
  #lookOtherwise(): void {
    this.#shown++;
    this.#revision++;
    this.#edges.changed();
  }

  /** From the first message that was put together on, texts are looked for in those too: rows that were tested before it came are tested again. */
  #derivedCame(): void {
    this.#showComing();
    this.#hasDerived = !this.#capture.decoded.derived.isEmpty;
    const { query, context } = this.#rows.filter;
    if (this.#hasDerived && compileQuery(query, context).needsText) this.#runAnew();
  }

  /** Its rows stay until those that it finds now have caught up. */
  #runAnew(): void {
    this.#rerun?.end();
    this.#rerun = this.#newFilter(this.#scope);
  }

  /** Rows of events read otherwise, and are found by other words. */
  #toldAnew(): void {
    this.#showComing();
    this.#languages = this.#capture.languages;
    this.#shown++;
    if (this.#rows.filter.query.kind !== "everything") this.#runAnew();
  }

  /** The filter was ended: the last one that went through takes its place. */
  #abandon(error: unknown): void {
    this.#note(error);
    const lastFilter = this.#lastGood.filter === this.#scope.filter ? "" : this.#lastGood.filter;
    this.#problem = { message: filterFailure(error), from: 0, to: this.#scope.filter.length, instead: lastFilter };
    this.#restart({ ...this.#scope, filter: lastFilter });
  }

  /** What failed is told in its place, or shows nothing; a bug is counted. */
  #note(error: unknown): undefined {
    if (!(error instanceof Refusal)) this.#edges.faults.add(error, "filter");
  }

  #takeOver(): void {
    if (this.#rerun === undefined || this.#rerun.progress < this.#rows.progress) return;
    const isOther = !this.#rerun.beginsAs(this.#rows);
    this.#rows.end();
    this.#rows = this.#rerun;
    this.#rerun = undefined;
    this.#sortedAt = 0;
    if (isOther) this.#shown++;
    // A run that takes long is worth a longer rest.
    const now = this.#edges.now();
    this.#rerunAt = now + Math.max(RERUN_APART_MS, 10 * (now - this.#rerunBegan));
  }

  #isSortStale(): boolean {
    const { sort } = this.#scope;
    if (sort === null) return false;
    const of = this.#sortedOf;
    if (of?.rows !== this.#rows || of.length !== this.#rows.length) return true;
    // Latencies and types come after their rows.
    return (sort.by === "latency" || sort.by === "type") && of.decoded !== this.#capture.decoded.length;
  }

  #sort(): void {
    const { sort } = this.#scope;
    if (sort === null || !this.#isSortStale()) return;
    const now = this.#edges.now();
    if (this.#order !== undefined && now - this.#sortedAt < this.#sortApart) return;
    this.#order = new SortOrder(this.#capture, this.#rows, sort);
    this.#sortedAt = this.#edges.now();
    // An order that takes long to make is worth a longer rest.
    this.#sortApart = Math.max(SORT_APART_MS, 10 * (this.#sortedAt - now));
    this.#sortedOf = { rows: this.#rows, length: this.#rows.length, decoded: this.#capture.decoded.length };
    this.#shown++;
  }
}

const hasFirstScreen = (rows: RowFilter): boolean => rows.progress === 1 || rows.length >= FIRST_SCREEN;

function isSameScope(a: Scope, b: Scope): boolean {
  return (
    a.filter === b.filter &&
    a.connection === b.connection &&
    a.sent === b.sent &&
    a.received === b.received &&
    a.sort?.by === b.sort?.by &&
    a.sort?.descending === b.sort?.descending
  );
}

/** What a text that is no query matches. */
const NOTHING = { kind: "not", part: { kind: "everything" } } as const;
