/** Characters of an answer at most, about: an agent reads all of it, and pays for it. */
const MOST_CHARACTERS = 24_000;
/** Of one text in it. */
const MOST_TEXT = 16_000;

/** What was left out of a list, and how to ask for it; null: nothing. */
export interface LeftOut {
  readonly count: number;
  readonly from: number;
}

/** As many of the items as an answer holds, and what is left out of `all`. `from`: the place of the first. */
export function fitting<Item>(items: readonly Item[], from: number, all: number): { readonly items: readonly Item[]; readonly leftOut: LeftOut | null } {
  let room = MOST_CHARACTERS;
  const taken = items.findIndex((item) => (room -= JSON.stringify(item).length) < 0);
  const kept = taken < 0 ? items : items.slice(0, Math.max(1, taken));
  const next = from + kept.length;
  return { items: kept, leftOut: next < all ? { count: all - next, from: next } : null };
}

/** A piece of a text, and how many characters are left out behind it. */
export function piece(text: string, from: number): { readonly text: string; readonly leftOut: LeftOut | null } {
  const part = text.slice(from, from + MOST_TEXT);
  const next = from + part.length;
  return { text: part, leftOut: next < text.length ? { count: text.length - next, from: next } : null };
}
