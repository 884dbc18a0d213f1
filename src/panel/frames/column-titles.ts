import type { DeltaBasis } from "../../contract/rows.ts";
import type { Code } from "../../model/said.ts";
import type { TimeMode } from "../state/column-layout.ts";

/** What menus say of the columns: no part of the first paint. */
export const TIME_TITLES = {
  clock: "columns.clock",
  start: "columns.since-start",
  previous: "columns.since-previous",
  navigation: "columns.since-navigation",
} as const satisfies Readonly<Record<TimeMode, Code>>;

export const DELTA_BASES: readonly DeltaBasis[] = ["table", "connection"];
