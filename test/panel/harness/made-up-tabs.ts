import type { BrowserTab } from "../../../src/model/browser-tab.ts";

const TITLES = ["Order book", "Quarterly figures of all regions and the notes that belong to them, as of this morning", "", "Chat", "第三季度报告", "<img src=x onerror=alert(1)>"];
const HOSTS = ["exchange.test", "a-very-long-subdomain-of-some-department.intranet.test:8443", "127.0.0.1:3000"];

/** A tab of a made-up browser. */
export function tabAt(place: number): BrowserTab {
  const host = HOSTS[place % HOSTS.length] as string;
  const title = TITLES[place % TITLES.length] as string;
  return { id: place + 1, title: title === "" ? "" : `${title} ${place + 1}`, url: `https://${host}/some/page/${place + 1}` };
}
