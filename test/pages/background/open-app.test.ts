import { describe, expect, it } from "vitest";
import { openApp, type AppPage } from "../../../src/pages/background/open-app.ts";

async function press(tabId: number, pages: readonly AppPage[]): Promise<string[]> {
  const done: string[] = [];
  await openApp(tabId, {
    pages: async () => pages,
    focus: async (tab) => void done.push(`focus ${tab}`),
    create: async (address) => void done.push(`create ${address}`),
  });
  return done;
}

const APP = "chrome-extension://id/src/pages/app/index.html";

describe("the toolbar button", () => {
  it("opens the app page for the tab that it is pressed on", async () => {
    expect(await press(5, [])).toEqual(["create /src/pages/app/index.html?tabId=5"]);
    expect(await press(5, [{ tabId: 9, url: `${APP}?tabId=55` }, { tabId: 10, url: APP }])).toEqual(["create /src/pages/app/index.html?tabId=5"]);
  });

  it("brings to the front what is open for that tab", async () => {
    expect(await press(5, [{ tabId: 9, url: `${APP}?tabId=6` }, { tabId: 10, url: `${APP}?tabId=5` }])).toEqual(["focus 10"]);
  });
});
