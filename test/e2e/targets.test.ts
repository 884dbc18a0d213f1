import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { IS_OLD_CHROME } from "./chrome-version.ts";
import { borrowStage, changeSettings, differences, entryOf, letGo, recordOf, until, untilAttached, type Har, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

/** Opens a socket by a function of its own, so that its initiator can be read. */
const OPENER = `
function openFeed(name) {
  globalThis.feed = new WebSocket(location.origin.replace("http", "ws") + "/burst?count=3&name=" + name);
}`;
const page = (name: string, more = ""): string => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script>${OPENER}\nopenFeed("${name}");</script>${more}`;

beforeAll(async () => {
  server = await startLoadServer({
    held: ["/more", "/shared.js"],
    pages: {
      "/page": page("page"),
      "/inner": page("inner"),
      "/foreign": page("foreign"),
      "/worker.js": `${OPENER}\nopenFeed("worker");\nnew Worker("/nested.js");`,
      "/nested.js": `${OPENER}\nopenFeed("nested");`,
      "/shared.js": `${OPENER}\nopenFeed("shared");\nonconnect = ({ ports: [port] }) => (port.onmessage = () => close());`,
      "/service.js": `${OPENER}\nopenFeed("service");`,
      "/popup": page("popup"),
      "/opened": `<!doctype html><link rel="icon" href="data:,"><script>${OPENER}\nfetch("/more").then(() => openFeed("opened"));</script>`,
      "/cached": page("cached", `<script>
        globalThis.told = [];
        addEventListener("pageshow", ({ persisted }) => told.push(persisted));
        feed.onclose = ({ code }) => told.push(code);
      </script>`),
      "/prerendered": page("prerendered"),
      "/speculating": `<!doctype html><script type="speculationrules">{"prerender":[{"source":"list","urls":["/prerendered"],"eagerness":"immediate"}]}</script>`,
    },
  });
  stage = await borrowStage(server.url);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});
beforeEach(async () => {
  await stage.page.goto(server.url);
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
});

const path = (name: string): string => `/burst?count=3&name=${name}`;

/** Waits for the frames of these sockets, and compares each with the server's record of it. */
async function expectCaptured(names: readonly string[]): Promise<Har> {
  await stage.waitForStatus("Matches", new RegExp(`^${names.length * 3} frames$`));
  const har = await stage.exportHar();
  for (const name of names) expect([name, ...differences(entryOf(har, path(name)), recordOf(server, path(name)))]).toEqual([name]);
  return har;
}

const run = (script: string, target: Page = stage.page): Promise<unknown> => target.evaluate(script);

describe("the targets of a tab", () => {
  it("are the page itself and its frames, of the same site and of another, each with what opened it", async () => {
    await stage.page.goto(`${server.url}page`);
    const foreign = `${server.url.replace("127.0.0.1", "localhost")}foreign`;
    await run(`for (const src of ["/inner", ${JSON.stringify(foreign)}]) document.documentElement.append(Object.assign(document.createElement("iframe"), { src }))`);
    const har = await expectCaptured(["page", "inner", "foreign"]);
    expect(entryOf(har, path("page"))._target).toEqual({ type: "page", url: `${server.url}page` });
    expect(entryOf(har, path("inner"))._target?.type).toBe("page");
    expect(entryOf(har, path("foreign"))._target).toEqual({ type: "frame", url: foreign });
    expect(entryOf(har, path("page"))._initiator?.stack.callFrames[0]).toMatchObject({ functionName: "openFeed", url: `${server.url}page`, lineNumber: 2 });
  });

  it("are its dedicated workers and the workers that these start", async () => {
    await run(`new Worker("/worker.js")`);
    const har = await expectCaptured(["worker", "nested"]);
    expect(["worker", "nested"].map((name) => entryOf(har, path(name))._target)).toEqual([
      { type: "worker", url: `${server.url}worker.js` },
      { type: "worker", url: `${server.url}nested.js` },
    ]);
  });

  it("are its service workers", async () => {
    await run(`navigator.serviceWorker.register("/service.js").then(() => null)`);
    const har = await expectCaptured(["service"]);
    expect(entryOf(har, path("service"))._target).toEqual({ type: "service worker", url: `${server.url}service.js` });
    await run(`navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())))`);
  });

  it("are its shared workers from their first line on, once, although Chrome attaches nobody to them", async () => {
    await run(`globalThis.shared = new SharedWorker("/shared.js"), null`);
    await untilAttached(stage.panel, `${server.url}shared.js`);
    await letGo(server);
    const har = await expectCaptured(["shared"]);
    expect(entryOf(har, path("shared"))._target).toEqual({ type: "shared worker", url: `${server.url}shared.js` });
    expect(entryOf(har, path("shared"))._initiator?.stack.callFrames[0]?.functionName).toBe("openFeed");
    await run(`shared.port.postMessage("end")`);
    await until(async () => entryOf(await stage.exportHar(), path("shared")).comment ?? "", (comment) => comment.includes("Closed: its page or worker ended"));
  });

  it("are the tabs that it opens, where the user asked for them, and else not", async () => {
    await run(`void open("/popup")`);
    await until(() => server.record.connections.some((one) => one.path === path("popup")), Boolean);
    await changeSettings(stage.panel, { capturePopups: true });
    await stage.page.bringToFront();
    await run(`void open("/opened")`);
    await untilAttached(stage.panel, `${server.url}opened`);
    await letGo(server);
    const har = await expectCaptured(["opened"]);
    expect(entryOf(har, path("opened"))._target?.type).toBe("popup");
    for (const other of await stage.browser.pages()) if (/popup|opened/.test(other.url())) await other.close();
    await until(async () => entryOf(await stage.exportHar(), path("opened")).comment ?? "", (comment) => comment.includes("Closed: its page or worker ended"));
    await changeSettings(stage.panel, { capturePopups: false });
  });

  it.skipIf(IS_OLD_CHROME)("stay captured when a navigation takes another process, and when the page comes back from the cache", async () => {
    await stage.page.goto(`${server.url}cached`);
    await stage.waitForStatus("Matches", /^3 frames$/);
    await stage.page.goto(`${server.url.replace("127.0.0.1", "localhost")}foreign`);
    await stage.waitForStatus("Matches", /^6 frames$/);
    await stage.page.goBack();
    // It is the very document, and Chrome closes its sockets only now, which it had said nothing of.
    await stage.page.waitForFunction("told.length === 3", { polling: 20 });
    expect(await run("told")).toEqual([false, true, 1006]);
    await run(`openFeed("again")`);
    const har = await until(() => stage.exportHar(), ({ log }) => log.entries.some(({ request, _webSocketMessages }) => request.url.endsWith("again") && _webSocketMessages.length === 3));
    expect(differences(entryOf(har, path("again")), recordOf(server, path("again")))).toEqual([]);
    expect(entryOf(har, path("cached")).comment).toContain("Closed: the page navigated");
    expect(har.log.entries).toHaveLength(3);
    const ended = (): Promise<number> => stage.panel.$$eval('[role="grid"] [role="row"]', (rows) => rows.filter((row) => /Closed/.test(row.textContent)).length);
    // The page's socket once, and the one of the page between.
    await expect.poll(ended).toBe(2);
  });

  it("are captured when a page that was prepared ahead is shown", async () => {
    await stage.page.goto(`${server.url}speculating`);
    await Promise.all([stage.page.waitForNavigation(), run(`location.href = "/prerendered"`)]);
    await expectCaptured(["prerendered"]);
  });

  it("have all that Chrome told before a reload in the middle of a burst, in order, and a row that says what may be missing; then all of the next", async () => {
    const before = server.record.connections.length;
    const burst = `/burst?count=20000&size=200&name=reload`;
    await run(`globalThis.seen = 0; const socket = new WebSocket(location.origin.replace("http", "ws") + "${burst}"); socket.onmessage = () => seen++; new Promise((resolve) => { const look = () => (seen > 2000 ? resolve() : setTimeout(look)); look(); })`);
    await stage.page.reload();
    await run(`openFeed ??= 0`).catch(() => {});
    await run(`new Promise((resolve) => { let left = 3; new WebSocket(location.origin.replace("http", "ws") + "${path("after")}").onmessage = () => --left || resolve(); })`);
    const har = await until(() => stage.exportHar(), ({ log }) => log.entries.some(({ request, _webSocketMessages }) => request.url.endsWith("after") && _webSocketMessages.length === 3));
    const cut = entryOf(har, burst);
    const record = server.record.connections.slice(before).find((one) => one.path === burst);
    const sent = record?.frames.map(({ payload }) => payload?.toString()) ?? [];
    expect(cut._webSocketMessages.length).toBeGreaterThan(2000);
    expect(cut._webSocketMessages.map(({ data }) => data)).toEqual(sent.slice(0, cut._webSocketMessages.length));
    expect(cut.comment).toContain("Closed: the page navigated");
    await expect.poll(() => stage.panel.$$eval('[role="grid"] .frame-navigation', (rows) => rows.map((row) => row.textContent))).toContainEqual(expect.stringMatching(/^Navigated to .* · The last frames of open connections may be missing/));
    expect(differences(entryOf(har, path("after")), recordOf(server, path("after")))).toEqual([]);
  });
});
