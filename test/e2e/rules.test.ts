import type { Dialog } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, clickOn, setFilter } from "../../scripts/panel-actions.mjs";
import { EVERY_WAY } from "./every-way-with-a-socket.ts";
import { axeFaults } from "./axe-faults.ts";
import { removeRules, rule, turnAllOff, turnOn } from "./rules-in-panel.ts";
import { webSocketBehaviour } from "./servers/web-socket-behaviour.mjs";
import { borrowStage, changeSettings, entryOf, recordOf, until, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

/** Opens a socket that is echoed what it sends, and keeps what it gets. */
const OPENER = `
globalThis.got = [];
globalThis.begin = (name, binaryType = "blob") => new Promise((resolve) => {
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/echo?name=" + name);
  socket.binaryType = binaryType;
  socket.addEventListener("message", ({ data }) => got.push(data));
  socket.onopen = () => resolve((globalThis.socket = socket));
});`;
const TALKER = `${OPENER}
begin(globalThis.name || "worker").then((socket) => { for (const text of ['{"px":10}', "drop this"]) socket.send(text); });
addEventListener("message", () => postMessage(got));`;

beforeAll(async () => {
  server = await startLoadServer({
    pages: {
      "/empty": `<!doctype html><script>${OPENER}</script>`,
      "/frame": `<!doctype html><script>globalThis.name = "frame";\n${TALKER}</script>`,
      "/worker.js": `globalThis.name = "worker";\n${TALKER}`,
      "/eval.js": "onmessage = ({ data }) => Promise.resolve(eval(data)).then((answer) => postMessage(answer));",
      "/asked.js": `${OPENER}\naddEventListener("message", ({ data: name }) => begin(name).then((socket) => addEventListener("message", ({ data: text }) => { socket.send(text); postMessage(got); })), { once: true });`,
    },
  });
  stage = await borrowStage(`${server.url}empty`);
});
afterEach(async () => {
  await changeSettings(stage.panel, { observeClosings: false });
  await removeRules(stage);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

const sentTo = (path: string): string[] => recordOf(server, path).frames.filter(({ direction }) => direction === "sent").map(({ payload }) => payload?.toString() ?? "");

const rows = (): Promise<string[]> => stage.panel.$$eval('.frames [role="row"]', (found) => found.map((one) => [one.querySelector(".frame-origin")?.textContent ?? "", one.querySelector('[data-column="message"]')?.textContent ?? ""].join("|")));

describe("message rules in the real panel", () => {
  it("change, drop, delay and answer from the first message on, in the page, a frame and a worker, each with its row", async () => {
    const { page, panel } = stage;
    await turnOn(stage, [
      rule({ name: "halve the price", filter: ".px > 1", action: { type: "edit", edits: ".px = .px / 2" } }),
      rule({ name: "quiet", filter: "drop -type:drop", action: { type: "drop" } }),
      rule({ name: "slow", filter: "slow", action: { type: "delay", milliseconds: 30 } }),
      rule({ name: "login", direction: "sent", filter: ".op = login", action: { type: "answer", text: '{"ok":true}', instead: true } }),
      rule({ name: "dear", direction: "sent", filter: "cheap", action: { type: "edit", edits: '"cheap" -> "dear"' } }),
    ]);
    expect(await axeFaults(panel, ".rules")).toEqual([]);
    // What each cannot keep stands in its line.
    const lines = await panel.$$eval(".rules-one", (all) => all.map((one) => [...one.querySelectorAll(".rules-limit")].map(({ textContent }) => textContent)));
    expect(lines.map((limits) => limits.map((limit) => /own data property|isTrusted|Other decoders/.exec(limit ?? "")?.[0]))).toEqual([["own data property"], ["Other decoders"], ["isTrusted"], ["isTrusted"], []]);
    await page.goto(`${server.url}empty`);
    await page.evaluate(`begin("page").then((socket) => { for (const text of ['{"px":10}', "drop this", "slow", '{"op":"login"}', "cheap", "plain"]) socket.send(text); })`);
    const got = await until(() => page.evaluate("globalThis.got ?? []") as Promise<string[]>, (all) => all.length >= 5);
    expect(got.toSorted()).toEqual(['{"ok":true}', '{"px":5}', "dear", "plain", "slow"].toSorted());
    expect(sentTo("/echo?name=page")).toEqual(['{"px":10}', "drop this", "slow", "dear", "plain"]);

    const foreign = `${server.url.replace("127.0.0.1", "localhost")}frame`;
    await page.evaluate(`globalThis.worker = new Worker("/worker.js"); document.documentElement.append(Object.assign(document.createElement("iframe"), { src: ${JSON.stringify(foreign)} }))`);
    const inWorker = (): Promise<string[]> => page.evaluate(`new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); worker.postMessage(""); })`) as Promise<string[]>;
    expect(await until(inWorker, (all) => all.length > 0)).toEqual(['{"px":5}']);
    const frame = await until(() => Promise.resolve(page.frames().find((one) => one.url() === foreign)), Boolean);
    expect(await until(() => frame?.evaluate("globalThis.got ?? []") as Promise<string[]>, (all) => all.length > 0)).toEqual(['{"px":5}']);

    const told = async (): Promise<string[]> =>
      entryOf(await stage.exportHar(), "/echo?name=page")
        ._webSocketMessages.flatMap((message) => {
          const { type, data, _rule: by, _did: did } = message as typeof message & { readonly _rule?: string; readonly _did?: string };
          return did === undefined ? [] : `${type} ${data} ${did} ${by}`;
        })
        .toSorted();
    await expect.poll(told).toEqual(
      [
        "receive  dropped quiet",
        'receive {"ok":true} made login',
        'receive {"px":5} changed halve the price',
        "receive slow delayed slow",
        "send cheap replaced dear",
        "send dear changed dear",
        'send {"op":"login"} answered login',
      ].toSorted(),
    );
    await expect.poll(rows).toContain('changed by “halve the price”|changed by “halve the price”{"px":5}');
    if (process.env["FRAMESCOPE_SHOTS"] !== undefined) await stage.devtools.screenshot({ path: `${process.env["FRAMESCOPE_SHOTS"]}/rules.png` });
  });

  it("reach what is open already: new connections of a page and a worker that run from their first message, open ones once they have spoken", async () => {
    const { page, panel } = stage;
    await page.goto(`${server.url}empty`);
    await page.evaluate(`globalThis.order = [];
      globalThis.worker = new Worker("/asked.js"); worker.onmessage = ({ data }) => (globalThis.inWorker = data); worker.postMessage("open-worker");
      begin("open-page").then((socket) => {
        socket.addEventListener("message", ({ data }) => order.push("once " + data), { once: true });
        socket.onmessage = ({ data }) => order.push("on " + data);
        globalThis.ending = new AbortController();
        socket.addEventListener("message", ({ data }) => order.push("signal " + data), { signal: ending.signal });
        socket.addEventListener("message", { handleEvent: ({ data }) => order.push("object " + data) });
        globalThis.open = socket;
      })`);
    await until(() => page.evaluate("globalThis.open !== undefined") as Promise<boolean>, Boolean);
    await until(() => Promise.resolve(server.record.connections.some(({ path }) => path === "/echo?name=open-worker")), Boolean);
    await turnOn(stage, [rule({ name: "halve", filter: ".px > 1", action: { type: "edit", edits: ".px = .px / 2" } }), rule({ name: "quiet", direction: "sent", filter: "secret", action: { type: "drop" } })]);
    // A page that runs, and a connection that it makes anew.
    await page.evaluate(`begin("new-page").then((socket) => { socket.send('{"px":10}'); socket.send("secret"); socket.send("plain"); })`);
    expect(await until(() => page.evaluate("got.splice(0)") as Promise<string[]>, (all) => all.length > 0)).toEqual(expect.arrayContaining(['{"px":5}']));
    await expect.poll(() => sentTo("/echo?name=new-page")).toEqual(['{"px":10}', "plain"]);
    // The message by which it is known passes as it is.
    const heard = await until(
      () => page.evaluate(`order.splice(0); open.send('{"px":20}'); new Promise((resolve) => setTimeout(resolve, 100)).then(() => order)`) as Promise<string[]>,
      (all) => all.includes('on {"px":10}'),
    );
    expect(heard.filter((one) => one.includes('"px":10'))).toEqual(['on {"px":10}', 'signal {"px":10}', 'object {"px":10}']);
    // What the page ends by its signal has ended, though it was put back behind the rules.
    await page.evaluate("ending.abort()");
    await until(
      () => page.evaluate(`worker.postMessage('{"px":40}'); new Promise((resolve) => setTimeout(resolve, 100)).then(() => globalThis.inWorker ?? [])`) as Promise<string[]>,
      (all) => all.includes('{"px":40}'),
    );
    await until(() => panel.$eval('[aria-label="Where rules apply"]', (one) => one.textContent ?? ""), (text) => text.startsWith("1 connection of a worker was already open"));
    await until(() => page.evaluate(`worker.postMessage("secret"); worker.postMessage("counted")`).then(() => sentTo("/echo?name=open-worker")), (all) => {
      const counted = all.lastIndexOf("counted");
      return counted > 0 && all[counted - 1] !== "secret";
    });
    const entry = entryOf(await stage.exportHar(), "/echo?name=open-page");
    expect(entry._webSocketMessages.some((message) => message.data === '{"px":10}' && (message as { readonly _rule?: string })._rule === "halve")).toBe(true);
    await turnAllOff(stage);
    expect(await page.evaluate(`order.splice(0); open.send('{"px":20}'); new Promise((resolve) => open.addEventListener("message", () => resolve(order), { once: true }))`)).toEqual(['on {"px":20}', 'object {"px":20}']);
  });

  it("leave everything as it is where they do not match: the same calls, order and values with and without them", async () => {
    const { page } = stage;
    const seen = async (): Promise<unknown> => {
      await page.goto(`${server.url}empty`);
      const behaviour = webSocketBehaviour(server.webSocketUrl);
      return [
        await page.evaluate(EVERY_WAY),
        await page.evaluate(behaviour),
        await page.evaluate(`new Promise((resolve) => { const worker = new Worker("/eval.js"); worker.onmessage = ({ data }) => resolve(data); worker.postMessage(${JSON.stringify(behaviour)}); })`),
      ];
    };
    const without = (await seen()) as readonly [readonly string[], object, object];
    await turnOn(stage, [rule({ name: "never", filter: ".px > 1 nowhere", action: { type: "drop" } }), rule({ name: "never sent", direction: "sent", filter: "nowhere", action: { type: "hold" } })]);
    expect(await seen()).toEqual(without);
    expect(without[0].length).toBeGreaterThan(100);
    expect(Object.keys(without[1]).length).toBeGreaterThan(10);
    // Beside what observes closings, too.
    await page.evaluate("void (globalThis.Unwatched = WebSocket)");
    await changeSettings(stage.panel, { observeClosings: true });
    await until(() => page.evaluate("Unwatched !== WebSocket"), Boolean);
    expect(await seen()).toEqual(without);
  });

  it("leave no script in a page once none is on, and put none in before", async () => {
    const { page } = stage;
    /** What Chrome tells of all scripts in the page's own world that are there. */
    const scripts = async (): Promise<string[]> => {
      await page.goto(`${server.url}empty`);
      const session = await page.createCDPSession();
      const found: string[] = [];
      session.on("Debugger.scriptParsed", ({ url, executionContextAuxData: about }) => {
        if ((about as { readonly isDefault?: boolean } | undefined)?.isDefault === true) found.push(url);
      });
      await session.send("Debugger.enable");
      await session.detach();
      return found.filter((url) => !url.startsWith("pptr:"));
    };
    const own = [`${server.url}empty`];
    expect(await scripts()).toEqual(own);
    // What stands in a page that had them, with a socket from before and one from meanwhile, each of which has heard something since.
    const session = await page.createCDPSession();
    const listensTo = async (expression: string): Promise<readonly string[]> => {
      const { result } = await session.send("Runtime.evaluate", { expression });
      const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId ?? "" });
      return listeners.map(({ type }) => type).toSorted();
    };
    const names = (): Promise<string[]> => page.evaluate("Object.getOwnPropertyNames(globalThis).toSorted()") as Promise<string[]>;
    const left = async (): Promise<readonly unknown[]> => [await names(), await listensTo("globalThis"), await listensTo("globalThis.before"), await listensTo("globalThis.meanwhile")];
    await page.evaluate(`globalThis.meanwhile = begin("plain").then((socket) => (globalThis.before = globalThis.meanwhile = socket)); meanwhile.then(() => null)`);
    const plain = await left();
    await turnOn(stage, [rule({ name: "never", filter: "nowhere", action: { type: "drop" } })]);
    await page.evaluate(`before.send("known by this"); begin("ruled").then((socket) => { globalThis.meanwhile = socket; return null; })`);
    await until(left, (now) => JSON.stringify(now) !== JSON.stringify(plain));
    await until(() => page.evaluate("got.length") as Promise<number>, (count) => count === 1);
    await turnAllOff(stage);
    await page.evaluate(`before.send("1"); meanwhile.send("2"); null`);
    await expect.poll(left).toEqual(plain);
    await session.detach();
    await turnOn(stage, [rule({ name: "never", filter: "nowhere", action: { type: "drop" } })]);
    expect(await scripts()).toContain("framescope-rules.js");
    await turnAllOff(stage);
    expect(await scripts()).toEqual(own);
  });

  it("are said to be on, and off, once a page that stands still has them", async () => {
    const { page, panel } = stage;
    await page.goto(`${server.url}empty`);
    await turnOn(stage, [rule({ name: "never", filter: "nowhere", action: { type: "drop" } })]);
    const standStill = async (): Promise<Dialog> => {
      const shown = new Promise<Dialog>((resolve) => page.once("dialog", resolve));
      await page.evaluate("void setTimeout(alert)");
      return await shown;
    };
    for (const [meanwhile, then] of [[/^Turning off rules…/, /^$/], [/^Applying rules…/, /^1 rule on/]] as const) {
      const dialog = await standStill();
      await click(panel, "switch", "Turn on never");
      await stage.waitForStatus("Message rules", meanwhile);
      await dialog.accept();
      await until(() => panel.$eval(".status-bar", (bar) => bar.querySelector('[aria-label="Message rules"]')?.textContent ?? ""), (text) => then.test(text));
    }
  });

  it("are written from a row of the table, for messages like it of its connection", async () => {
    const { page, panel } = stage;
    await page.goto(`${server.url}empty`);
    await page.evaluate(`begin("row").then((socket) => { globalThis.socket = socket; socket.send('{"type":"quote","px":1}'); })`);
    await setFilter(stage, "type:quote is:received url:row");
    await stage.waitForStatus("Matches", /^1 of /);
    await until(() => panel.$$eval(".frame-message .cell-message", (cells) => cells.map(({ textContent }) => textContent)), (texts) => texts.join("|") === '{"type":"quote","px":1}');
    await clickOn(panel, ".frame-message .cell-message", { button: "right" });
    await click(panel, "menuitem", "Rule for messages like this…");
    const filter = await until(() => panel.$eval(".rules-form .rules-code", (field) => [(field as HTMLInputElement).value, document.activeElement === field]), ([, isFocused]) => isFocused === true);
    expect(filter).toEqual([`type:quote url:127.0.0.1:${new URL(server.url).port}/echo`, true]);
    const [direction, action] = await panel.$$(".rules-form select");
    expect(await direction?.evaluate((one) => one.value)).toBe("received");
    await action?.select("drop");
    await click(panel, "button", "Save");
    await click(panel, "switch", "Turn on quote");
    await stage.waitForStatus("Message rules", /1 rule on/);
    await page.goto(`${server.url}empty`);
    await page.evaluate(`begin("ruled").then((socket) => { socket.send('{"type":"quote","px":2}'); socket.send('{"type":"other"}'); })`);
    expect(await until(() => page.evaluate("globalThis.got ?? []") as Promise<string[]>, (all) => all.length > 0)).toEqual(['{"type":"other"}']);
    await setFilter(stage, "");
  });

  it("hold messages until they are let go, changed or not; off, all goes its way and the page has its own functions again", async () => {
    const { page, panel } = stage;
    await page.goto(`${server.url}empty`);
    const functions = "[WebSocket, WebSocket.prototype.send, WebSocket.prototype.close, Function.prototype.toString]";
    await turnOn(stage, [rule({ name: "wait", filter: "wait", action: { type: "hold" } }), rule({ name: "ask", direction: "sent", filter: "ask", action: { type: "hold" } })]);
    await page.goto(`${server.url}empty`);
    await page.evaluate(`globalThis.ruled = ${functions}; null`);
    await page.evaluate(`begin("held", "arraybuffer").then((socket) => { for (const text of ["wait 1", "wait 2", "ask 1", new TextEncoder().encode("wait 3"), "passes"]) socket.send(text); })`);
    await until(() => panel.$$(".rules-held"), (found) => found.length === 4);
    expect(await until(() => page.evaluate("globalThis.got ?? []") as Promise<string[]>, (all) => all.length > 0)).toEqual(["passes"]);
    const letGo = (text: string, changed: string): Promise<boolean> =>
      panel.evaluate(
        (wanted, value) => {
          const line = [...document.querySelectorAll(".rules-held")].find((one) => one.querySelector("textarea")?.value === wanted);
          const area = line?.querySelector("textarea");
          Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(area, value);
          area?.dispatchEvent(new Event("input", { bubbles: true }));
          return line !== undefined;
        },
        text,
        changed,
      ).then(async (isThere) => {
        await panel.evaluate((value) => [...document.querySelectorAll(".rules-held")].find((one) => one.querySelector("textarea")?.value === value)?.querySelector("button")?.click(), changed);
        return isThere;
      });
    expect(await letGo("ask 1", "asked")).toBe(true);
    expect(await until(() => page.evaluate("globalThis.got ?? []") as Promise<string[]>, (all) => all.length > 1)).toEqual(["passes", "asked"]);
    expect(await letGo("wait 2", "changed 2")).toBe(true);
    expect(await until(() => page.evaluate("globalThis.got ?? []") as Promise<string[]>, (all) => all.length > 2)).toEqual(["passes", "asked", "changed 2"]);
    if (process.env["FRAMESCOPE_SHOTS"] !== undefined) await stage.devtools.screenshot({ path: `${process.env["FRAMESCOPE_SHOTS"]}/held.png` });
    await turnAllOff(stage);
    const left = (): Promise<string[]> => page.evaluate("got.slice(3).map((one) => typeof one === 'string' ? one : new TextDecoder().decode(one))") as Promise<string[]>;
    expect(await until(left, (all) => all.length > 1)).toEqual(["wait 1", "wait 3"]);
    expect(await page.evaluate(`${functions}.map((one, at) => one === ruled[at])`)).toEqual([false, false, false, false]);
    expect(sentTo("/echo?name=held")).toEqual(["wait 1", "wait 2", "wait 3", "passes", "asked"]);
  });
});
