import { describe, expect, it } from "vitest";
import { openApp, type AppPage } from "../../../src/pages/background/open-app.ts";

/** What a press does, and last what the button shows then. */
async function press(tabId: number, pages: readonly AppPage[], refusal?: string): Promise<(string | null)[]> {
  const done: (string | null)[] = [];
  const act = (what: string): Promise<void> => (refusal === undefined ? Promise.resolve(void done.push(what)) : Promise.reject(new Error(refusal)));
  await openApp(tabId, {
    pages: async () => pages,
    focus: (tab) => act(`focus ${tab}`),
    create: (address) => act(`create ${address}`),
    tell: async (problem) => void done.push(problem),
  });
  return done;
}

const APP = "chrome-extension://id/src/pages/app/index.html";

describe("the toolbar button", () => {
  it("opens the app page for the tab that it is pressed on", async () => {
    expect(await press(5, [])).toEqual(["create /src/pages/app/index.html?tabId=5", null]);
    expect(await press(5, [{ tabId: 9, url: `${APP}?tabId=55` }, { tabId: 10, url: APP }])).toEqual(["create /src/pages/app/index.html?tabId=5", null]);
  });

  it("brings to the front what is open for that tab", async () => {
    expect(await press(5, [{ tabId: 9, url: `${APP}?tabId=6` }, { tabId: 10, url: `${APP}?tabId=5` }])).toEqual(["focus 10", null]);
  });

  it("says what Chrome says where it could not", async () => {
    const why = "Tabs cannot be edited right now (user may be dragging a tab).";
    const told = [why];
    expect(await press(5, [], why)).toEqual(told);
    expect(await press(5, [{ tabId: 10, url: `${APP}?tabId=5` }], why)).toEqual(told);
  });
});
