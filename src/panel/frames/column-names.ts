import type { Code } from "../../model/said.ts";
import type { TimeMode } from "../state/column-layout.ts";

/** What stands in the Time column's head. */
export const TIME_NAMES = {
  clock: "table.time",
  start: "table.time-start",
  previous: "table.time-previous",
  navigation: "table.time-navigation",
} as const satisfies Readonly<Record<TimeMode, Code>>;
