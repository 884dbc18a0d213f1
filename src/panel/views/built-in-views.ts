import type { Sort } from "../../contract/rows.ts";
import type { Code } from "../../model/said.ts";

/** What the table shows, under a name: a filter, and in which order; the columns stay. */
export interface View {
  readonly name: Code;
  readonly filter: string;
  readonly sort: Sort | null;
}

/** Those that come with the panel. */
export const VIEWS = [
  { name: "palette.view-endings", filter: "is:error OR is:close", sort: null },
  { name: "palette.view-requests", filter: "is:request OR is:answer", sort: null },
  { name: "palette.view-slowest", filter: "is:request OR is:answer", sort: { by: "latency", descending: true } },
  { name: "palette.view-no-heartbeats", filter: "-is:heartbeat", sort: null },
] as const satisfies readonly View[];
