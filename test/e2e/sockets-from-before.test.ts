import type { Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { openDevTools, setPanelSize, showPanel } from "../../scripts/devtools-session.mjs";
import { click, clickOn, waitUntilCapturing } from "../../scripts/panel-actions.mjs";
import { IN_FULL } from "../some-of.ts";
import { IS_OLD_CHROME } from "./chrome-version.ts";
import { borrowStage, changeSettings, differences, entryOf, recordOf, until, type Har, type HarEntry, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  server = await startLoadServer({
    pages: {
      "/head": `<!doctype html><head><script>globalThis.left = 3; new WebSocket(location.origin.replace("http", "ws") + "/burst?count=3&name=head").onmessage = () => left--</script></head>`,
      "/frame": `<!doctype html><script>globalThis.got = 0; const socket = new WebSocket(location.origin.replace("http", "ws") + "/steady?rate=100&stoppable=1&name=frame"); socket.onmessage = () => got++</script>`,
      "/speaking": `<!doctype html><script>new WebSocket(location.origin.replace("http", "ws") + "/steady?rate=20&name=speaking-frame").onmessage = ({ data }) => (document.title = data)</script>`,
      "/speaking.js": `let last; new WebSocket(location.origin.replace("http", "ws") + "/steady?rate=20&name=speaking-worker").addEventListener("message", (event) => (last = event.data))`,
      "/worker.js": `let got = 0; const socket = new WebSocket(location.origin.replace("http", "ws") + "/steady?rate=100&stoppable=1&name=worker"); socket.onmessage = () => postMessage(++got); onmessage = ({ data }) => socket.send(data)`,
    },
  });
  stage = await borrowStage(server.url);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

async function newTab(): Promise<Page> {
  const page = await stage.browser.newPage();
  await page.goto(server.url);
  return page;
}

/** Opens sockets in the page, each under a name, and waits until all are open. */
async function openAll(page: Page, sockets: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate(
    (addresses) =>
      Promise.all(
        Object.entries(addresses).map(
          ([name, address]) =>
            new Promise<void>((resolve) => {
              const socket = new WebSocket(address, name === "chat" ? ["chat.v2", "chat.v1"] : []);
              Object.assign(globalThis, { [name]: socket });
              socket.addEventListener("open", () => resolve());
            }),
        ),
      ).then(() => null),
    sockets,
  );
}

/** Shows the panel, which begins the capture, large enough for its connection list. */
async function show(devtools: Page): Promise<Frame> {
  const panel = await showPanel(devtools, stage.extensionId);
  await waitUntilCapturing(panel);
  await setPanelSize({ devtools, panel }, { width: 1200, height: 600 });
  return panel;
}

const at = (path: string): string => server.webSocketUrl + path;
const waitForHar = (panel: Frame, isWanted: (har: Har) => boolean): Promise<Har> => until(() => stage.exportHarFrom(panel), isWanted);
const find = (har: Har, end: string): HarEntry | undefined => har.log.entries.find(({ request }) => request.url.endsWith(end));

describe("sockets that were there before the capture", () => {
  it("are captured from an inline script at the head of the page: 20 of 20", async () => {
    const before = server.record.connections.length;
    for (let i = 0; i < 20; i++) {
      await stage.page.goto(`${server.url}head?${i}`);
      await stage.page.waitForFunction("left === 0", { polling: 10 });
    }
    await stage.waitForStatus("Matches", /^60 frames$/);
    const har = await stage.exportHar();
    expect(server.record.connections.length - before).toBe(20);
    expect(har.log.entries.map((entry) => differences(entry, recordOf(server, "/burst?count=3&name=head")))).toEqual(Array.from({ length: 20 }, () => []));
    expect(har.log.entries.every(({ response }) => response.status === 101)).toBe(true);
  });

  it.skipIf(IS_OLD_CHROME)("are filled in from DevTools’ log, while they run, without a frame twice or out of order", async () => {
    const page = await newTab();
    const devtools = await openDevTools(page, stage.extensionId);
    // Two that get the very same payloads: only their times tell them apart.
    const feeds = ["first", "second"].map((name) => `/steady?rate=200&stoppable=1&name=${name}`);
    await openAll(page, { first: at(feeds[0] ?? ""), second: at(feeds[1] ?? ""), echo: at("/echo?name=echo"), over: at("/burst?count=5&close=1&name=over"), quiet: at("/echo?name=quiet") });
    const foreign = `${server.url.replace("127.0.0.1", "localhost")}frame`;
    await page.evaluate((src) => {
      const { echo, quiet } = globalThis as unknown as Record<string, WebSocket>;
      echo?.send("before");
      echo?.send(Uint8Array.of(0, 255, 1));
      quiet?.send("only before");
      const worker = new Worker("/worker.js");
      worker.onmessage = ({ data }) => Object.assign(globalThis, { gotInWorker: data });
      Object.assign(globalThis, { worker });
      document.documentElement.append(Object.assign(document.createElement("iframe"), { src }));
    }, foreign);
    const frame = await until(() => page.frames().find((one) => one.url() === foreign), (one) => one !== undefined);
    // As they have heard it themselves: the server's record runs ahead of a busy browser, where the handshake may not be over.
    const got = async (): Promise<unknown[]> => [await frame?.evaluate("got"), await page.evaluate("globalThis.gotInWorker ?? 0")];
    await until(got, (counts) => counts.every((count) => Number(count) > 50));
    const panel = await show(devtools);
    await page.evaluate(() => {
      const { echo } = globalThis as unknown as Record<string, WebSocket>;
      for (let i = 0; i < 10; i++) echo?.send(`after ${i}`);
    });
    const paths = [...feeds, "/steady?rate=100&stoppable=1&name=frame", "/steady?rate=100&stoppable=1&name=worker", "/echo?name=echo", "/burst?count=5&close=1&name=over", "/echo?name=quiet"];
    const fed = paths.slice(0, 4);
    const counts = (which: "received" | "sent"): readonly number[] => fed.map((path) => recordOf(server, path).counts[which]);
    const shown = counts("received");
    await until(() => counts("received"), (now) => now.every((count, i) => count > (shown[i] ?? 0) + 100));
    await page.evaluate(() => {
      const { first, second, worker } = globalThis as unknown as { first: WebSocket; second: WebSocket; worker: Worker };
      first.send("stop");
      second.send("stop");
      worker.postMessage("stop");
    });
    await frame?.evaluate('socket.send("stop")');
    await until(() => counts("sent"), (now) => now.every((count) => count === 1));
    const har = await waitForHar(
      panel,
      (one) =>
        fed.every((path) => find(one, path)?._webSocketMessages.length === recordOf(server, path).frames.length) &&
        paths.every((path) => find(one, path)?.response.status === 101),
    );
    for (const path of paths) expect([path, ...differences(entryOf(har, path), recordOf(server, path))]).toEqual([path]);
    expect(entryOf(har, feeds[0] ?? "").comment).toMatch(/filled in from DevTools/);
    expect(entryOf(har, "/echo?name=echo").comment).not.toMatch(/times alone/);
    // What was matched to a requestId is known to be its target's.
    expect(entryOf(har, paths[2] ?? "")._target?.type).toBe("frame");
    expect(entryOf(har, paths[3] ?? "")._target?.type).toBe("worker");
    expect(har.log.entries).toHaveLength(paths.length);
    for (const { _webSocketMessages: messages } of har.log.entries) expect(messages.map(({ time }) => time)).toEqual(messages.map(({ time }) => time).toSorted((a, b) => a - b));
    await page.close();
  });

  it("that opened before DevTools are named by the page’s own objects, and their frames are theirs", async () => {
    const page = await newTab();
    await openAll(page, { chat: at("/echo-deflate?name=chat") });
    const panel = await show(await openDevTools(page, stage.extensionId));
    await connectionsThat(panel, "name it as one from before", (list) => list.includes("echo-deflate") && list.includes("already open"));
    await page.evaluate(() => (globalThis as unknown as { chat: WebSocket }).chat.send("hello"));
    const har = await waitForHar(panel, (one) => find(one, "name=chat")?._webSocketMessages.length === 2);
    expect(har.log.entries).toHaveLength(1);
    expect(differences(entryOf(har, "name=chat"), recordOf(server, "/echo-deflate?name=chat"))).toEqual([]);
    // Where its handshake is not known, what would show it is a press away.
    await clickOn(panel, '[role="option"] ::-p-text(echo-deflate)');
    await click(panel, "button", "Start capturing when DevTools opens");
    await until(() => panel.$$eval(".offer p", (all) => all.map(({ textContent }) => textContent)), (said) => said.includes("From the next time, capturing starts when DevTools opens."));
    await changeSettings(panel, { captureWithDevTools: false });
    await click(panel, "button", "Reload page");
    await until(() => page.evaluate(() => "chat" in globalThis), (isSame) => !isSame);
    await page.close();
  });

  it.runIf(IN_FULL)("of which several could be the one that speaks stand apart until it speaks again, and are then that one", async () => {
    const page = await newTab();
    await openAll(page, { left: at("/echo?name=left"), right: at("/echo?name=right") });
    const panel = await show(await openDevTools(page, stage.extensionId));
    await connectionsThat(panel, "name both", (list) => list.includes("name=left") && list.includes("name=right"));
    const say = (words: string): Promise<void> => page.evaluate((text) => (globalThis as unknown as { right: WebSocket }).right.send(text), words);
    await say("who am I");
    await connectionsThat(panel, "show the one that speaks", (list) => list.includes("Unknown URL"));
    // From when on it is listened to, nothing shows: it goes on until it is named.
    await until(async () => {
      await say("it is me");
      return await listed(panel);
    }, (list) => !list.includes("Unknown URL"));
    const { frames } = recordOf(server, "/echo?name=right");
    const har = await waitForHar(panel, (one) => find(one, "name=right")?._webSocketMessages.length === frames.length);
    expect(har.log.entries).toHaveLength(2);
    expect(differences(entryOf(har, "name=right"), recordOf(server, "/echo?name=right"))).toEqual([]);
    await page.close();
  });

  it("in a page with much in its memory are named when they next speak, wherever they are, and the page sees nothing of it", async () => {
    const page = await newTab();
    await page.evaluate(() => void Object.assign(globalThis, { much: Array.from({ length: 300_000 }, (_, i) => ({ i })) }));
    await openAll(page, { asked: at("/echo?name=asked"), quiet: at("/echo?name=quiet-one") });
    await page.evaluate(() => {
      const read: unknown[] = [];
      for (const name of ["asked", "quiet"]) (globalThis as unknown as Record<string, WebSocket>)[name]?.addEventListener("message", ({ data }) => read.push(data));
      document.documentElement.append(Object.assign(document.createElement("iframe"), { src: "/speaking" }));
      Object.assign(globalThis, { read, worker: new Worker("/speaking.js") });
    });
    const speaking = ["/steady?rate=20&name=speaking-frame", "/steady?rate=20&name=speaking-worker"];
    await until(() => speaking.every((path) => server.record.connections.some((one) => one.path === path && one.frames.length > 3)), Boolean);
    const seen = await page.evaluate(WHAT_A_PAGE_SEES);
    const panel = await show(await openDevTools(page, stage.extensionId));
    for (const path of speaking) await connectionsThat(panel, `name ${path}`, (list) => list.includes(path));
    const list = await panel.$eval('[aria-label="Connections"]', ({ textContent }) => textContent);
    expect(list).not.toContain("name=asked");
    await page.evaluate(() => (globalThis as unknown as { asked: WebSocket }).asked.send(Uint8Array.of(1, 2, 3)));
    await connectionsThat(panel, "show the one that speaks", (one) => one.includes("Unknown URL"));
    let sent = 1;
    // From when on it is listened to, nothing shows: it goes on until it is named.
    const speakAndRead = async (): Promise<string> => {
      await page.evaluate((words) => (globalThis as unknown as { asked: WebSocket }).asked.send(words), `message ${++sent}`);
      return await listed(panel);
    };
    await until(speakAndRead, (one) => one.includes("name=asked") && !one.includes("Unknown URL"));
    expect(await page.evaluate(WHAT_A_PAGE_SEES)).toEqual(seen);
    const har = await waitForHar(panel, (one) => find(one, "name=asked")?._webSocketMessages.length === 2 * sent);
    expect(differences(entryOf(har, "name=asked"), recordOf(server, "/echo?name=asked"))).toEqual([]);
    expect(entryOf(har, "speaking-worker")._target?.type).toBe("worker");
    expect(find(har, "quiet-one")).toBeUndefined();

    await click(panel, "button", "Find silent connections");
    await connectionsThat(panel, "name the silent one", (one) => one.includes("name=quiet-one"));
    await until(() => panel.$('[aria-label="Find silent connections"]'), (button) => button === null);
    expect((await waitForHar(panel, (one) => find(one, "quiet-one") !== undefined)).log.entries).toHaveLength(4);
    await page.close();
  });
});

/** What the list of connections says; before the panel is as wide as the list needs, there is none. */
const listed = (panel: Frame): Promise<string> => panel.evaluate(() => document.querySelector('[aria-label="Connections"]')?.textContent ?? "");

/** Waits until the list of connections is one that `isWanted`; `what` says what it is to do. */
async function connectionsThat(panel: Frame, what: string, isWanted: (list: string) => boolean): Promise<void> {
  const list = await until(() => listed(panel), isWanted).catch((error: unknown) => {
    throw new Error(`The list of connections does not ${what}.`, { cause: error });
  });
  expect(list).toSatisfy(isWanted);
}

/** All names that a page could look at, and what the functions are that messages pass by. */
const WHAT_A_PAGE_SEES = `(() => {
  const objects = { globalThis, WebSocket, webSocket: WebSocket.prototype, messageEvent: MessageEvent.prototype, event: Event.prototype, target: EventTarget.prototype };
  return Object.entries(objects).map(([name, object]) => [name, Reflect.ownKeys(object).map((key) => {
    const { value, get, set } = Object.getOwnPropertyDescriptor(object, key);
    return [String(key), ...[value, get, set].filter((one) => typeof one === "function").map((one) => [one.name, one.length, Function.prototype.toString.call(one).slice(0, 200)])];
  })]);
})()`;
