import { readFile } from "node:fs/promises";
import type { ElementHandle, Frame } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import type { OpenPanel, Session } from "../../scripts/devtools-session.mjs";
import { click, find, openLastFrame, press, saveDownload, setFilter, waitUntilCapturing } from "../../scripts/panel-actions.mjs";
import { IN_FULL } from "../some-of.ts";
import { exportFrom, makeProfile, openedBy, start, type Profile } from "./recovery-scenarios.ts";
import { axeFaults } from "./axe-faults.ts";
import { changeSettings, differences, entryOf, openSocket, recordOf, statusText, until, waitForStatus, type Har } from "./stage.ts";

let server: LoadServer;
let profile: Profile;
let session: Session;
/** The panel that stands open over the kept capture. */
let now: OpenPanel;

const FEED = "/burst?count=30&size=80&binary=1";

/** Records a burst of so many messages in a tab of its own, by an app page that is closed then. */
async function recordAndEnd(count: number, path = `/burst?count=${count}&size=80`): Promise<void> {
  const tabs = (): Promise<(number | undefined)[]> => session.panel.evaluate(async () => (await chrome.tabs.query({})).map(({ id }) => id));
  const before = await tabs();
  const page = await session.browser.newPage();
  await page.goto(server.url);
  const tabId = (await tabs()).find((id) => !before.includes(id));
  const app = await session.browser.newPage();
  await app.goto(`chrome-extension://${session.extensionId}/src/pages/app/index.html?tabId=${tabId}`);
  await waitUntilCapturing(app.mainFrame());
  await openSocket(page, server.webSocketUrl + path, count);
  await waitForStatus(app.mainFrame(), "Matches", new RegExp(`^${count} frames$`));
  await app.close();
  await page.close();
}

beforeAll(async () => {
  server = await startLoadServer();
  profile = await makeProfile(server);
  session = await start(profile);
  now = session;
  await recordAndEnd(30, FEED);
  await recordAndEnd(12);
});
// The list stands open over captures that nobody looks at, whatever the test before left behind.
beforeEach(async () => {
  for (const page of await session.browser.pages()) if (page.url().includes("?capture=")) await page.close();
  await showList();
});
afterAll(async () => {
  await session.close();
  await server.close();
  await profile.remove();
});

const lines = (panel: Frame): Promise<string[][]> =>
  panel.evaluate(() => [...document.querySelectorAll('[role="dialog"] tbody tr')].map((row) => [...row.querySelectorAll("td")].slice(1, 5).map((cell) => cell.textContent?.trim() ?? "")));

const alertsOf = (view: Frame): Promise<string> => view.evaluate(() => [...document.querySelectorAll('[role="alert"]')].map(({ textContent }) => textContent).join("\n"));

/** The list as it reads once nothing in it is open in a tab: a capture that has just ended gives its lock back a moment later. */
async function showList(): Promise<string[][]> {
  await now.devtools.bringToFront();
  if ((await now.panel.$('[role="dialog"]')) === null) await click(now.panel, "button", "Captures");
  return await until(() => lines(now.panel), (found) => found.length > 0 && !found.some((line) => line[3]?.endsWith("elsewhere") === true));
}

/** The list once it tells of a capture with so many frames. */
const listWith = (frames: number): Promise<string[][]> => until(() => lines(now.panel), (found) => found.some((line) => line[1] === String(frames)));

const openCapture = (frames: number): Promise<Frame> => openedBy(session.browser, () => pressInLine(frames, "Open"));

/** Opens a capture, pins its last frame and closes it; answers its id. */
async function pinLastFrame(frames: number): Promise<string> {
  const view = await openCapture(frames);
  expect(await view.$('[aria-label="Pinned"]')).toBeNull();
  await openLastFrame(view);
  await click(view, "button", "Pin");
  await view.waitForSelector('[aria-label="Pinned"]');
  const id = new URL(view.url()).searchParams.get("capture") ?? "";
  await view.page().close();
  await showList();
  return id;
}

/**
 * Presses a button in the line of the capture with so many frames, once it can be pressed: of one that has just ended the
 * list says for a moment that it runs.
 */
async function pressInLine(frames: number, action: string): Promise<void> {
  const look = (): Promise<unknown> => now.panel.waitForFunction(
    (count, begin) => {
      const rows = [...document.querySelectorAll<HTMLTableRowElement>('[role="dialog"] tbody tr')];
      return rows.find(({ cells }) => cells[2]?.textContent === count)?.querySelector<HTMLButtonElement>(`button[aria-label^="${begin} "]:enabled`);
    },
    { polling: 50 },
    String(frames),
    action,
  );
  await press(`button ${action} of the capture with ${frames} frames`, () => look() as Promise<ElementHandle<HTMLButtonElement>>);
}

/** Waits until what has this name, or begins with it, has the focus. */
async function focusOn(name: string): Promise<void> {
  await now.panel.waitForFunction((begin) => document.activeElement?.getAttribute("aria-label")?.startsWith(begin) === true, { polling: 20 }, name);
}

describe("the list of captures", () => {
  it("tells what is kept, and offers nothing where each ended in order", async () => {
    const host = new URL(server.url).host;
    await expect.poll(() => lines(now.panel)).toEqual([
      [host, "12", expect.stringMatching(/kB$/) as string, "Ended"],
      [host, "30", expect.stringMatching(/kB$/) as string, "Ended"],
      [host, "0", expect.stringMatching(/B$/) as string, "Capturing here"],
    ]);
    expect(await now.panel.$('[aria-label="Interrupted capture"]')).toBeNull();
  });

  it("has no accessibility fault that axe can find, in light and dark", async () => {
    expect(await axeFaults(now.panel)).toEqual([]);
  });

  it("exports one without opening it", async () => {
    const file = await saveDownload(session.browser, profile.folder, async () => {
      await pressInLine(30, "Export");
      await click(now.panel, "menuitem", "HAR");
      // The handshake set a cookie.
      await press("button that writes", () => now.panel.waitForSelector(".secrets-write", { visible: true }));
    });
    const har = JSON.parse(await readFile(file.path, "utf8")) as Har;
    expect(differences(entryOf(har, FEED), recordOf(server, FEED))).toEqual([]);
    await expect.poll(() => now.panel.$eval('[role="dialog"] [role="status"][aria-label="Export"]', (element) => element.textContent)).toMatch(/^Saved .*30 frames/);
  });

  it("compares one with another: what is different first, and the connections that are not the same", async () => {
    await pressInLine(30, "Compare");
    await press("other capture", () => now.panel.waitForSelector('[role="menuitem"] ::-p-text(·)', { visible: true }));
    const found = (): Promise<string> => now.panel.$$eval('[role="dialog"] [role="region"][aria-label="Difference"]', (regions) => regions.map(({ textContent }) => textContent).join(""));
    for (const text of ["First difference", "2 of 2 connections differ", "Only in"]) await expect.poll(found).toContain(text);
    expect(await axeFaults(now.panel)).toEqual([]);
    await click(now.panel, "button", "Back to captures");
    await listWith(30);
  });

  it("opens one in a tab: its frames, filters and export, but nothing to record or clear", async () => {
    const view = await openCapture(30);
    await waitForStatus(view, "Matches", /^30 frames$/);
    await waitForStatus(view, "Capture", /^Not capturing: a capture of /);
    const list = (): Promise<string | null> => view.$eval('[role="listbox"][aria-label="Connections"]', ({ textContent }) => textContent);
    await until(list, (text) => text?.includes("open at the end") === true);
    await expect.poll(() => view.$$eval('[aria-label="Record"], [aria-label="Clear"]', (buttons) => buttons.map(({ ariaDisabled }) => ariaDisabled))).toEqual(["true", "true"]);
    expect(differences(entryOf(await exportFrom(session.browser, view), FEED), recordOf(server, FEED))).toEqual([]);
    expect(await axeFaults(view)).toEqual([]);
  });

  it.runIf(IN_FULL)("knows which is in use; a page that cannot show one says why, and offers the others", async () => {
    const view = await openCapture(30);
    await now.devtools.bringToFront();
    await until(() => lines(now.panel), (found) => found.some((line) => line[3] === "Open elsewhere"));
    const second = await session.browser.newPage();
    const running = await now.panel.evaluate(async () => {
      const { held = [] } = await navigator.locks.query();
      return held.flatMap(({ name }) => /^framescope-recording-(.*)$/.exec(name ?? "")?.[1] ?? [])[0] ?? "";
    });
    const address = new URL(view.url());
    for (const [id, why] of [[address.searchParams.get("capture") ?? "", /open in another tab/], [running, /still running/], ["../..", /no longer on this disk/]] as const) {
      address.searchParams.set("capture", id);
      await second.goto(address.href);
      await expect.poll(() => alertsOf(second.mainFrame())).toMatch(why);
    }
    // What is not there any more is no dead end.
    await click(second.mainFrame(), "button", "Show saved captures");
    await expect.poll(() => lines(second.mainFrame())).toContainEqual(expect.arrayContaining(["30", "Open elsewhere"]));
  });

  it("renames in place: Enter keeps, Escape does not", async () => {
    await pressInLine(30, "Rename");
    await focusOn("Name of the capture");
    await now.devtools.keyboard.type("Monday’s feed");
    await now.devtools.keyboard.press("Enter");
    await focusOn("Rename ");
    await until(() => lines(now.panel), (found) => found.some(([page]) => page?.startsWith("Monday’s feed · ") === true));
    await pressInLine(30, "Rename");
    await focusOn("Name of the capture");
    await now.devtools.keyboard.type(" not this");
    await now.devtools.keyboard.press("Escape");
    await focusOn("Rename ");
    expect((await lines(now.panel)).flat().join(" ")).not.toContain("not this");
    // The key was for the box, not for the dialog.
    expect(await now.panel.$('[role="dialog"]')).not.toBeNull();
  });

  it.runIf(IN_FULL)("shows a capture's name in its page's title and status", async () => {
    await recordAndEnd(7);
    await showList();
    await listWith(7);
    await pressInLine(7, "Rename");
    await focusOn("Name of the capture");
    await now.devtools.keyboard.type("Tuesday");
    await now.devtools.keyboard.press("Enter");
    await until(() => lines(now.panel), (found) => found.some(([page]) => page?.startsWith("Tuesday · ") === true));
    const view = await openCapture(7);
    expect(await until(() => statusText(view, "Capture"), (text) => text.includes("Tuesday"))).toMatch(/^Not capturing: “Tuesday”, a capture of /);
    await expect.poll(() => view.page().title()).toMatch(/^Tuesday – /);
  });

  it.runIf(IN_FULL)("keeps pins of a capture that was opened, for the next time", async () => {
    await pinLastFrame(12);
    const again = await openCapture(12);
    await again.waitForSelector('[aria-label="Pinned"]');
  });

  it("ends a capture that is cleared into the list, with another one that goes on", async () => {
    await now.devtools.keyboard.press("Escape");
    await session.page.goto(server.url);
    await openSocket(session.page, `${server.webSocketUrl}/burst?count=21&size=80`, 21);
    await waitForStatus(now.panel, "Matches", /^21 frames$/);
    await click(now.panel, "button", "Clear");
    await now.panel.waitForFunction(() => document.querySelector<HTMLElement>(".frames-cleared")?.innerText.includes("kept in Captures"), { polling: 50 });
    await openSocket(session.page, `${server.webSocketUrl}/burst?count=4&size=80`, 4);
    await waitForStatus(now.panel, "Matches", /^4 frames$/);
    // Another clear makes that one final at once.
    await click(now.panel, "button", "Clear");
    await waitForStatus(now.panel, "Matches", /^0 frames$/);
    await showList();
    await listWith(21);
    const both = async (): Promise<(string | undefined)[][]> => (await lines(now.panel)).filter(([, frames]) => frames === "21" || frames === "4").map((line) => [line[1], line[3]]);
    await expect.poll(both).toEqual([["4", "Capturing here"], ["21", "Ended"]]);
    await pressInLine(21, "Delete");
    await click(now.panel, "button", "Delete permanently");
    await until(() => lines(now.panel), (found) => found.every((line) => line[1] !== "21"));
  });

  /** Writes the journal of a capture anew: a bit of a block is another, and its end is cut off. */
  async function damageJournal(id: string): Promise<void> {
    // What has just read it lets go of it a moment later.
    const write = (): Promise<boolean> => now.panel.evaluate(async (capture) => {
      const captures = await (await navigator.storage.getDirectory()).getDirectoryHandle("captures");
      const file = await (await captures.getDirectoryHandle(capture)).getFileHandle("journal");
      const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
      // The letters with which the next block begins stand behind the end of one.
      const next = new TextDecoder("latin1").decode(bytes).indexOf("FSJB", bytes.length >> 1);
      bytes[next - 1] = (bytes[next - 1] ?? 0) ^ 1;
      const writer = await file.createWritable();
      await writer.write(bytes.subarray(0, -7));
      await writer.close();
      return true;
    }, id);
    await until(write, Boolean);
  }

  it.runIf(IN_FULL)("says what is missing of a damaged one, has a row for it, and shows what is before and behind", async () => {
    const count = 700;
    await recordAndEnd(count, `/burst?count=${count}&size=8000`);
    await showList();
    await listWith(count);
    // The pin stands in the last block, which is cut.
    await damageJournal(await pinLastFrame(count));
    // The list reads the heads of blocks alone: the bit shows once it is opened.
    await until(() => lines(now.panel), (found) => found.some((line) => line[1] === String(count) && line[3] === "Ended, 1 damaged place"));
    const view = await openCapture(count);
    // What was read shows before all is: that it is cut is known at its end.
    await until(() => alertsOf(view), (text) => text.includes("damaged in 2 places"));
    const status = await until(() => statusText(view, "Matches"), (text) => /^[1-9][\d,]* frames$/.test(text));
    const left = Number(status.split(" ")[0]?.replaceAll(",", ""));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(count);
    const missing = (count - left).toLocaleString("en-US");
    await expect.poll(() => alertsOf(view)).toMatch(new RegExp(`damaged in 2 places; rows of type error say where\\. (?:At least )?${missing} frames are missing\\.`));
    expect(await view.$('[aria-label="Pinned"]')).toBeNull();
    await setFilter({ panel: view }, "is:error");
    const rowNumber = (words: string): number => {
      const row = [...document.querySelectorAll(".frame-row")].find(({ textContent }) => textContent.includes(words));
      return Number(row?.querySelector('[data-column="number"]')?.textContent.replace(/\D/g, "") ?? 0);
    };
    // Frames stand behind it too.
    expect(await until(() => view.evaluate(rowNumber, `${missing} frames are missing here.`), (number) => number > 0)).toBeLessThan(left);
  });

  it("deletes one after a question in its own place", async () => {
    await recordAndEnd(5);
    await showList();
    // The next one is listed a moment later than the one that has ended.
    const before = await until(() => lines(now.panel), (found) => [["5", "Ended"], ["0", "Capturing here"]].every(([frames, state]) => found.some((line) => line[1] === frames && line[3] === state)));
    await pressInLine(5, "Delete");
    await click(now.panel, "button", "Cancel");
    await focusOn("Delete ");
    expect(await lines(now.panel)).toHaveLength(before.length);
    await pressInLine(5, "Delete");
    await click(now.panel, "button", "Delete permanently");
    await until(() => lines(now.panel), (found) => found.length === before.length - 1 && found.every((line) => line[1] !== "5"));
  });
});

describe("how many captures are kept", () => {
  it("is taken out of its box once it is typed, not on the way there", async () => {
    const kept = async (): Promise<(string | undefined)[]> => (await lines(now.panel)).map(([, frames]) => frames);
    const before = await kept();
    expect(before.length).toBeGreaterThan(2);
    await now.devtools.keyboard.press("Escape");
    await now.panel.waitForFunction(() => document.querySelector('[role="dialog"]') === null, { polling: 20 });
    await focusOn("Captures");
    const taken = await now.panel.evaluateHandle(() => {
      const values: unknown[] = [];
      chrome.storage.local.onChanged.addListener(({ settings }) => values.push((settings?.newValue as { keptCaptures?: unknown } | undefined)?.keptCaptures));
      return values;
    });
    for (const [number, done] of [["13", () => now.devtools.keyboard.press("Enter")], ["14", () => click(now.panel, "textbox", "Filter frames")]] as const) {
      if ((await now.panel.$('[role="dialog"]')) === null) await click(now.panel, "button", "Settings");
      await press("box of captures to keep", () => find(now.panel, "spinbutton", "Captures to keep"), { count: 3 });
      await now.devtools.keyboard.type(number);
      await done();
      await until(() => taken.jsonValue(), (values) => values.at(-1) === Number(number));
    }
    expect(await taken.jsonValue()).toEqual([13, 14]);
    await showList();
    await expect.poll(kept).toEqual(before);
  });

  it("is what the settings allow", async () => {
    await changeSettings(now.panel, { keptCaptures: 0 });
    await until(() => lines(now.panel), (found) => found.length === 1 && found[0]?.[3] === "Capturing here");
    await find(now.panel, "dialog", "Captures");
  });
});
