import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo, type Demo } from "../../demo/demo-server.mjs";
import { click, clickOn, find, openLastFrame, setFilter } from "../../scripts/panel-actions.mjs";
import { IN_FULL } from "../some-of.ts";
import { axeFaults } from "./axe-faults.ts";
import { copiedText } from "./copied-text.ts";
import { takePicture } from "./pictures.ts";
import { borrowStage, until, type Stage } from "./stage.ts";

let demo: Demo;
let stage: Stage;

beforeAll(async () => {
  demo = await startDemo();
  stage = await borrowStage(demo.url);
});
afterAll(async () => {
  await stage.end();
  await demo.close();
});

const TIMELINE = '[role="img"][aria-label="Timeline"]';
const filterText = (): Promise<string> => stage.panel.evaluate(() => document.querySelector(".cm-content")?.textContent ?? "");
const shownFrames = async (): Promise<number> => Number((await stage.status("Matches")).split(" ")[0]?.replaceAll(",", ""));
const texts = (selector: string): Promise<string[]> => stage.panel.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ""));

describe("reading what was captured", () => {
  it("filters by the stretch of time that is dragged over on the timeline, and by none once it is pressed twice", async () => {
    await until(shownFrames, (frames) => frames > 80);
    // It ends every few seconds and connects again: the log is to end while it is open.
    const isRelayOpen = (): Promise<boolean> => stage.panel.$$eval('[role="option"]', (options) => options.some((one) => one.textContent.includes("/relay") && one.querySelector(".connections-open") !== null));
    for (const isOpen of [false, true]) await until(isRelayOpen, (now) => now === isOpen);
    await stage.pause();
    await stage.freeze();
    const all = await shownFrames();
    const strip = await stage.panel.waitForSelector(TIMELINE, { visible: true });
    const box = await strip?.boundingBox();
    if (box === null || box === undefined) throw new Error("The timeline is not drawn.");
    const { mouse } = stage.devtools;
    await mouse.move(box.x + box.width * 0.4, box.y + 10);
    await mouse.down();
    await mouse.move(box.x + box.width * 0.7, box.y + 10, { steps: 4 });
    await mouse.up();
    expect(await until(filterText, (text) => text !== "")).toMatch(/^time:\d\d:\d\d:\d\d(\.\d+)?\.\.\d\d:\d\d:\d\d(\.\d+)?$/);
    await until(shownFrames, (frames) => frames > 0 && frames < all);
    await mouse.click(box.x + box.width * 0.2, box.y + 10, { clickCount: 2 });
    await until(filterText, (text) => !text.includes("time:"));
    await until(shownFrames, (frames) => frames >= all);
  });

  it("says what stands where the pointer is, leads from a mark to its row, and shows messages, bytes or latency", async () => {
    const { mouse } = stage.devtools;
    const box = await (await stage.panel.waitForSelector(TIMELINE, { visible: true }))?.boundingBox();
    if (box === null || box === undefined) throw new Error("The timeline is not drawn.");
    // It begins with the navigation to the page.
    await mouse.move(box.x + 2, box.y + 10);
    await until(() => texts(".timeline-tip > span"), ([when = "", ...rest]) => /^\d\d:\d\d:\d\d.* to \d\d:\d\d:\d\d/.test(when) && rest.includes("navigation"));
    await mouse.click(box.x + 2, box.y + 10);
    await until(() => texts('.frame-row[aria-selected="true"]'), ([row = ""]) => row.includes(demo.url));
    await mouse.move(box.x + box.width / 2, box.y + 200);
    await until(() => texts(".timeline-tip"), (tips) => tips.length === 0);
    const drawn = (): Promise<string> => stage.panel.$eval(`${TIMELINE} canvas`, (canvas) => canvas.toDataURL());
    const show = async (measure: string): Promise<string> => {
      const before = await drawn();
      await stage.panel.select('[aria-label="Timeline shows"]', measure);
      return await until(drawn, (now) => now !== before);
    };
    await show("bytes");
    await show("latency");
    await show("messages");
  });

  it("has less time on view the more the wheel is turned, or two fingers part, and all of it again once it is pressed twice", async () => {
    const { mouse, keyboard } = stage.devtools;
    const box = await (await stage.panel.waitForSelector(TIMELINE, { visible: true }))?.boundingBox();
    if (box === null || box === undefined) throw new Error("The timeline is not drawn.");
    const onView = async (): Promise<string> => (await texts(".timeline .spoken"))[0] ?? "";
    /** Frames on view: fewer the less time is. */
    const shown = async (): Promise<number> => [...(await onView()).matchAll(/([\d,]+) (?:sent|received)/g)].slice(0, 2).reduce((sum, [, count = ""]) => sum + Number(count.replaceAll(",", "")), 0);
    const whole = await onView();
    const all = await shown();
    await mouse.move(box.x + box.width * 0.5, box.y + 10);
    await mouse.wheel({ deltaY: -200 });
    const nearer = await until(shown, (count) => count < all);
    // Chrome tells of a pinch as of a wheel with Ctrl.
    await keyboard.down("Control");
    await mouse.wheel({ deltaY: -60 });
    await keyboard.up("Control");
    await until(shown, (count) => count < nearer);
    await mouse.click(box.x + box.width * 0.5, box.y + 10, { clickCount: 2 });
    await until(onView, (text) => text === whole);
  });

  it("does the same by keys, and says what stands where they look", async () => {
    const strip = await stage.panel.waitForSelector(TIMELINE, { visible: true });
    await strip?.focus();
    const { keyboard } = stage.devtools;
    await keyboard.press("End");
    await keyboard.down("Shift");
    for (let i = 0; i < 5; i++) await keyboard.press("ArrowLeft");
    await keyboard.up("Shift");
    await until(filterText, (text) => text.startsWith("time:"));
    await until(() => texts(".timeline [aria-live]"), ([said = ""]) => /\d\d:\d\d:\d\d/.test(said));
    await keyboard.press("Escape");
    await until(filterText, (text) => !text.includes("time:"));
  });

  it.runIf(IN_FULL)("has a lane for each connection where that is asked for, and goes to the connection whose lane is pressed", async () => {
    await stage.devtools.mouse.move(400, 70);
    await click(stage.panel, "button", "A lane for each connection");
    const about = await until(async () => (await texts(".timeline .spoken"))[0] ?? "", (text) => /\d+ received\. ws:.*: \d+ sent/.test(text));
    const urls = [...about.matchAll(/(ws:\S+): [\d,]+ sent/g)].map(([, url = ""]) => new URL(url).pathname);
    expect(urls.length).toBeGreaterThan(2);
    const strip = await stage.panel.waitForSelector(TIMELINE, { visible: true });
    const box = await until(async () => (await strip?.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }, ({ height }) => height > 52 + urls.length * 17);
    await takePicture(stage, "reading-lanes");
    expect(await axeFaults(stage.panel)).toEqual([]);
    await stage.devtools.mouse.click(box.x + box.width / 2, box.y + box.height - 8);
    const chosen = (): Promise<string[]> => texts('[role="listbox"][aria-label="Connections"] [aria-selected="true"]');
    await until(chosen, ([first = ""]) => first.includes(urls.at(-1) ?? "?"));
    await clickOn(stage.panel, '[role="listbox"][aria-label="Connections"] [role="option"] ::-p-text(All connections)');
    await click(stage.panel, "button", "A lane for each connection");
    await until(async () => (await strip?.boundingBox())?.height ?? 0, (height) => height < 60);
  });

  it("lists what is wrong, of the connection chosen first, with the row that proves it one click away", async () => {
    // They are looked for again later the longer it took: on a busy machine that is a while.
    await until(() => stage.panel.$(".status-bar button ::-p-text(finding)"), (found) => found !== null, 60_000);
    await clickOn(stage.panel, ".status-bar button ::-p-text(finding)");
    const list = (): Promise<string[]> => texts('[role="region"][aria-label="Findings"] [aria-label="Findings"] > li');
    const [refused = ""] = await until(list, ([first = ""]) => /Handshake: Status.*403.*\/admin/.test(first));
    await clickOn(stage.panel, '[role="listbox"][aria-label="Connections"] [role="option"] ::-p-text(/relay)');
    await until(() => texts(".findings-part > h3"), ([of = "", others]) => of.startsWith("/relay") && others === "Other connections");
    expect(await axeFaults(stage.panel, ".inspector")).toEqual([]);
    // The keyboard has been in the tab, which would have it again.
    await click(stage.panel, "tab", "Findings");
    const row = Number(/#([\d,]+)/.exec(refused)?.[1]?.replaceAll(",", ""));
    await click(stage.panel, "button", `#${row}`);
    await until(() => texts(".inspector-head h2"), ([head = ""]) => head.startsWith(`#${row} `));
    await until(() => stage.panel.evaluate(() => document.activeElement?.getAttribute("aria-label")), (name) => name === "Frames");
    expect(await texts('.inspector [role="tab"][aria-selected="true"]')).toEqual(["Message"]);
    expect(await axeFaults(stage.panel, ".inspector")).toEqual([]);
  });

  it("compares a connection with another: how they began and ended, and their messages", async () => {
    await clickOn(stage.panel, '[role="listbox"][aria-label="Connections"] [role="option"] ::-p-text(/relay)');
    // Of the phases of a handshake Chrome tells only the last: that is said, once.
    await click(stage.panel, "tab", "Connection");
    await until(() => texts('[role="region"][aria-label="Connection"] dd'), (facts) => facts.filter((fact) => /^\d\S* ?ms without queueing, DNS lookup/.test(fact)).length === 1);
    await click(stage.panel, "tab", "Compare");
    await until(() => texts('[role="region"][aria-label="Difference"] h3'), (parts) => parts.some((part) => part.startsWith("Messages")));
    expect(await axeFaults(stage.panel, ".inspector")).toEqual([]);
    const copied = await copiedText(stage, () => click(stage.panel, "button", "Copy difference"));
    expect(copied).toMatch(/^--- #\d+ ws:\S+\n\+\+\+ #\d+ ws:\S+\/relay\S*\n\nHandshake and ending\n/);
    expect(copied).toMatch(/\nOnly in this one: \d/);
    await clickOn(stage.panel, '[role="listbox"][aria-label="Connections"] [role="option"] ::-p-text(All connections)');
  });

  it("opens and closes the tree by the keys: arrows one container, * all below it", async () => {
    await setFilter(stage, "type:delta");
    await openLastFrame(stage.panel);
    await click(stage.panel, "tab", "Message");
    const TREE = '.inspector [role="tree"][aria-label="Message"]';
    const { keyboard } = stage.devtools;
    /** The line that the keys are on, and how high all lines are: those that are not on view have no element. */
    const state = (): Promise<{ active: string; isOpen: string | null; height: number }> =>
      stage.panel.$eval(TREE, (tree) => {
        const line = document.getElementById(tree.getAttribute("aria-activedescendant") ?? "");
        return { active: line?.querySelector(".json-key")?.textContent ?? "", isOpen: line?.getAttribute("aria-expanded") ?? null, height: tree.querySelector(".inspector-spacer")?.clientHeight ?? 0 };
      });
    const { height: whole } = await until(state, ({ height }) => height > 0);
    await stage.panel.focus(TREE);
    await keyboard.press("Home");
    for (let line = 0; line < 10 && (await state()).active !== "bids"; line++) {
      const { active } = await state();
      await keyboard.press("ArrowDown");
      await until(state, (now) => now.active !== active);
    }
    expect(await state()).toMatchObject({ active: "bids", isOpen: "true" });
    await keyboard.press("ArrowLeft");
    const { height: withoutBids } = await until(state, ({ active, isOpen }) => active === "bids" && isOpen === "false");
    expect(withoutBids).toBeLessThan(whole);
    // From what is closed, to what it stands in; that closes with what it holds, and opens with it as it was.
    await keyboard.press("ArrowLeft");
    await until(state, ({ active, isOpen }) => active === "" && isOpen === "true");
    await keyboard.press("ArrowLeft");
    const { height: line } = await until(state, ({ isOpen }) => isOpen === "false");
    expect(line).toBeLessThan(30);
    await keyboard.press("ArrowRight");
    await until(state, ({ height }) => height === withoutBids);
    await keyboard.press("*");
    await until(state, ({ height }) => height === whole);
    // What is open stays so, and into it the arrow goes on.
    await keyboard.press("*");
    await keyboard.press("ArrowRight");
    expect(await until(state, ({ active }) => active !== "")).toMatchObject({ active: "t", height: whole });
  });

  it("copies the bytes that are selected as what a program takes", async () => {
    await click(stage.panel, "tab", "Hex");
    const copiedAs = (format: string): Promise<string> =>
      copiedText(stage, async () => {
        await click(stage.panel, "button", "Copy bytes");
        await click(stage.panel, "menuitem", format);
      });
    // What the keys were on in the tree: "delta", as MessagePack has it.
    expect(await copiedAs("Hex")).toBe("a5 64 65 6c 74 61");
    expect(await copiedAs("Base64")).toBe("pWRlbHRh");
    const box = await find(stage.panel, "textbox", "Go to offset");
    await box.type("1");
    await box.press("Enter");
    await until(() => stage.panel.$eval(".hex-pane .spoken", ({ textContent }) => textContent), (text) => text.startsWith("Offset 00000001, 1 byte"));
    // Of a map's first key, which is one character long.
    expect(await copiedAs("C array")).toBe("const unsigned char data[1] = {0xa1};");
    expect(await copiedAs("JavaScript")).toBe("new Uint8Array([0xa1])");
    expect(await copiedAs("Python")).toBe('b"\\xa1"');
  });

  it("compares a message with the one before it of its type, and walks to earlier ones", async () => {
    await setFilter(stage, "type:tick");
    await openLastFrame(stage.panel);
    await click(stage.panel, "tab", "Compare");
    const lines = (): Promise<string[]> => texts('[role="tree"][aria-label="Difference"] [role="treeitem"]');
    const first = await until(lines, (found) => found.some((line) => line.startsWith("removed −")));
    expect(first.some((line) => /type: "tick"/.test(line) && !line.startsWith("removed") && !line.startsWith("added"))).toBe(true);
    expect(first.filter((line) => /seq: \d/.test(line)).map((line) => line.slice(0, 5))).toEqual(["remov", "added"]);
    // From the keyboard, where nothing is selected, as by its button.
    await stage.panel.focus('[role="tree"][aria-label="Difference"]');
    const byKey = await copiedText(stage, async () => {
      await stage.devtools.keyboard.down("Control");
      await stage.devtools.keyboard.press("KeyC");
      await stage.devtools.keyboard.up("Control");
    });
    expect(byKey).toMatch(/^--- #\d+ tick\n\+\+\+ #\d+ tick\n(?:[ +-] .*\n)+$/);
    expect(await copiedText(stage, () => click(stage.panel, "button", "Copy difference"))).toBe(byKey);
    const other = async (): Promise<string> => (await texts(".compare-other"))[0] ?? "";
    const before = await other();
    await click(stage.panel, "button", "Earlier message of this type");
    await until(other, (now) => now !== before);
    await click(stage.panel, "button", "Later message of this type");
    await until(other, (now) => now === before);
  });

  it("breaks long lines of Raw at the edge, or not", async () => {
    await click(stage.panel, "tab", "Raw");
    const lines = (): Promise<string[]> => texts(".text-line .text-characters");
    const wrapped = await until(lines, (found) => found.length > 0);
    await click(stage.panel, "button", "Wrap lines");
    await until(() => stage.panel.$(".text-wide"), (wide) => wide !== null);
    const long = await until(lines, (found) => found.length > 0 && Math.max(...found.map(({ length }) => length)) > Math.max(...wrapped.map(({ length }) => length)));
    expect(long.length).toBeLessThan(wrapped.length);
    await click(stage.panel, "button", "Wrap lines");
    await until(lines, (found) => found.join() === wrapped.join());
  });

  it("has a value's path as a column, sorts by it, and takes it away", async () => {
    await click(stage.panel, "tab", "Message");
    const menuOn = async (selector: string, key = ""): Promise<void> => {
      await clickOn(stage.panel, key === "" ? selector : `${selector}::-p-text(${key})`, { button: "right", offset: { x: 4, y: 4 } });
    };
    await menuOn('[role="treeitem"] .json-key', "seq");
    await click(stage.panel, "menuitem", "Add as column .seq");
    const cells = (): Promise<number[]> => stage.panel.$$eval('[role="gridcell"][data-column=".seq"]', (found) => found.map(({ textContent }) => (textContent === "" ? Number.NaN : Number(textContent))));
    const isRising = (values: readonly number[]): boolean => values.length > 5 && values.every((value, i) => i === 0 || value > (values[i - 1] as number));
    await until(cells, isRising);
    await clickOn(stage.panel, '[role="columnheader"][data-column=".seq"]');
    await stage.panel.waitForSelector('[role="columnheader"][data-column=".seq"][aria-sort="ascending"]');
    await clickOn(stage.panel, '[role="columnheader"][data-column=".seq"]');
    await until(cells, (values) => isRising(values.toReversed()));
    expect(await axeFaults(stage.panel, ".frames")).toEqual([]);
    await menuOn('[role="columnheader"][data-column=".seq"]');
    await click(stage.panel, "menuitem", "Remove column .seq");
    await until(() => texts('[role="columnheader"]'), (heads) => heads.length > 3 && !heads.includes(".seq"));
  });

  it("goes from a value to its bytes, and from bytes to the value that they are", async () => {
    await clickOn(stage.panel, '[role="treeitem"] .json-key::-p-text(seq)', { button: "right", offset: { x: 4, y: 4 } });
    await click(stage.panel, "menuitem", "Show bytes in Hex");
    const selected = (): Promise<string> => stage.panel.$eval(".hex-pane .spoken", ({ textContent }) => textContent);
    const value = await until(selected, (text) => /^Offset [0-9a-f]{8}, \d+ bytes? selected$/.test(text));
    const box = await find(stage.panel, "textbox", "Go to offset");
    await box.type("2");
    await box.press("Enter");
    await until(selected, (text) => text !== value);
    await click(stage.panel, "button", "Show in Message");
    await until(() => texts('[role="treeitem"][aria-selected="true"] .json-key'), ([first = ""]) => first === "type");
    await click(stage.panel, "tab", "Hex");
    await until(selected, (text) => text.startsWith("Offset 00000002"));
  });

  it("marks in both columns the bytes that are found, and reads them as numbers", async () => {
    const box = await find(stage.panel, "textbox", "Find bytes or text");
    await box.type("tick");
    await box.press("Enter");
    await until(() => stage.panel.$$eval(".hex-cell > i", (marks) => marks.length), (marks) => marks >= 2);
    await expect.poll(() => texts('[aria-label="Data inspector"] tr')).toContain("uint8116");
    expect(await axeFaults(stage.panel, ".inspector")).toEqual([]);
  });
});
