import { describe, expect, it } from "vitest";
import { openTabs } from "../../../src/capture/attach/open-tabs.ts";
import type { FromCapture } from "../../../src/contract/capturing.ts";
import type { BrowserTab } from "../../../src/model/browser-tab.ts";
import { TabList } from "../../../src/pages/host/tab-list.ts";

const tab = (id: number, url = `https://${id}.test/`): BrowserTab => ({ id, title: `Tab ${id}`, url });

/** A list whose page captures tab 1, over a browser with these tabs. */
function setup(tabs: readonly BrowserTab[]) {
  const browser = { tabs, readings: 0, answers: true };
  const told: FromCapture[] = [];
  const seen: string[] = [];
  const list = new TabList(1, {
    list: async () => {
      browser.readings++;
      if (!browser.answers) throw new Error("No.");
      return browser.tabs;
    },
    choose: () => {},
    chooseNoPage: () => {},
    seen: ({ title }) => seen.push(title),
  });
  list.listen((message) => told.push(message));
  return { browser, list, told, seen };
}

describe("the list of tabs", () => {
  it("offers what can be captured, and names the captured tab also where that cannot be", async () => {
    const { list, seen } = setup([tab(1, "chrome://version"), tab(2), tab(3, "chrome-extension://other/page.html"), tab(4, "file:///a.html"), tab(5, "devtools://devtools/x"), tab(6, "about:blank"), tab(7, "no address")]);
    await list.refresh();
    expect(list.told).toEqual({ type: "tabs", tabs: [tab(2), tab(4, "file:///a.html"), tab(6, "about:blank")], captured: tab(1, "chrome://version") });
    expect(seen).toEqual(["Tab 1"]);
  });

  it("remembers the captured tab once it is closed, and stays as it was where Chrome tells nothing", async () => {
    const { browser, list } = setup([tab(1), tab(2)]);
    await list.refresh();
    browser.tabs = [tab(2)];
    await list.refresh();
    expect(list.told).toEqual({ type: "tabs", tabs: [tab(2)], captured: tab(1) });
    browser.answers = false;
    await list.refresh();
    expect(list.told).toEqual({ type: "tabs", tabs: [tab(2)], captured: tab(1) });
  });

  it("reads once more, not a hundred times, for a page that changes its title all the time", async () => {
    const { browser, list, told } = setup([tab(1)]);
    const reading = list.refresh();
    browser.tabs = [{ ...tab(1), title: "The last" }];
    await Promise.all([reading, ...Array.from({ length: 100 }, () => list.refresh())]);
    expect(browser.readings).toBe(2);
    expect(told.at(-1)).toMatchObject({ captured: { title: "The last" } });
  });
});

describe("the tabs of the browser", () => {
  it("are the targets that are pages of tabs, in the order of the windows", () => {
    const target = (id: string, tabId: number | undefined, type = "page") => ({ id, type, title: `Tab ${tabId}`, url: `https://${tabId}.test/`, tabId });
    const targets = [target("a", 7), target("b", undefined), target("c", 5), target("d", 6, "worker"), target("e", 9), target("f", 3)];
    expect(openTabs(targets, [3, 5, 7]).map(({ id }) => id)).toEqual([3, 5, 7, 9]);
  });
});
