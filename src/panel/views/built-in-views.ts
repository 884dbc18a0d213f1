import type { Code } from "../../model/said.ts";
import type { ColumnId, ColumnLayout } from "../state/column-layout.ts";
import type { ShownView } from "../state/views-store.ts";

/** What the table shows, under a name: a filter, in which order, and which columns. */
export interface View extends ShownView {
  readonly name: Code;
}

/** Those that come with the panel. Columns that a view says nothing of stay as they are, and so do order and widths. */
export const VIEWS = [
  { name: "palette.view-endings", filter: "is:error OR is:close", sort: null, columns: (now) => shows(now, ["connection", "type"], ["size", "latency"]) },
  { name: "palette.view-requests", filter: "is:request OR is:answer", sort: null, columns: (now) => shows(now, ["type", "size", "latency"]) },
  { name: "palette.view-slowest", filter: "is:request OR is:answer", sort: { by: "latency", descending: true }, columns: (now) => shows(now, ["connection", "type", "latency"]) },
  { name: "palette.view-no-heartbeats", filter: "-is:heartbeat", sort: null, columns: (now) => shows(now, ["type", "size", "latency"]) },
] as const satisfies readonly View[];

const shows = ({ hidden }: ColumnLayout, shown: readonly ColumnId[], left: readonly ColumnId[] = []): Pick<ColumnLayout, "hidden"> => ({
  hidden: [...hidden.filter((id) => !shown.includes(id) && !left.includes(id)), ...left],
});
