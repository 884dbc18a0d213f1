import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { importHarInChrome } from "../../scripts/chrome-network-panel.mjs";
import { openDevTools, showPanel } from "../../scripts/devtools-session.mjs";
import { click, setFilter, waitUntilCapturing } from "../../scripts/panel-actions.mjs";
import { IS_OLD_CHROME } from "./chrome-version.ts";
import { EVENTS, startEventStreamServer, STREAM_COOKIE, STREAM_PAGE_COOKIE } from "./servers/event-stream-server.mjs";
import { borrowStage, devtoolsPageOf, entryOf, until, type Har, type HarEntry, type Stage } from "./stage.ts";

let server: Awaited<ReturnType<typeof startEventStreamServer>>;
let stage: Stage;

beforeAll(async () => {
  server = await startEventStreamServer();
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
  server.records.length = 0;
});

const run = (script: string): Promise<unknown> => stage.page.evaluate(`{ ${script} } void 0`);
const open = (path: string): Promise<unknown> => run(`(globalThis.streams ??= []).push(new EventSource(${JSON.stringify(path)}))`);
const frames = (count: number): Promise<string> => stage.waitForStatus("Matches", new RegExp(`^${count} frames?$`));

interface Told {
  readonly eventName: string;
  readonly eventId: string;
  readonly data: string;
}

/** What a page is told of events that a server wrote (HTML §9.2.6): an id stays until another comes. */
function told(path: string): Told[] {
  const record = server.records.findLast((one) => one.path === path);
  let eventId = "";
  return (record?.events ?? []).map(({ name = "message", id, data }) => ({ eventName: name, eventId: (eventId = id ?? eventId), data }));
}

const eventsOf = (entry: HarEntry): Told[] => (entry._eventSourceMessages ?? []).map(({ eventName, eventId, data }) => ({ eventName, eventId, data }));
const entriesOf = (har: Har, path: string): readonly HarEntry[] => har.log.entries.filter(({ request }) => request.url.endsWith(path));

/** The rows of the table, as text. */
const rows = (): Promise<string[]> => stage.panel.$$eval('[role="grid"][aria-label="Frames"] [role="row"]', (all) => all.slice(1).map((row) => row.textContent ?? ""));

describe("event streams", () => {
  it("of the page, a worker and a redirect are captured as the server wrote them", async () => {
    await open("/events");
    await open("/redirect");
    await run(`new Worker("/worker.js")`);
    await frames(EVENTS.length * 3);
    const har = await stage.exportHar();
    for (const path of ["/events", "/events?from=redirect", "/events?from=worker"]) expect(eventsOf(entryOf(har, path))).toEqual(told(path));
    expect(entryOf(har, "/events?from=worker")._target).toEqual({ type: "worker", url: `${server.url}worker.js` });
    expect(entryOf(har, "/events")).toMatchObject({ _resourceType: "eventsource", response: { status: 200, content: { mimeType: "text/event-stream" } } });
  });

  it("are written as Chrome writes them, and read by its own Network panel", async () => {
    await open("/events");
    await frames(EVENTS.length);
    const { frame } = await devtoolsPageOf(stage);
    const names = (headers: HarEntry["request"]["headers"]): string[] => headers.map(({ name }) => name.toLowerCase()).toSorted();
    const headersOf = ({ request, response }: HarEntry): string => JSON.stringify([names(request.headers), names(response.headers)]);
    // Chrome tells of the headers that went over the wire when it likes, and its own panel hears of events when it comes to it.
    const [ours, chromes] = await until(
      async () => [
        entryOf(await stage.exportHar("HAR with sensitive data"), "/events"),
        entryOf({ log: (await frame.evaluate(() => new Promise((resolve) => chrome.devtools.network.getHAR(resolve as never)))) as Har["log"] }, "/events"),
      ] as const,
      ([own, other]) => headersOf(own) === headersOf(other) && other._eventSourceMessages?.length === EVENTS.length,
    );
    expect(Object.keys(ours._eventSourceMessages?.[0] ?? {})).toEqual(Object.keys(chromes._eventSourceMessages?.[0] ?? {}));
    expect(eventsOf(ours)).toEqual(eventsOf(chromes));
    ours._eventSourceMessages?.forEach(({ time }, i) => expect(Math.abs(time - (chromes._eventSourceMessages?.[i]?.time ?? 0))).toBeLessThan(0.05));
    const imported = await importHarInChrome(stage.devtools, await stage.exportFile("HAR"));
    const requests = await imported.list();
    const place = requests.findIndex(({ url }) => url.endsWith("/events"));
    expect(requests[place]).toMatchObject({ status: 200, resourceType: "eventsource" });
    expect((await imported.streamEvents(place)).map(({ eventName, eventId, data }) => ({ eventName, eventId, data }))).toEqual(told("/events"));
    await showPanel(stage.devtools, stage.extensionId);
  });

  it("that the browser connects again are one family, each with how it ended", async () => {
    await open("/ends");
    await open("/lost");
    await until(() => server.records.length, (count) => count === 5);
    await frames(3);
    const lastIds = (file: Awaited<ReturnType<typeof stage.exportHar>>): (string | undefined)[] =>
      entriesOf(file, "/ends").map((entry) => entry.request.headers.find(({ name }) => name.toLowerCase() === "last-event-id")?.value);
    // The server has answered the last one before Chrome tells how it ended, and of the headers that it was sent with.
    const har = await until(
      () => stage.exportHar(),
      (file) => file.log.entries.length === 5 && file.log.entries.every(({ comment }) => comment !== undefined) && lastIds(file)[2] !== undefined,
    );
    expect(entriesOf(har, "/ends").map(({ response, comment }) => [response.status, comment])).toEqual([
      [200, "Closed by the server."],
      [200, "Closed by the server."],
      [204, "204 No Content."],
    ]);
    expect(entriesOf(har, "/lost").map(({ comment }) => comment)).toEqual(["“net::ERR_INCOMPLETE_CHUNKED_ENCODING”.", "204 No Content."]);
    expect(lastIds(har)).toEqual([undefined, "r1", "r2"]);
    const timesOf = (path: string): Promise<(string | undefined)[]> =>
      stage.panel.$$eval('[role="listbox"][aria-label="Connections"] [role="option"]', (all, wanted) => all.filter((one) => one.textContent.includes(wanted)).map((one) => one.querySelector(".connections-times")?.textContent), path);
    await expect.poll(async () => [await timesOf("/ends"), await timesOf("/lost")]).toEqual([["×3"], ["×2"]]);
  });

  it("that are refused, are none, are closed by the page or go with it say so", async () => {
    await open("/refused");
    await open("/wrong-type");
    await open("/many?count=1");
    await run(`new Worker("/worker.js")`);
    await frames(1 + EVENTS.length);
    await run(`streams.at(-1).close()`);
    await open("/many?count=2");
    await frames(3 + EVENTS.length);
    await stage.page.goto(`${server.url}frame`);
    const har = await until(
      () => stage.exportHar(),
      (file) => file.log.entries.every(({ comment }) => comment !== undefined),
    );
    const endings = Object.fromEntries(har.log.entries.map(({ request, comment }) => [new URL(request.url).pathname + new URL(request.url).search, comment]));
    expect(endings).toEqual({
      "/refused": "401 Unauthorized.",
      "/wrong-type": "Not an event stream: text/html.",
      "/many?count=1": "Closed by the page.",
      "/many?count=2": "Closed: the page navigated.",
      "/events?from=worker": "Closed: its page or worker ended.",
    });
  });

  it("show their names as types and their data as JSON or text, and are found by filters", async () => {
    await open("/events");
    await frames(EVENTS.length);
    await until(rows, (all) => all.filter((row) => row.includes("price")).length === 2);
    for (const [text, count] of [
      ["transport:event-source is:received", EVENTS.length],
      ["transport:websocket", 0],
      ["type:price", 2],
      ["type:message", 1],
      ["id:1", 2],
      ['id:"id é 🙂"', 1],
      [".symbol = ETHUSD", 1],
      ["Zitat", 1],
    ] as const) {
      await setFilter(stage, text);
      await stage.waitForStatus("Matches", new RegExp(`^${count} of `));
    }
    await setFilter(stage, "");
    await frames(EVENTS.length);
  });

  it.skipIf(IS_OLD_CHROME)("that were opened between DevTools and the panel are filled in, and go on, each event once", async () => {
    const page = await stage.browser.newPage();
    try {
      await page.goto(server.url);
      const devtools = await openDevTools(page, stage.extensionId);
      await page.evaluate(`globalThis.seen = 0; new EventSource("/events?from=before").onmessage = () => seen++; globalThis.other = new EventSource("/many?count=3"); void 0`);
      await page.waitForFunction("seen === 1", { polling: 10 });
      const opened = new AbortController();
      // Events come while the panel opens too.
      const writing = (async () => {
        for (let i = 0; !opened.signal.aborted; i++) {
          server.write("/events?from=before", { name: "while opening", id: `w${i}`, data: `{"i":${i}}` });
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      })();
      const panel = await showPanel(devtools, stage.extensionId);
      await waitUntilCapturing(panel);
      opened.abort();
      await writing;
      server.write("/events?from=before", { data: "the last" });
      server.write("/many?count=3", { data: "of the other" });
      const har = await until(
        () => stage.exportHarFrom(panel),
        (file) => ["/events?from=before", "/many?count=3"].every((path) => eventsOf(file.log.entries.find(({ request }) => request.url.endsWith(path)) ?? file.log.entries[0] as HarEntry).length >= told(path).length),
      );
      for (const path of ["/events?from=before", "/many?count=3"]) expect(eventsOf(entryOf(har, path))).toEqual(told(path));
      expect(har.log.entries).toHaveLength(2);
    } finally {
      await page.close();
    }
  });

  it("give away no cookie in a file without sensitive data", async () => {
    // A second page has the cookie of the first.
    await stage.page.goto(`${server.url}frame`);
    await open("/events");
    await frames(EVENTS.length);
    const secrets = [STREAM_COOKIE, STREAM_PAGE_COOKIE].map((cookie) => cookie.split("=")[1] as string);
    // Chrome may tell of cookies later than of the events that came with them.
    const whole = await until(async () => JSON.stringify(await stage.exportHar("HAR with sensitive data")), (text) => secrets.every((secret) => text.includes(secret)));
    const clean = JSON.stringify(await stage.exportHar("HAR"));
    expect(secrets.map((secret) => [clean.includes(secret), whole.includes(secret)])).toEqual(secrets.map(() => [false, true]));
  });
});
