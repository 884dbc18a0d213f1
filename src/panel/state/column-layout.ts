/** Which columns the table has, in which order and how wide. Pure. */
import type { DeltaBasis } from "../../contract/rows.ts";
import { isColumnPath, LONGEST_COLUMN_PATH, MOST_COLUMN_PATHS, type ColumnPath } from "../../contract/column-paths.ts";

export const COLUMN_IDS = ["number", "direction", "time", "delta", "connection", "type", "message", "size", "latency"] as const;
export type OwnColumnId = (typeof COLUMN_IDS)[number];
/** One that every table has, or a path that the user added. */
export type ColumnId = OwnColumnId | ColumnPath;

/** What the Time column counts from. */
export const TIME_MODES = ["clock", "start", "previous", "navigation"] as const;
export type TimeMode = (typeof TIME_MODES)[number];

export interface ColumnLayout {
  /** All columns, also those that are hidden: one that is shown again stands where it stood. */
  readonly order: readonly ColumnId[];
  readonly hidden: readonly ColumnId[];
  /** Pixels, where the user chose them. */
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
  readonly time: TimeMode;
  /** Which row is the one before, for the column Δ and the time since it. */
  readonly deltaOf: DeltaBasis;
}

export const DEFAULT_COLUMNS: ColumnLayout = { order: COLUMN_IDS, hidden: ["connection"], widths: {}, time: "clock", deltaOf: "table" };

/** The message takes what the others leave, and is always there. */
export const isFixed = (id: ColumnId): boolean => id === "message";
export const canSize = (id: ColumnId): boolean => id !== "message" && id !== "direction";

const WIDTHS: Readonly<Record<Exclude<OwnColumnId, "number" | "message">, number>> = {
  direction: 18,
  time: 92,
  delta: 52,
  connection: 120,
  type: 90,
  size: 62,
  latency: 78,
};
const PATH_WIDTH = 90;
const NARROWEST = 28;
const WIDEST = 600;
/** Digits of the # column, and what stands beside them: the pin and the padding. */
const DIGIT = 6.4;
const BESIDE_DIGITS = 22;
/** A message needs this much before the columns beside it have room. */
const LEAST_MESSAGE = 150;
/** Paddings of a row, and the button of the columns' menu. */
export const ROW_PADDING = 28;
/** What matters least goes first, as the pane gets narrower; what the user added, last. */
const GOES_FIRST: readonly ColumnId[] = ["delta", "latency", "connection", "type", "number", "time"];

export interface ShownColumns {
  readonly ids: readonly ColumnId[];
  /** For `grid-template-columns`. */
  readonly template: string;
  /** Of the message, in pixels. */
  readonly messageWidth: number;
}

/** The columns that a pane of this width shows; all of them where the width is not known yet (0). */
export function layOutColumns(layout: ColumnLayout, paneWidth: number, numberLength: number): ShownColumns {
  const widthOf = (id: ColumnId): number => columnWidth(layout, id, numberLength);
  let ids = layout.order.filter((id) => !layout.hidden.includes(id));
  const rest = (): number => paneWidth - ROW_PADDING - ids.reduce((sum, id) => sum + widthOf(id), 0);
  for (const id of [...GOES_FIRST, ...ids.filter(isColumnPath).toReversed()]) {
    if (paneWidth === 0 || rest() >= LEAST_MESSAGE) break;
    ids = ids.filter((other) => other !== id);
  }
  const template = ids.map((id) => (id === "message" ? "minmax(0, 1fr)" : `${widthOf(id)}px`)).join(" ");
  return { ids, template, messageWidth: Math.max(0, rest()) };
}

/** In pixels; 0 for the message, which has none of its own. */
export function columnWidth(layout: ColumnLayout, id: ColumnId, numberLength: number): number {
  if (id === "message") return 0;
  return layout.widths[id] ?? (isColumnPath(id) ? PATH_WIDTH : id === "number" ? Math.ceil(numberLength * DIGIT + BESIDE_DIGITS) : WIDTHS[id]);
}

export function sizeColumn({ widths }: ColumnLayout, id: ColumnId, width: number): Pick<ColumnLayout, "widths"> {
  return { widths: canSize(id) ? { ...widths, [id]: clampWidth(width) } : widths };
}

/** Back to the width it had at first. */
export function unsizeColumn({ widths }: ColumnLayout, id: ColumnId): Pick<ColumnLayout, "widths"> {
  const { [id]: _, ...rest } = widths;
  return { widths: rest };
}

/** Puts a column before another, or last. */
export function moveColumn({ order }: ColumnLayout, id: ColumnId, before: ColumnId | null): Pick<ColumnLayout, "order"> {
  if (id === before) return { order };
  const others = order.filter((other) => other !== id);
  const at = before === null ? others.length : others.indexOf(before);
  return { order: others.toSpliced(at, 0, id) };
}

/** Moves a column past its neighbour among those shown. */
export function stepColumn(layout: ColumnLayout, shown: readonly ColumnId[], id: ColumnId, step: 1 | -1): Pick<ColumnLayout, "order"> {
  const neighbour = shown[shown.indexOf(id) + step];
  if (neighbour === undefined) return { order: layout.order };
  if (step === -1) return moveColumn(layout, id, neighbour);
  return moveColumn(layout, id, layout.order[layout.order.indexOf(neighbour) + 1] ?? null);
}

export function toggleColumn({ hidden }: ColumnLayout, id: ColumnId): Pick<ColumnLayout, "hidden"> {
  if (isFixed(id)) return { hidden };
  return { hidden: hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id] };
}

/** Those of the user's own that are shown. */
export const shownPaths = ({ order, hidden }: Pick<ColumnLayout, "order" | "hidden">): readonly ColumnPath[] => order.filter(isColumnPath).filter((id) => !hidden.includes(id));

/** A layout out of storage, which may be of a version with other columns. */
export function readColumnLayout(stored: unknown): ColumnLayout {
  const from = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<Record<keyof ColumnLayout, unknown>>;
  const listed = [...new Set(listOf(from.order).filter(isColumn))];
  const paths = new Set<ColumnId>(listed.filter(isColumnPath).slice(0, MOST_COLUMN_PATHS));
  const hasRoom = (id: ColumnId): boolean => !isColumnPath(id) || paths.has(id);
  const kept = listed.filter(hasRoom);
  // A column that the version before did not have is as it is at first.
  const isNew = (id: ColumnId): boolean => !kept.includes(id);
  const hidden = [...listOf(from.hidden).filter(isColumn), ...DEFAULT_COLUMNS.hidden.filter(isNew)];
  const widths: Partial<Record<ColumnId, number>> = {};
  for (const [id, width] of Object.entries(from.widths ?? {})) {
    if (isColumn(id) && canSize(id) && typeof width === "number" && Number.isFinite(width)) widths[id] = clampWidth(width);
  }
  return {
    order: [...kept, ...COLUMN_IDS.filter((id) => !kept.includes(id))],
    hidden: [...new Set(hidden)].filter((id) => !isFixed(id) && hasRoom(id)),
    widths,
    time: TIME_MODES.find((mode) => mode === from.time) ?? DEFAULT_COLUMNS.time,
    deltaOf: from.deltaOf === "connection" ? "connection" : "table",
  };
}

const clampWidth = (width: number): number => Math.round(Math.min(Math.max(NARROWEST, width), WIDEST));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const isColumn = (value: unknown): value is ColumnId => COLUMN_IDS.some((id) => id === value) || (typeof value === "string" && value.length <= LONGEST_COLUMN_PATH && isColumnPath(value));
