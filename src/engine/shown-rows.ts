import { compileQuery } from "../query/compile.ts";
import { parseQuery } from "../query/parse.ts";
import type { Query } from "../query/query.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import { frameIndex } from "../model/units.ts";
import type { FilterProblem, Scope } from "../contract/rows.ts";
import type { CaptureLog } from "./capture-log.ts";
import { MutedRows } from "./muted-rows.ts";
import { asksDecoding, filterFailure, RowFilter, type FilterListener } from "./row-filter.ts";
import type { Scanner } from "./scanner.ts";
import type { Timers } from "./timers.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
/** A filter whose answers change as the log goes on is run again this often at most. */
const RERUN_APART_MS = 1000;
/** Rows of a first screen, and how long it is waited for while the rows of before stay. */
const FIRST_SCREEN = 100;
const LONGEST_WAIT_MS = 200;

/** What a text that is no query matches. */
export const NOTHING = { kind: "not", part: { kind: "everything" } } as const;

/** What the rows shown need from outside. */
export interface ShownRowsEdges extends Timers {
  readonly scanner: Scanner;
  /** Minutes that the user's clock is ahead of UTC. */
  readonly utcOffset: () => number;
  /** Bugs that show are counted here. */
  readonly faults: Faults;
  /** More rows were found. */
  readonly changed: () => void;
  /** Rows of another scope are shown. */
  readonly replaced: () => void;
  /** The same filter was run anew, and what it found now is shown: other rows than before, if `isOther`. */
  readonly renewed: (isOther: boolean) => void;
}

/** Which rows of the log a view shows: always those of a scope that stood, while those of the next are looked for. */
export class ShownRows {
  readonly #capture: CaptureLog;
  readonly #edges: ShownRowsEdges;
  #scope = EVERYTHING;
  #lastGood = EVERYTHING;
  #rows: RowFilter;
  readonly #muted: MutedRows;
  /** What is to be shown, while there is no first screen of it; `shown` is told once it is. */
  #coming: { readonly scope: Scope; readonly rows: RowFilter; readonly listener: FilterListener; readonly shown: () => void } | undefined;
  /** The filter in force, run anew; it takes over when it has caught up. */
  #rerun: RowFilter | undefined;
  #rerunAt = 0;
  #rerunBegan = 0;
  /** What the last run saw of all that can change its answers. */
  #rerunBasis = "";
  /** Addresses that became known late, and that were taken into account. */
  #namings = 0;
  #hasDerived = false;
  #problem: FilterProblem | null = null;

  constructor(capture: CaptureLog, edges: ShownRowsEdges) {
    this.#capture = capture;
    this.#edges = edges;
    this.#rows = this.#newFilter(EVERYTHING);
    this.#muted = new MutedRows({ filterOf: (scope, query) => this.#filterOf(scope, query), changed: edges.changed });
  }

  /** In the order of the log. */
  get rows(): RowFilter {
    return this.#rows;
  }

  get scope(): Scope {
    return this.#scope;
  }

  /** See `Changed.muted`. */
  get muted(): number | null {
    return this.#muted.count;
  }

  /** Why the filter in force was ended, if it was. */
  get problem(): FilterProblem | null {
    return this.#problem;
  }

  /** Whether the filter in force is being run anew. */
  get isRenewing(): boolean {
    return this.#rerun !== undefined;
  }

  /**
   * Resolves once the rows shown are those of the scope: with the first screen of them, or with what there is after a
   * moment. What is shown stays until then: an empty table would say that nothing is found.
   */
  async show(scope: Scope): Promise<void> {
    this.settle();
    const rows = this.#newFilter(scope);
    const listener: FilterListener = {
      progressed: () => this.#edges.changed(),
      failed: (error) => {
        if (this.#coming?.rows === rows) this.settle();
        if (this.#rows === rows) this.#abandon(error);
      },
    };
    await new Promise<void>((resolve) => {
      const stopWaiting = this.#edges.later(() => this.settle(), LONGEST_WAIT_MS);
      this.#coming = { scope, rows, listener, shown: () => (stopWaiting(), resolve()) };
      rows.advance(listener);
      if (this.#rows.length === 0 || hasFirstScreen(rows)) this.settle();
    });
  }

  /** The scope in force, asked for once more: its rows are shown already. */
  stay(scope: Scope): void {
    this.#scope = scope;
    this.#edges.changed();
  }

  /** What is to be shown is shown now, with what there is of it. */
  settle(): void {
    const coming = this.#coming;
    if (coming === undefined) return;
    this.#coming = undefined;
    if (this.#rows.progress === 1) this.#lastGood = this.#scope;
    this.#problem = null;
    this.#replace(coming.scope, coming.rows);
    coming.shown();
  }

  /** The log is another: nothing of what was found is true any more. */
  restart(): void {
    this.settle();
    this.#replace(this.#scope, this.#newFilter(this.#scope));
  }

  /** Its rows stay until those that it finds now have caught up. */
  renew(): void {
    this.#rerun?.end();
    this.#rerun = this.#newFilter(this.#scope);
  }

  /** Decoders say other things of the rows. */
  decodedAnew(): void {
    this.settle();
    if (asksDecoding(this.#compiled())) this.renew();
  }

  /** Rows of events are found by other words. */
  toldAnew(): void {
    this.settle();
    if (this.#rows.filter.query.kind !== "everything") this.renew();
  }

  /** Tests rows that came since. Answers whether rows are left that can be tested at once. */
  advance(): boolean {
    if (this.#hasDerived === this.#capture.decoded.derived.isEmpty) this.#derivedCame();
    const isMoreComing = this.#coming?.rows.advance(this.#coming.listener) ?? false;
    if (this.#coming !== undefined && hasFirstScreen(this.#coming.rows)) this.settle();
    const isMore = this.#rows.advance(this.#listener);
    const isMoreAnew = this.#rerun?.advance(this.#rerunListener) ?? false;
    this.#takeOver();
    // After what is shown.
    const isMoreMuted = !isMore && !isMoreComing && this.#coming === undefined && this.#rows.isIdle && this.#muted.advance();
    return isMore || isMoreAnew || isMoreComing || isMoreMuted;
  }

  /** Once a while: answers that can have changed are asked for anew. */
  tick(): void {
    const now = this.#edges.now();
    const { namings } = this.#capture.table;
    const basis = `${namings} ${this.#rows.mentionsNow ? now : `${this.#capture.decoded.length} ${this.#capture.marks.revision}`}`;
    if (!(this.#rows.canChange || namings > this.#namings) || this.#rerun !== undefined || now < this.#rerunAt || basis === this.#rerunBasis) return;
    this.#rerunBasis = basis;
    this.#namings = namings;
    this.#rerunBegan = now;
    this.renew();
  }

  end(): void {
    this.#coming?.rows.end();
    this.#coming?.shown();
    this.#coming = undefined;
    this.#rows.end();
    this.#rerun?.end();
    this.#muted.end();
  }

  /** What a query is asked against. */
  context(searchesUrls: boolean): QueryContext {
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

  #newFilter(scope: Scope): RowFilter {
    const parsed = parseQuery(scope.filter);
    return this.#filterOf(scope, "query" in parsed ? parsed.query : NOTHING);
  }

  #filterOf(scope: Scope, query: Query): RowFilter {
    return new RowFilter(this.#capture, this.#edges.scanner, scope, { query, context: this.context(scope.connection === null) });
  }

  #compiled(): ReturnType<typeof compileQuery> {
    const { query, context } = this.#rows.filter;
    return compileQuery(query, context);
  }

  #replace(scope: Scope, rows: RowFilter): void {
    this.#rows.end();
    this.#rerun?.end();
    this.#rerun = undefined;
    this.#rerunAt = 0;
    this.#scope = scope;
    this.#namings = this.#capture.table.namings;
    this.#rows = rows;
    this.#muted.begin(scope);
    this.#edges.replaced();
  }

  /** From the first message that was put together on, texts are looked for in those too: rows that were tested before it came are tested again. */
  #derivedCame(): void {
    this.settle();
    this.#hasDerived = !this.#capture.decoded.derived.isEmpty;
    if (this.#hasDerived && this.#compiled().needsText) this.renew();
  }

  /** The filter was ended: the last one that went through takes its place. */
  #abandon(error: unknown): void {
    this.#note(error);
    const { filter: lastFilter, mute } = this.#lastGood.filter === this.#scope.filter ? EVERYTHING : this.#lastGood;
    this.#problem = { message: filterFailure(error), from: 0, to: this.#scope.filter.length, instead: lastFilter };
    const scope = { ...this.#scope, filter: lastFilter, mute };
    this.#replace(scope, this.#newFilter(scope));
  }

  /** What failed is told in its place, or shows nothing; a bug is counted. */
  #note(error: unknown): void {
    if (!(error instanceof Refusal)) this.#edges.faults.add(error, "filter");
  }

  #takeOver(): void {
    if (this.#rerun === undefined || this.#rerun.progress < this.#rows.progress) return;
    const isOther = !this.#rerun.beginsAs(this.#rows);
    this.#rows.end();
    this.#rows = this.#rerun;
    this.#rerun = undefined;
    this.#muted.beginAnew(this.#scope);
    // A run that takes long is worth a longer rest.
    const now = this.#edges.now();
    this.#rerunAt = now + Math.max(RERUN_APART_MS, 10 * (now - this.#rerunBegan));
    this.#edges.renewed(isOther);
  }
}

const hasFirstScreen = (rows: RowFilter): boolean => rows.progress === 1 || rows.length >= FIRST_SCREEN;
