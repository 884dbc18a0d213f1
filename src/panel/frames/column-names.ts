import type { Code } from "../../model/said.ts";
import type { TimeMode } from "../state/column-layout.ts";

/** In the menu, where a sign alone would say too little. */
export const COLUMN_TITLES = { number: "table.number-column", delta: "table.delta-column" } as const;

/** What stands in the Time column's head. */
export const TIME_NAMES = {
  clock: "table.time",
  start: "table.time-start",
  previous: "table.time-previous",
  navigation: "table.time-navigation",
} as const satisfies Readonly<Record<TimeMode, Code>>;

export const TIME_TITLES = {
  clock: "table.clock",
  start: "table.since-start",
  previous: "table.since-previous",
  navigation: "table.since-navigation",
} as const satisfies Readonly<Record<TimeMode, Code>>;
