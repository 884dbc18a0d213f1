import { expect, it } from "vitest";
import { click, clickOn } from "../../scripts/panel-actions.mjs";
import { until, type Stage } from "./stage.ts";

/** How much of it: all that is done to it takes as long. */
interface Amounts {
  readonly keys: number;
  readonly characters: number;
}

const SHORT = [
  '{"type":"surrogates","a":"\\ud800","b":"\\udc00x"}',
  '{"type":"marks","user\u202Egnp.exe":"a\u200Bb"}',
  '{"type":"proto","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  '{"type":"html","x":"<img src=x onerror=\\"globalThis.wasRun=1\\"><script>globalThis.wasRun=1</script>"}',
];

/** What the page sends, in this order, and what is then seen in the tree. */
const SENT = [
  { name: "plain", seen: /type: "plain"/ },
  { name: "100,000 levels", seen: /^Array\(1\)/ },
  { name: "keys", seen: /k7: 7/ },
  { name: "a string", seen: /long: "x+…/ },
  { name: "lone surrogates", seen: /a: "\\ud800"/ },
  { name: "marks of direction, and what has no width", seen: /userU\+202Egnp\.exe: "aU\+200Bb"/ },
  { name: "__proto__", seen: /__proto__: \{/ },
  { name: "HTML", seen: /x: "<img src=x/ },
] as const;

const ACTIVE = '.inspector-content[data-state="active"]';

/** What a panel makes of bad input, in each way in which it shows a message: on a stage with an empty log, and a server that takes what its page sends. */
export function describeBadInput(begun: () => { readonly stage: Stage; readonly webSocketUrl: string }, { keys, characters }: Amounts): void {
  it("shows bad input as what it is: as value, text, bytes and difference, and runs none of it", { timeout: 300_000 }, async () => {
    const { stage, webSocketUrl } = begun();
    const texts = (selector: string): Promise<string[]> => stage.panel.$$eval(selector, (elements) => elements.map(({ textContent }) => textContent ?? ""));
    const longest = await stage.page.evaluate(async (url, short, count, length) => {
      const socket = new WebSocket(url);
      await new Promise((resolve) => socket.addEventListener("open", resolve));
      const manyKeys = `{${Array.from({ length: count }, (_, i) => `"k${i}":${i}`).join(",")}}`;
      socket.send('{"type":"plain"}');
      socket.send("[".repeat(100_000) + "]".repeat(100_000));
      socket.send(manyKeys);
      socket.send(`{"type":"string","long":"${"x".repeat(length)}"}`);
      for (const text of short) socket.send(text);
      return manyKeys.length;
    }, `${webSocketUrl}/held`, SHORT, keys, characters);
    await until(() => stage.status("Matches"), (said) => said.startsWith("8 frames"), 120_000);
    const all = await until(() => texts('[role="grid"] .frame-message'), (found) => found.length === SENT.length);
    expect(all[5]).toContain("U+202E");
    const places = await stage.panel.$$eval('[role="grid"] .frame-message', (found) => found.map((row) => row.getAttribute("data-place")));
    const titles = new Set<string>();
    for (const [i, { name, seen }] of SENT.entries()) {
      await clickOn(stage.panel, `[role="grid"] [data-place="${places[i]}"]`);
      await until(async () => (await texts(".inspector-head h2"))[0] ?? "", (title) => title !== "" && !titles.has(title), 60_000);
      titles.add((await texts(".inspector-head h2"))[0] ?? "");
      await stage.panel.waitForSelector('.inspector[aria-busy="false"]');
      await click(stage.panel, "tab", "Message");
      await until(async () => (await texts(`${ACTIVE} [role="treeitem"]`)).join("\n"), (lines) => seen.test(lines), 60_000).catch((error: unknown) => Promise.reject(new Error(name, { cause: error })));
      await click(stage.panel, "tab", "Raw");
      await until(() => texts(`${ACTIVE} .text-line`), ([first = ""]) => first.length > 10, 60_000);
      if (name === "keys") await selectsBeyondTheView(stage, longest);
      await click(stage.panel, "tab", "Hex");
      await until(() => texts(`${ACTIVE} .hex-line`), ([first = ""]) => /^0{4,8}[0-9a-f]{2} /.test(first), 60_000);
      if (i === 0) continue;
      await click(stage.panel, "tab", "Compare");
      await until(() => stage.panel.$$eval(`${ACTIVE} [role="treeitem"], ${ACTIVE} .inspector-note`, (found) => found.length), (count) => count > 0, 60_000);
    }
    const harmed = await stage.panel.evaluate(() => ["wasRun" in globalThis, "polluted" in {}, document.querySelector(".inspector :is(img, script)") !== null]);
    expect(harmed).toEqual([false, false, false]);
    // No bug was counted, and the panel answers.
    expect(await texts(".status-bar button")).not.toContainEqual(expect.stringMatching(/internal error/));
    await click(stage.panel, "tab", "Message");
  });
}

/** Of a text of which only some lines are drawn: by keys, by a pointer that is held below them, all of it; and copies that. */
async function selectsBeyondTheView(stage: Stage, characters: number): Promise<void> {
  const { keyboard, mouse } = stage.devtools;
  const countIn = (said: string): number => Number(/^[\d,]+/.exec(said)?.[0].replaceAll(",", "") ?? 0);
  const selected = (): Promise<number> => stage.panel.$eval(`${ACTIVE} .text-view + .spoken`, ({ textContent }) => textContent ?? "").then(countIn);
  const isFirstDrawn = (): Promise<boolean> => stage.panel.$(`${ACTIVE} .text-line[data-place="0"]`).then((line) => line !== null);
  const command = async (key: "KeyA" | "KeyC" | "KeyF" | "Home"): Promise<void> => {
    await keyboard.down("Control");
    await keyboard.press(key);
    await keyboard.up("Control");
  };
  await clickOn(stage.panel, `${ACTIVE} .text-line[data-place="1"] .text-characters`);
  await command("Home");
  await keyboard.down("Shift");
  for (let i = 0; i < 4; i++) await keyboard.press("PageDown");
  await keyboard.up("Shift");
  // All that the keys asked for, answered yet or not.
  await command("KeyC");
  const byKeys = countIn(await stage.waitForStatus("Clipboard", / characters copied$/));
  expect(byKeys).toBeGreaterThan(500);
  await until(selected, (count) => count === byKeys);
  await until(isFirstDrawn, (is) => !is);
  await until(() => stage.panel.$$eval(`${ACTIVE} .text-selected`, (parts) => parts.length), (count) => count > 5);
  await command("Home");
  await until(isFirstDrawn, Boolean);
  const box = await (await stage.panel.waitForSelector(`${ACTIVE} .text-view`))?.boundingBox();
  if (box === null || box === undefined) throw new Error("The text is not drawn.");
  await mouse.move(box.x + 100, box.y + 20);
  await mouse.down();
  await mouse.move(box.x + 120, box.y + box.height + 15, { steps: 3 });
  await until(selected, (count) => count > 2 * byKeys);
  await mouse.up();
  await until(isFirstDrawn, (is) => !is);
  await command("KeyA");
  await until(selected, (count) => count === characters);
  await command("KeyF");
  await stage.panel.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Find in text");
}
