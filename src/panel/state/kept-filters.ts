/** The user's filters as they are kept from one capture to the next. Pure. */

export interface SavedFilter {
  readonly name: string;
  readonly text: string;
  readonly isOn: boolean;
}

export interface KeptFilters {
  readonly saved: readonly SavedFilter[];
  /** Filters that colour rows; their places are their colours. */
  readonly highlights: readonly string[];
  /** Filters used before, the latest first. */
  readonly used: readonly string[];
}

const MOST_SAVED = 30;
const MOST_USED = 50;
const LONGEST_NAME = 60;
const LONGEST_TEXT = 10_000;

/** What is in storage, as far as it is valid. */
export function readKeptFilters(stored: unknown, mostHighlights: number): KeptFilters {
  const from = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<Record<keyof KeptFilters, unknown>>;
  return {
    saved: listOf(from.saved).flatMap(readSaved).slice(0, MOST_SAVED),
    highlights: listOf(from.highlights).filter(isText).slice(0, mostHighlights),
    used: listOf(from.used).filter(isText).slice(0, MOST_USED),
  };
}

/** A filter of this name takes the place of an older one. It is on: the box no longer needs to hold it. */
export function saveFilter(saved: readonly SavedFilter[], name: string, text: string): readonly SavedFilter[] {
  const title = name.trim().slice(0, LONGEST_NAME) || text.slice(0, LONGEST_NAME);
  const added = { name: title, text, isOn: true };
  const at = saved.findIndex((other) => other.name === title);
  return at === -1 ? [...saved, added] : saved.with(at, added);
}

export const toggleSaved = (saved: readonly SavedFilter[], name: string): readonly SavedFilter[] =>
  saved.map((filter) => (filter.name === name ? { ...filter, isOn: !filter.isOn } : filter));

/** The filter goes to the front of those used before. */
export const rememberUsed = (used: readonly string[], text: string): readonly string[] =>
  text.trim() === "" ? used : [text, ...used.filter((other) => other !== text)].slice(0, MOST_USED);

/**
 * One filter that asks for the box's text and for each saved filter that is on. The box's text stands first, `shift`
 * characters in, so that places of its problems can be found in the box.
 */
export function combineFilters(text: string, saved: readonly SavedFilter[]): { readonly filter: string; readonly shift: number } {
  const others = saved.filter(({ isOn }) => isOn).map((filter) => `(${filter.text})`);
  if (others.length === 0) return { filter: text, shift: 0 };
  if (text.trim() === "") return { filter: others.join(" "), shift: 0 };
  return { filter: [`(${text})`, ...others].join(" "), shift: 1 };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isText = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_TEXT;

function readSaved(value: unknown): readonly SavedFilter[] {
  if (typeof value !== "object" || value === null) return [];
  const { name, text, isOn } = value as Partial<Record<keyof SavedFilter, unknown>>;
  return isText(name) && isText(text) ? [{ name: name.slice(0, LONGEST_NAME), text, isOn: isOn === true }] : [];
}
