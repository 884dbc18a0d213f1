import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { setLanguage } from "../../scripts/devtools-session.mjs";
import { click, find } from "../../scripts/panel-actions.mjs";
import { ensureChineseFont } from "../../scripts/find-fonts.mjs";
import { arePicturesWanted, takePicture } from "./pictures.ts";
import { setStage, until, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;
let folder: string;

beforeAll(async () => {
  if (arePicturesWanted) await ensureChineseFont();
  folder = await mkdtemp(join(tmpdir(), "framescope-decoder-"));
  server = await startLoadServer();
  stage = await setStage({ url: server.url });
});
afterAll(async () => {
  await stage.end();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Sends what only a person can know to be MessagePack: a number alone, which any byte may be. */
const converse = (query: string): Promise<unknown> =>
  stage.page.evaluate(
    (url) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => socket.send(Uint8Array.of(7));
        socket.onmessage = () => resolve();
      }),
    `${server.webSocketUrl}/echo?${query}`,
  );
/** Of messages. */
const types = (): Promise<string[]> => stage.panel.$$eval('[role="gridcell"][data-column="type"]', (cells) => cells.map((cell) => (cell as HTMLElement).innerText.trim()).filter((type) => type !== "open"));
const untilTypes = (wanted: readonly string[]) => until(types, (seen) => JSON.stringify(seen) === JSON.stringify(wanted));
const picture = (name: string): Promise<void> => takePicture(stage, `decode-as/${name}`);

it("a connection is decoded as the user says: by its menu, by the inspector, after a reconnect, and by itself again", async () => {
  await converse("token=a");
  await untilTypes(["binary", "binary"]);
  await stage.panel.locator(".connections-two-lines").click({ button: "right" });
  await (await find(stage.panel, "menuitem", "Decode as")).focus();
  await stage.devtools.keyboard.press("ArrowRight");
  await find(stage.panel, "menuitemradio", "MessagePack");
  await picture("menu");
  await click(stage.panel, "menuitemradio", "MessagePack");
  await untilTypes(["MessagePack", "MessagePack"]);

  // Remembered for the address, though the query is another.
  await converse("token=b");
  await untilTypes(["MessagePack", "MessagePack", "MessagePack", "MessagePack"]);

  await stage.panel.locator('[role="row"][aria-rowindex="4"]').click();
  await find(stage.panel, "button", "Decoded as MessagePack…");
  await picture("inspector");
  await setLanguage(stage, "zh_CN");
  await find(stage.panel, "button", "解码方式：MessagePack…");
  await picture("inspector-zh");
  await click(stage.panel, "button", "解码方式：MessagePack…");
  await find(stage.panel, "menuitemradio", "自动");
  await picture("choices-zh");
  await click(stage.panel, "menuitemradio", "自动");
  await setLanguage(stage, "en");
  await untilTypes(["binary", "binary", "MessagePack", "MessagePack"]);
  await find(stage.panel, "button", "Decode as…");
  await converse("token=c");
  expect((await until(types, (seen) => seen.length === 6)).slice(4)).toEqual(["binary", "binary"]);
});

/** Tells by its labels what it can reach, and hangs where it is told to. */
const OWN = `
const refused = (attempt) => { try { attempt(); return false; } catch { return true; } };
export function decode(text, direction, session) {
  if (typeof text !== "string") return undefined;
  while (text === "hang" && direction === "sent");
  const url = session.connection.url.replace("ws:", "http:").replace(/echo.*/, "");
  const isAlone = self.origin === "null" && globalThis.chrome?.runtime === undefined && globalThis.document === undefined
    && refused(() => importScripts(url))
    && refused(() => { const request = new XMLHttpRequest(); request.open("GET", url, false); request.send(); });
  session.count = (session.count ?? 0) + 1;
  return { label: \`\${isAlone ? "alone" : "not alone"} \${session.count}\`, ...(direction === "sent" ? { id: text } : { answers: text }), value: { text } };
}`;

it("a decoder of the user's own is opened from a file and decodes in a sandbox that reaches nothing; one that hangs is ended", async () => {
  const file = join(folder, "acme.js");
  await writeFile(file, OWN);
  await click(stage.panel, "button", "Clear");
  const say = (text: string): Promise<unknown> =>
    stage.page.evaluate(
      async (url, message) => {
        const page = globalThis as typeof globalThis & { own?: WebSocket };
        page.own ??= new WebSocket(url);
        const socket = page.own;
        if (socket.readyState === WebSocket.CONNECTING) await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
        const answered = new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
        socket.send(message);
        await answered;
      },
      `${server.webSocketUrl}/echo?own`,
      text,
    );
  await say("one");
  await untilTypes(["text", "text"]);
  await stage.panel.locator('[role="row"][aria-rowindex="3"]').click();
  // The window that Chrome would open is nobody's here: the file is given to the input itself.
  await stage.panel.evaluate(() => (HTMLInputElement.prototype.click = () => {}));
  await click(stage.panel, "button", "Decode as…");
  await click(stage.panel, "menuitem", "Open decoder…");
  const input = await stage.panel.waitForSelector("body > input[type=file]");
  await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
  await untilTypes(["alone 1", "alone 2"]);
  await find(stage.panel, "button", "Decoded as acme…");
  await picture("own");
  await say("two");
  await untilTypes(["alone 1", "alone 2", "alone 3", "alone 4"]);
  await expect.poll(() => stage.panel.$$eval('[role="gridcell"][data-column="latency"]', (cells) => cells.filter((cell) => (cell as HTMLElement).innerText.trim() !== "").length)).toBe(4);

  await say("hang");
  await until(types, (seen) => seen.length === 6 && seen[4] === "text" && /^alone \d$/.test(seen[5] ?? ""), 20_000);
  await click(stage.panel, "button", "Settings");
  await (await find(stage.panel, "button", "Add URL pattern")).scrollIntoView();
  await picture("own-settings");
  await click(stage.panel, "button", "Remove acme");
  await untilTypes(["text", "text", "text", "text", "text", "text"]);
});
