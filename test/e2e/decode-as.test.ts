import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { screenshotPanel, setLanguage } from "../../scripts/devtools-session.mjs";
import { click, find } from "../../scripts/panel-actions.mjs";
import { ensureChineseFont } from "../../scripts/find-fonts.mjs";
import { setStage, until, type Stage } from "./stage.ts";

const PICTURES = new URL("../../out/decode-as/", import.meta.url);

let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  await ensureChineseFont();
  await mkdir(PICTURES, { recursive: true });
  server = await startLoadServer();
  stage = await setStage({ url: server.url });
});
afterAll(async () => {
  await stage.end();
  await server.close();
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
const picture = (name: string) => screenshotPanel(stage, fileURLToPath(new URL(`${name}.png`, PICTURES)));

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
