import { LONGEST_HIDDEN, type HiddenAddress } from "./hidden-address.ts";
import { urlPattern } from "./url-pattern.ts";

/** Host and port of an address; empty where it has none. */
export const hostOf = (url: string): string => /^[a-z-]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? "";

/** What a connection is hidden by, with all that are like it. `openedAt`: the host of whoever opened it. */
export const addressOf = (url: string, openedAt: string): HiddenAddress => ({ site: openedAt.slice(0, LONGEST_HIDDEN), pattern: urlPattern(url).slice(0, LONGEST_HIDDEN) });

export const isSameAddress = (a: HiddenAddress, b: HiddenAddress): boolean => a.site === b.site && a.pattern === b.pattern;
