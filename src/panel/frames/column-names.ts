import type { SortKey } from "../../engine/contract.ts";
import type { ColumnId, TimeMode } from "../state/column-layout.ts";

/** What stands in a column's head. */
export const COLUMN_NAMES: Readonly<Record<ColumnId, string>> = {
  number: "#",
  direction: "Direction",
  time: "Time",
  delta: "Δ ms",
  connection: "Connection",
  type: "Type",
  message: "Message",
  size: "Size",
  latency: "Latency",
};

/** In the menu, where a sign alone would say too little. */
export const COLUMN_TITLES: Readonly<Record<ColumnId, string>> = {
  ...COLUMN_NAMES,
  number: "# Number",
  delta: "Δ Since the row before",
};

export const TIME_NAMES: Readonly<Record<TimeMode, string>> = {
  clock: "Time",
  start: "Since start",
  previous: "Since previous",
  navigation: "Since navig.",
};

export const TIME_TITLES: Readonly<Record<TimeMode, string>> = {
  clock: "Clock",
  start: "Seconds since the start",
  previous: "Seconds since the row shown before",
  navigation: "Seconds since the last navigation",
};

/** What a click on a column's head sorts by. */
export const SORT_KEY_OF: Readonly<Partial<Record<ColumnId, SortKey>>> = {
  number: "number",
  time: "time",
  size: "size",
  latency: "latency",
};
