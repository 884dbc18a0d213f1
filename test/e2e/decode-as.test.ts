import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import protobuf from "protobufjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { setLanguage } from "../../scripts/devtools-session.mjs";
import { click, clickOn, find, press, setFilter } from "../../scripts/panel-actions.mjs";
import { ensureChineseFont } from "../../scripts/find-fonts.mjs";
import { IN_FULL } from "../some-of.ts";
import { arePicturesWanted, takePicture } from "./pictures.ts";
import { borrowStage, until, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;
let folder: string;

beforeAll(async () => {
  if (arePicturesWanted) await ensureChineseFont();
  folder = await mkdtemp(join(tmpdir(), "framescope-decoder-"));
  server = await startLoadServer();
  stage = await borrowStage(server.url);
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
  await clickOn(stage.panel, ".connections-two-lines", { button: "right" });
  await (await find(stage.panel, "menuitem", "Decode as")).focus();
  await stage.devtools.keyboard.press("ArrowRight");
  await find(stage.panel, "menuitemradio", "MessagePack");
  await picture("menu");
  await click(stage.panel, "menuitemradio", "MessagePack");
  await untilTypes(["MessagePack", "MessagePack"]);

  // Remembered for the address, though the query is another.
  await converse("token=b");
  await untilTypes(["MessagePack", "MessagePack", "MessagePack", "MessagePack"]);

  await clickOn(stage.panel, '[role="row"][aria-rowindex="4"]');
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
  await untilTypes(["binary", "binary", "MessagePack", "MessagePack", "binary", "binary"]);
});

it.runIf(IN_FULL)("so many bytes of each message as the user says are skipped, and what follows is decoded, until none are", async () => {
  await click(stage.panel, "button", "Clear");
  await stage.page.evaluate(
    (url) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => socket.send(Uint8Array.from([0, 15, 1, ...new TextEncoder().encode('{"type":"tick"}')]));
        socket.onmessage = () => resolve();
      }),
    `${server.webSocketUrl}/echo?prefix`,
  );
  await untilTypes(["binary", "binary"]);
  await clickOn(stage.panel, '[role="row"][aria-rowindex="3"]');
  const open = async (button: string, item: string): Promise<void> => {
    await click(stage.panel, "button", button);
    await click(stage.panel, "menuitem", item);
    await find(stage.panel, "dialog", "Skip a prefix of each message");
  };
  await open("Decode as…", "Skip a prefix…");
  await click(stage.panel, "spinbutton", "Bytes to skip");
  await stage.devtools.keyboard.type("3");
  await picture("prefix");
  await click(stage.panel, "button", "Skip");
  await untilTypes(["tick", "tick"]);
  await open("Decoded as behind 3 bytes…", "Change the prefix…");
  await click(stage.panel, "button", "Remove the prefix");
  await untilTypes(["binary", "binary"]);
});

it.runIf(IN_FULL)("requests are paired with answers by the paths that the user names, and later connections to the address too, until they are taken away", async () => {
  await click(stage.panel, "button", "Clear");
  const say = (query: string): Promise<unknown> =>
    stage.page.evaluate(
      (url) =>
        new Promise<void>((resolve) => {
          const socket = new WebSocket(url);
          socket.onopen = () => socket.send('{"do":"buy","meta":{"nonce":"a"}}');
          socket.onmessage = () => resolve();
        }),
      `${server.webSocketUrl}/echo?${query}`,
    );
  const latencies = (): Promise<number> => stage.panel.$$eval('[role="gridcell"][data-column="latency"]', (cells) => cells.filter((cell) => (cell as HTMLElement).innerText.trim() !== "").length);
  const openDialog = async (item: string): Promise<void> => {
    await click(stage.panel, "button", "Decode as…");
    await click(stage.panel, "menuitem", item);
    await find(stage.panel, "dialog", "Pair requests with answers");
  };
  await say("pairs");
  await until(types, (seen) => seen.length === 2);
  expect(await latencies()).toBe(0);
  await clickOn(stage.panel, '[role="row"][aria-rowindex="3"]');
  await openDialog("Pair requests by paths…");
  for (const name of ["Request path", "Answer path"]) {
    await click(stage.panel, "textbox", name);
    await stage.devtools.keyboard.sendCharacter(".meta.nonce");
  }
  await picture("pairs");
  await click(stage.panel, "button", "Pair");
  await until(latencies, (seen) => seen === 2);
  await say("token=b");
  await until(latencies, (seen) => seen === 4);
  await stage.panel.waitForSelector('.layers-choose[title*="Paired by .meta.nonce and .meta.nonce"]');
  await openDialog("Change paths of pairs…");
  await click(stage.panel, "button", "Remove paths of pairs");
  await until(latencies, (seen) => seen === 2);
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
  await clickOn(stage.panel, '[role="row"][aria-rowindex="3"]');
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
  await until(types, (seen) => seen.length === 6 && seen[4] === "text" && /^alone \d$/.test(seen[5] ?? ""));
  await click(stage.panel, "button", "Settings");
  await (await find(stage.panel, "button", "Add URL pattern")).scrollIntoView();
  await picture("own-settings");
  await click(stage.panel, "button", "Remove acme");
  await untilTypes(["text", "text", "text", "text", "text", "text"]);
});

const ORDER = 'syntax = "proto3";\npackage shop;\nimport "shop/money.proto";\nmessage Order {\n  uint64 id = 1;\n  Money price = 2;\n}\nmessage Reply { uint64 id = 1; bytes rest = 2; }';
const MONEY = 'syntax = "proto3"; package shop; message Money { string currency = 1; int64 units = 2; }';

it.runIf(IN_FULL)("messages are read by the .proto files that the user opens, a type each direction; so are later ones to the address, until they are removed", async () => {
  const [order, money, broken] = ["order.proto", "money.proto", "broken.proto"].map((name) => join(folder, name)) as [string, string, string];
  await Promise.all([writeFile(order, ORDER), writeFile(money, MONEY), writeFile(broken, "message A {\n  int32 a = ;\n}")]);
  const { root } = protobuf.parse(`syntax = "proto3"; package shop; ${[MONEY, ORDER].map((text) => text.slice(text.indexOf("message"))).join("")}`);
  const type = root.lookupType("shop.Order");
  const bytes = [...type.encode(type.fromObject({ id: 7, price: { currency: "EUR", units: 1250 } })).finish()];
  const say = (message: readonly number[], query = ""): Promise<unknown> =>
    stage.page.evaluate(
      (url, sent) =>
        new Promise<void>((resolve) => {
          const socket = new WebSocket(url);
          socket.onopen = () => socket.send(Uint8Array.from(sent));
          socket.onmessage = () => resolve();
        }),
      `${server.webSocketUrl}/echo-deflate?${query}`,
      message,
    );
  const upload = async (...files: string[]): Promise<void> => {
    await click(stage.panel, "button", "Open files…");
    const input = await stage.panel.waitForSelector("body > input[type=file]");
    await (input as ElementHandle<HTMLInputElement>).uploadFile(...files);
  };
  const problem = (): Promise<string> => stage.panel.$eval('[role="dialog"] [role="alert"]', (alert) => (alert as HTMLElement).innerText).catch(() => "");
  const fields = (name: string): Promise<ElementHandle[]> => stage.panel.$$(`[role="dialog"] [aria-label="${name}"]:is(input, select)`);
  const write = async (name: string, place: number, text: string): Promise<void> => {
    await press(`field ${name}`, async () => (await fields(name))[place] ?? null, { count: 3 });
    await stage.devtools.keyboard.sendCharacter(text);
  };
  const choose = async (place: number, value: string): Promise<void> => void (await (await fields("Direction"))[place]?.select(value));
  const isClosed = (): Promise<unknown> => stage.panel.waitForSelector('[role="dialog"]', { hidden: true });

  await click(stage.panel, "button", "Clear");
  await say(bytes);
  await untilTypes(["binary", "binary"]);
  await stage.panel.evaluate(() => (HTMLInputElement.prototype.click = () => {}));
  await clickOn(stage.panel, ".connections-two-lines ::-p-text(echo-deflate)", { button: "right" });
  await (await find(stage.panel, "menuitem", "Decode as")).focus();
  await stage.devtools.keyboard.press("ArrowRight");
  await click(stage.panel, "menuitem", "Protocol Buffers schema…");

  // What is broken is told with its line, and an import that is missing where it is needed.
  await upload(order, broken);
  await until(problem, (text) => text.includes("broken.proto") && text.includes("line 2"));
  await click(stage.panel, "button", "Remove broken.proto");
  await until(problem, (text) => text.includes("order.proto, line 6") && text.includes("shop/money.proto"));
  await picture("schema-missing");
  await upload(money);
  await until(() => fields("Message type"), (found) => found.length === 1);
  await expect.poll(problem).toBe("");
  await write("Message type", 0, "shop.Nothing");
  await click(stage.panel, "button", "Decode");
  await until(problem, (text) => text.includes("shop.Nothing"));
  await write("Message type", 0, "shop.Order");
  await choose(0, "sent");
  await click(stage.panel, "button", "Add message type");
  await until(() => fields("Message type"), (found) => found.length === 2);
  await write("Message type", 1, "shop.Reply");
  await write("First field", 1, "1=7");
  await picture("schema");
  await click(stage.panel, "button", "Decode");
  await isClosed();
  await untilTypes(["Order", "Reply"]);

  // Remembered for the address, though the query is another.
  await say(bytes, "token=b");
  await untilTypes(["Order", "Reply", "Order", "Reply"]);
  await setFilter(stage, '.price.currency = "EUR"');
  await untilTypes(["Order", "Order"]);
  await setFilter(stage, "");
  await untilTypes(["Order", "Reply", "Order", "Reply"]);

  // Taken away where it is looked at, and no more of later connections.
  await clickOn(stage.panel, '[role="row"][aria-rowindex="3"]');
  await setLanguage(stage, "zh_CN");
  await click(stage.panel, "button", "解码方式：schema…");
  await click(stage.panel, "menuitem", "更改 Protocol Buffers schema…");
  await find(stage.panel, "button", "移除 schema");
  await picture("schema-zh");
  await stage.devtools.keyboard.press("Escape");
  await isClosed();
  await setLanguage(stage, "en");
  await click(stage.panel, "button", "Decoded by schema…");
  await click(stage.panel, "menuitem", "Change Protocol Buffers schema…");
  await until(() => fields("Message type"), (found) => found.length === 2);
  await click(stage.panel, "button", "Remove schema");
  await isClosed();
  await untilTypes(["binary", "binary", "Order", "Reply"]);
  await say(bytes);
  await untilTypes(["binary", "binary", "Order", "Reply", "binary", "binary"]);
});
