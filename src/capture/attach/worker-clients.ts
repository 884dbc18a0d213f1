import type { BrowserTarget } from "../debugger-api.ts";

/**
 * Whose documents can be the clients of a shared worker. Chrome does not tell whose they are: it tells of the request for
 * a new worker's script, and of nothing when another document connects. But a worker runs only while it has a client,
 * and its clients are documents of its own storage key, under pages of the key's top-level site (Storage Standard, and
 * HTML §10.2.6.4). Where all such pages are in the captured tabs, so are its clients.
 */
export function isOnlyUsedIn(tabs: ReadonlySet<number>, site: string, targets: readonly BrowserTarget[]): boolean {
  const pages = targets.filter(({ type, url }) => type === "page" && mayBeOfSite(url, site));
  return pages.length > 0 && pages.every(({ tabId }) => tabId !== undefined && tabs.has(tabId));
}

/**
 * The site of the pages under which the clients of a worker are, from its serialized storage key (blink::StorageKey):
 * an origin, alone or followed by `^31` where a frame of another site stands between, or by `^0` and the page's site.
 * Undefined for any other.
 */
export function topLevelSite(storageKey: string): string | undefined {
  const [, origin, more = ""] = /^([^^]+)(\^.*)?$/.exec(storageKey) ?? [];
  if (origin === undefined) return undefined;
  if (more === "" || more === "^31") return origin;
  return /^\^0([^^]+)$/.exec(more)?.[1];
}

/** Whether two addresses can be of one site: those of one agree in the last two labels of their hosts, as may those of two. */
export function canBeOneSite(one: string, other: string): boolean {
  const [a, b] = [one, other].map((address) => hostOf(address));
  return a !== undefined && b !== undefined && domainOf(a) === domainOf(b);
}

/** The same of a page; one without a host has its opener's origin. */
const mayBeOfSite = (page: string, site: string): boolean => /^(about:|$)/.test(page) || canBeOneSite(page, site);

function hostOf(address: string): string | undefined {
  const parsed = URL.parse(address.replace(/^blob:/, ""));
  return parsed?.protocol === "http:" || parsed?.protocol === "https:" ? parsed.hostname : undefined;
}

function domainOf(host: string): string {
  const isAddress = /^[\d.]+$|^\[/.test(host);
  return isAddress ? host : host.replace(/\.$/, "").split(".").slice(-2).join(".");
}
