/** Connections that the user does not want to see: those that a site opens to addresses of one pattern. */
export interface HiddenAddress {
  /** The host of the page, frame or script that opens them; empty where that is not known. */
  readonly site: string;
  /** See `urlPattern`: no id and no token of a URL is in it. */
  readonly pattern: string;
}

/** So many are remembered. */
export const MOST_HIDDEN = 200;
/** Characters of each. */
export const LONGEST_HIDDEN = 500;

/** Out of storage: what is not valid is left out. */
export function readHidden(stored: unknown): readonly HiddenAddress[] {
  if (!Array.isArray(stored)) return [];
  return stored.slice(-MOST_HIDDEN).flatMap((one: unknown) => {
    const { site, pattern } = (typeof one === "object" && one !== null ? one : {}) as Partial<Record<keyof HiddenAddress, unknown>>;
    return typeof site === "string" && typeof pattern === "string" && pattern !== "" && site.length <= LONGEST_HIDDEN && pattern.length <= LONGEST_HIDDEN ? [{ site, pattern }] : [];
  });
}
