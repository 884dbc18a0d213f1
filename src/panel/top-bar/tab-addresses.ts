import { nameOfTab, type BrowserTab } from "../../model/browser-tab.ts";
import { hostOf, placeOf } from "../../model/page-address.ts";

/** What stands beside each tab's name: its address, for equal names with the query, and without the host that all of them share. */
export function tabAddresses(tabs: readonly BrowserTab[]): readonly string[] {
  const hosts = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const tab of tabs) {
    const name = nameOfTab(tab);
    hosts.set(name, (hosts.get(name) ?? new Set()).add(hostOf(tab.url)));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return tabs.map((tab) => {
    const name = nameOfTab(tab);
    const parsed = URL.parse(tab.url);
    if (counts.get(name) === 1 || parsed === null) return placeOf(tab.url);
    const query = parsed.search;
    return hosts.get(name)?.size === 1 ? `${parsed.pathname}${query}` : `${placeOf(tab.url)}${query}`;
  });
}
