import { isColumnPath } from "../contract/column-paths.ts";
import type { Scope } from "../contract/rows.ts";
import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { CaptureLog } from "./capture-log.ts";
import { PathOrder } from "./path-order.ts";
import type { FilterListener, RowFilter } from "./row-filter.ts";
import type { Scanner } from "./scanner.ts";
import { SortOrder } from "./sort-order.ts";

/** Rows that came since the last sorting wait this long for the next, in milliseconds. */
const SORT_APART_MS = 400;

interface SortedRowsEdges {
  readonly scanner: Scanner;
  readonly faults: Faults;
  readonly now: () => number;
  readonly context: () => QueryContext;
  /** More of what the rows are sorted by was read. */
  readonly changed: () => void;
}

/** In which order a view's rows stand, made anew now and then while rows come. */
export class SortedRows {
  readonly #capture: CaptureLog;
  readonly #edges: SortedRowsEdges;
  #order: SortOrder | undefined;
  #madeAt = 0;
  #apart = SORT_APART_MS;
  /** What the order in force was made of. */
  #madeOf: { readonly rows: RowFilter; readonly length: number; readonly decoded: number; readonly read: number } | undefined;
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

  /** Where rows are sorted by a path: the share of them that is read. */
  get progress(): number {
    return this.#byPath?.progress ?? 1;
  }

  /** Rows of another scope: they stand as captured until they are sorted. */
  clear(): void {
    this.#order = undefined;
    this.outdate();
  }

  /** What the order was made of is known to be otherwise. */
  outdate(): void {
    this.#madeOf = undefined;
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

  /** Reads what the rows are sorted by, and sorts them where that is due; answers whether they stand otherwise now. */
  advance(rows: RowFilter, sort: Scope["sort"]): boolean {
    this.#readPaths(rows, sort);
    if (sort === null || !this.isStale(rows, sort)) return false;
    const now = this.#edges.now();
    if (this.#order !== undefined && now - this.#madeAt < this.#apart) return false;
    // Rows stand as they came until all are read by which they are sorted: an order of some of them is none.
    if (this.#order === undefined && this.progress < 1) return false;
    this.#order = new SortOrder(this.#capture, rows, sort, this.#byPath);
    this.#madeAt = this.#edges.now();
    // An order that takes long to make is worth a longer rest.
    this.#apart = Math.max(SORT_APART_MS, 10 * (this.#madeAt - now));
    this.#madeOf = { rows, length: rows.length, decoded: this.#capture.decoded.length, read: this.#byPath?.read ?? 0 };
    return true;
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
