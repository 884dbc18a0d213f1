import type { BrowserTarget } from "../debugger-api.ts";

const EXTENSION = "chrome-extension:";

/** Where Chrome would not let us debug, or ended it: what is known of the tab, and of what is shown in it. */
export interface ForbiddenPlace {
  /** The address of its page; undefined where there is no such tab. */
  readonly url: string | undefined;
  /** The other extension that the page belongs to, or that shows a frame in it; undefined where none is known to. */
  readonly extension: string | undefined;
  /** The only other extension that shows a frame anywhere in the browser: where one is to blame, it is this one. */
  readonly only: string | undefined;
}

/** The id of the extension that an address belongs to. */
export function extensionOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed?.protocol === EXTENSION ? parsed.hostname : undefined;
}

/**
 * Reads the place off the browser's targets. Frames of extensions have targets of their own, but Chrome does not say in
 * which tab. `seen`: the extension to whose page a frame of the tab was on its way when Chrome ended the debugging.
 */
export function readForbiddenPlace(targets: readonly BrowserTarget[], tabId: number, ownId: string, seen: string | undefined): ForbiddenPlace {
  const url = targets.find((target) => target.type === "page" && target.tabId === tabId)?.url;
  const own = url === undefined ? undefined : extensionOf(url);
  const frames = new Set(targets.flatMap((target) => (target.tabId === undefined && target.type === "other" ? (extensionOf(target.url) ?? []) : [])));
  frames.delete(ownId);
  const [only] = frames.size === 1 ? frames : [];
  const extension = own ?? seen;
  return { url, extension: extension === ownId ? undefined : extension, only };
}
