import { say, type Said } from "../../model/said.ts";

/** What the address of the app page asks for. */
export type AppAddress =
  | { readonly type: "tab"; readonly tabId: number }
  | { readonly type: "capture"; readonly id: string }
  | { readonly type: "none"; readonly why: Said };

/** A page with nothing of a site's: from it the user's connections without a page are opened, while it is captured. */
export const OWN_PLACE = "/src/pages/own-place/index.html";

/** Whether an address is that of this page; `origin`: the extension's. */
export function isOwnPlace(url: string, origin: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.origin === origin && parsed.pathname === OWN_PLACE;
}

const APP_PAGE = "/src/pages/app/index.html";

/** Reads the query of the page's own address, which anybody may have typed. */
export function readAppAddress(search: string): AppAddress {
  const query = new URLSearchParams(search);
  const id = query.get("capture");
  if (id !== null && id !== "") return { type: "capture", id };
  const asked = query.get("tabId");
  if (asked === null) return { type: "none", why: say("pages.no-tab") };
  const tabId = Number(asked);
  // Chrome's tab ids are positive and of 32 bits; it throws for others.
  if (/^\d{1,10}$/.test(asked) && tabId > 0 && tabId < 2 ** 31) return { type: "tab", tabId };
  return { type: "none", why: say("pages.bad-address") };
}

/** The address of the app page that captures a tab, from the extension's root. */
export function appAddressOf(tabId: number): string {
  return `${APP_PAGE}?tabId=${tabId}`;
}

/** The address of the app page that shows a kept capture. */
export function appAddressOfCapture(id: string): string {
  return `${APP_PAGE}?capture=${encodeURIComponent(id)}`;
}

/** Whether an address is that of the app page for a tab. */
export function isAppOf(url: string, tabId: number): boolean {
  const parsed = URL.parse(url);
  if (parsed?.pathname !== APP_PAGE) return false;
  const address = readAppAddress(parsed.search);
  return address.type === "tab" && address.tabId === tabId;
}
