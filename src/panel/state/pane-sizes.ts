import type { KeptStore } from "./kept-store.ts";

/** More than any version of the panel has arrangements of panes. */
const MOST = 32;
const LONGEST = 1000;

/** What react-resizable-panels remembers of each arrangement of panes, by its own key. */
export type PaneSizes = Readonly<Record<string, string>>;

/** Sizes out of storage, which may be of an older version or absent: what is no text of its kind is left out. */
export function readPaneSizes(stored: unknown): PaneSizes {
  if (typeof stored !== "object" || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(isText).slice(0, MOST));
}

const isText = (entry: readonly [string, unknown]): entry is [string, string] => typeof entry[1] === "string" && entry[1].length <= LONGEST;

/**
 * Kept sizes as react-resizable-panels asks for them. The first look into `localStorage` would hold the first paint up
 * until Chrome has fetched it from another process; these are known before anything is drawn.
 */
export function paneStorage(kept: KeptStore<PaneSizes>): Pick<Storage, "getItem" | "setItem"> {
  return {
    getItem: (key) => kept.store.getState()[key] ?? null,
    setItem: (key, value) => kept.change({ [key]: value }),
  };
}
