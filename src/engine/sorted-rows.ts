import { isColumnPath } from "../contract/column-paths.ts";
import type { Scope, Sort } from "../contract/rows.ts";
import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { CaptureLog } from "./capture-log.ts";
import { PathOrder } from "./path-order.ts";
import type { FilterListener, RowFilter } from "./row-filter.ts";
import type { Scanner } from "./scanner.ts";
import { sortRows, type SortOrder } from "./sort-order.ts";

/** Fewer are sorted at once, so that nobody sees them as they were captured: some tens of milliseconds. */
const SORTED_AT_ONCE = 1 << 17;
/** Rows that came since the last sorting wait this long for the next, in milliseconds. */
const SORT_APART_MS = 400;

/** How far it is told to be while all is read and the rows are put in order. */
const ALMOST = 0.99;

interface SortedRowsEdges {
  readonly scanner: Scanner;
  readonly faults: Faults;
  readonly now: () => number;
  readonly context: () => QueryContext;
  /** More of what the rows are sorted by was read. */
  readonly changed: () => void;
}

/** What an order is made of. */
interface SortedOf {
  readonly rows: RowFilter;
  readonly length: number;
  readonly decoded: number;
  readonly read: number;
}

/** An order that is made, a piece at a time. */
interface Making {
  readonly work: Generator<void, SortOrder>;
  readonly of: SortedOf;
  readonly began: number;
}

/** In which order a view's rows stand, made anew now and then while rows come. */
export class SortedRows {
  readonly #capture: CaptureLog;
  readonly #edges: SortedRowsEdges;
  #order: SortOrder | undefined;
  #madeAt = 0;
  #apart = SORT_APART_MS;
  /** What the order in force was made of. */
  #madeOf: SortedOf | undefined;
  /** The next order, while it is made. */
  #making: Making | undefined;
  /** What rows are sorted by, where that is a path. */
  #byPath: PathOrder | undefined;

  constructor(capture: CaptureLog, edges: SortedRowsEdges) {
    this.#capture = capture;
    this.#edges = edges;
  }

  /** Undefined: as they were captured. */
  get order(): SortOrder | undefined {
    return this.#order;
  }

  /** The share of what rows are to be sorted by that is read, below 1 until there is an order where one is to be. */
  get progress(): number {
    const read = this.#byPath?.progress ?? 1;
    return read === 1 && this.#order === undefined && this.isMaking ? ALMOST : read;
  }

  /** An order is made: there is more to do at once. */
  get isMaking(): boolean {
    return this.#making !== undefined;
  }

  /** Rows of another scope: they stand as captured until they are sorted. */
  clear(): void {
    this.#order = undefined;
    this.outdate();
  }

  /** What the order was made of is known to be otherwise. */
  outdate(): void {
    this.#madeOf = undefined;
    this.#making = undefined;
  }

  /** The next order does not wait. */
  hurry(): void {
    this.#madeAt = 0;
  }

  isStale(rows: RowFilter, sort: Scope["sort"]): boolean {
    if (sort === null) return false;
    const of = this.#madeOf;
    if (of?.rows !== rows || of.length !== rows.length) return true;
    if (this.#byPath !== undefined && of.read !== this.#byPath.read) return true;
    // Latencies and types come after their rows.
    return (sort.by === "latency" || sort.by === "type") && of.decoded !== this.#capture.decoded.length;
  }

  /** Reads what the rows are sorted by, and sorts them where that is due, many a piece at a time; answers whether they stand otherwise now. */
  advance(rows: RowFilter, sort: Scope["sort"]): boolean {
    this.#readPaths(rows, sort);
    if (sort === null || this.#making?.of.rows !== rows) this.#making = undefined;
    if (sort === null) return false;
    this.#making ??= this.#begin(rows, sort);
    const making = this.#making;
    if (making === undefined) return false;
    let step = making.work.next();
    while (step.done !== true && making.of.length <= SORTED_AT_ONCE) step = making.work.next();
    if (step.done !== true) return false;
    this.#making = undefined;
    this.#order = step.value;
    this.#madeAt = this.#edges.now();
    // An order that takes long to make is worth a longer rest.
    this.#apart = Math.max(SORT_APART_MS, 10 * (this.#madeAt - making.began));
    this.#madeOf = making.of;
    return true;
  }

  /** Undefined: no other order is due. */
  #begin(rows: RowFilter, sort: Sort): Making | undefined {
    if (!this.isStale(rows, sort)) return undefined;
    const began = this.#edges.now();
    if (this.#order !== undefined && began - this.#madeAt < this.#apart) return undefined;
    // Rows stand as they came until all are read by which they are sorted: an order of some of them is none.
    if (this.#order === undefined && this.progress < 1) return undefined;
    return { work: sortRows(this.#capture, rows, sort, this.#byPath), of: { rows, length: rows.length, decoded: this.#capture.decoded.length, read: this.#byPath?.read ?? 0 }, began };
  }

  end(): void {
    this.#byPath?.end();
  }

  /** Reads what the rows are sorted by, where that is a path. */
  #readPaths(rows: RowFilter, sort: Scope["sort"]): void {
    const by = sort !== null && isColumnPath(sort.by) ? sort.by : undefined;
    const before = this.#byPath;
    if (before !== undefined && (before.path !== by || before.isStale)) {
      before.end();
      this.#byPath = undefined;
      this.#making = undefined;
    }
    if (by === undefined) return;
    this.#byPath ??= new PathOrder(this.#capture, this.#edges.scanner, by, this.#edges.context());
    this.#byPath.advance(rows, this.#listener);
  }

  readonly #listener: FilterListener = {
    progressed: () => this.#edges.changed(),
    // The rows that were not read stand last.
    failed: (error) => {
      if (!(error instanceof Refusal)) this.#edges.faults.add(error, "columns");
      this.#edges.changed();
    },
  };
}
