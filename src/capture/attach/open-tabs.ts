import type { BrowserTab } from "../../model/browser-tab.ts";
import type { BrowserTarget } from "../debugger-api.ts";

/** Pages that no extension may debug, or that show no page of a site's. */
const CLOSED_SCHEMES = new Set(["chrome:", "chrome-untrusted:", "chrome-search:", "chrome-extension:", "devtools:", "edge:"]);

/** Whether the page at an address can be captured, as far as its address tells. */
export function canCapture(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && !CLOSED_SCHEMES.has(parsed.protocol);
}

/** The tabs among the browser's targets, in the order in which `tabIds` names them. No permission is needed for this. */
export function openTabs(targets: readonly BrowserTarget[], tabIds: readonly number[]): BrowserTab[] {
  const places = new Map(tabIds.map((id, place) => [id, place]));
  const place = ({ id }: BrowserTab): number => places.get(id) ?? tabIds.length;
  return targets
    .flatMap(({ type, tabId, title, url }) => (type === "page" && tabId !== undefined ? [{ id: tabId, title, url }] : []))
    .toSorted((one, other) => place(one) - place(other));
}
