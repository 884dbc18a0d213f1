/** The user's views as they are kept, and as they are shared. Pure. */
import type { Sort } from "../../contract/rows.ts";
import { isColumn, readColumnLayout, type ColumnLayout } from "./column-layout.ts";

/** What the table shows, under a name. */
export interface KeptView {
  readonly name: string;
  readonly filter: string;
  readonly sort: Sort | null;
  readonly columns: ColumnLayout;
  /** Directions whose messages are not shown; left out where all are, as in views of versions that did not keep it. */
  readonly hides?: readonly Direction[];
}

export const DIRECTIONS = ["sent", "received"] as const;
type Direction = (typeof DIRECTIONS)[number];

export interface KeptViews {
  readonly views: readonly KeptView[];
}

export const VIEWS_KEY = "views";
export const MOST_VIEWS = 30;
const LONGEST_NAME = 60;
const LONGEST_FILTER = 10_000;

/** What is in storage, as far as it is valid. */
export function readKeptViews(stored: unknown): KeptViews {
  const views: unknown = typeof stored === "object" && stored !== null && "views" in stored ? stored.views : [];
  return { views: Array.isArray(views) ? views.flatMap((view: unknown) => readView(view) ?? []).slice(0, MOST_VIEWS) : [] };
}

/** A view of this name takes the place of an older one. */
export function saveView(views: readonly KeptView[], view: KeptView): readonly KeptView[] {
  const at = views.findIndex(({ name }) => name === view.name);
  return at === -1 ? [...views, view] : views.with(at, view);
}

/** A line to send to somebody; `viewOfText` reads it. */
export const textOfView = (view: KeptView): string => JSON.stringify({ framescope: "view", ...view });

/** Undefined for a text that is no view. */
export function viewOfText(text: string): KeptView | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "framescope" in value && value.framescope === "view" ? readView(value) : undefined;
  } catch {
    return undefined;
  }
}

function readView(value: unknown): KeptView | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { name, filter, sort, columns, hides } = value as Partial<Record<keyof KeptView, unknown>>;
  if (typeof name !== "string" || name.trim() === "" || typeof filter !== "string" || filter.length > LONGEST_FILTER) return undefined;
  return { name: name.trim().slice(0, LONGEST_NAME), filter, sort: readSort(sort), columns: readColumnLayout(columns), ...readHides(hides) };
}

function readHides(value: unknown): Pick<KeptView, "hides"> {
  const hides = DIRECTIONS.filter((direction) => Array.isArray(value) && value.includes(direction));
  return hides.length === 0 ? {} : { hides };
}

function readSort(value: unknown): Sort | null {
  if (typeof value !== "object" || value === null) return null;
  const { by, descending } = value as Partial<Record<keyof Sort, unknown>>;
  return isColumn(by) ? { by, descending: descending === true } : null;
}
