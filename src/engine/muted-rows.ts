import type { Scope } from "../contract/rows.ts";
import { parseQuery } from "../query/parse.ts";
import type { Query } from "../query/query.ts";
import type { RowFilter } from "./row-filter.ts";

export interface MutedRowsEdges {
  readonly filterOf: (scope: Scope, query: Query) => RowFilter;
  /** More rows are tested. */
  readonly changed: () => void;
}

/**
 * How many frames the mutes of a scope hide that it would show without them. They are looked for as those shown are: of rows
 * that no mute meets the columns mostly say so, and the scan thread sees the others alone.
 */
export class MutedRows {
  readonly #edges: MutedRowsEdges;
  #rows: RowFilter | undefined;
  #isCounted = false;
  /** Those counted before, while the same is counted anew. */
  #before: number | null = null;

  constructor(edges: MutedRowsEdges) {
    this.#edges = edges;
  }

  get count(): number | null {
    return this.#isCounted ? (this.#rows?.messages ?? null) : this.#before;
  }

  /** Counts those of a scope. */
  begin(scope: Scope): void {
    this.end();
    const query = queryOf(scope);
    if (query !== undefined) this.#rows = this.#edges.filterOf(scope, query);
  }

  /** Counts those of the same scope anew: what is said of rows can be otherwise now. */
  beginAnew(scope: Scope): void {
    const before = this.count;
    this.begin(scope);
    this.#before = before;
  }

  /** Tests rows. Answers whether some are left that can be tested at once. */
  advance(): boolean {
    const rows = this.#rows;
    if (rows === undefined) return false;
    // A count that cannot be had in time is not told.
    const isMore = rows.advance({ progressed: this.#edges.changed, failed: () => this.#rows === rows && this.end() });
    this.#isCounted ||= rows.progress === 1;
    return isMore;
  }

  end(): void {
    this.#rows?.end();
    this.#rows = undefined;
    this.#isCounted = false;
    this.#before = null;
  }
}

function queryOf({ mute }: Scope): Query | undefined {
  if (mute === undefined) return undefined;
  const shown = parseQuery(mute.filter);
  const by = parseQuery(mute.by);
  return "problem" in shown || "problem" in by ? undefined : { kind: "and", parts: [{ kind: "not", part: by.query }, shown.query] };
}
