import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { launchBrowser, type LaunchedBrowser } from "../../scripts/launch-browser.mjs";
import { exportCapture, waitUntilCapturing } from "../../scripts/panel-actions.mjs";
import { differences, entryOf, recordOf, until, type Har } from "../e2e/stage.ts";

let server: LoadServer;
let launched: LaunchedBrowser;
let downloads: string;
/** Tabs that open now are no business of puppeteer's. */
let isAlone = false;

/** It tells the server by sockets what it is told from outside by its own: nobody else may be attached to it. */
const script = (name: string, more: string): string => `<!doctype html><title>${name}</title><link rel="icon" href="data:,"><script>
  const size = Number(new URLSearchParams(location.search).get("objects"));
  globalThis.much = Array.from({ length: size }, (_, i) => ({ i }));
  const open = (path) => Object.assign(new WebSocket(location.origin.replace("http", "ws") + path + size), { onmessage: ({ data }) => (globalThis.last = data) });
  ${more}
</script>`;

beforeAll(async () => {
  server = await startLoadServer({
    pages: {
      "/first": script(
        "First",
        `const rules = document.head.appendChild(document.createElement("script"));
        rules.remove();
        rules.type = "speculationrules";
        rules.textContent = JSON.stringify({ prerender: [{ source: "list", urls: ["/second" + location.search], eagerness: "immediate" }] });
        document.head.append(rules);
        open("/echo?name=first");
        open("/steady?rate=20&name=before");
        open("/held?name=").onclose = () => (location.href = "/second" + location.search);`,
      ),
      "/second": script(
        "Second",
        `const wasAhead = document.prerendering;
        const say = () => {
          open("/steady?rate=100&name=" + (wasAhead ? "ahead" : "ordinary"));
          setTimeout(() => open("/burst?count=3&name=later"), 1000);
        };
        if (wasAhead) document.addEventListener("prerenderingchange", say);
        else say();`,
      ),
    },
  });
  const { path: executablePath } = await findBrowser();
  downloads = await mkdtemp(join(tmpdir(), "framescope-e2e-"));
  launched = await launchBrowser({ executablePath, leavesAlone: () => isAlone });
});
afterAll(async () => {
  await launched.close();
  await server.close();
  await rm(downloads, { recursive: true, force: true });
});

describe("a page that was prepared ahead", () => {
  it.each([0, 300_000])("before the capture began is captured when it is shown, with %i objects in its memory, and the page before it has ended", async (objects) => {
    const { browser, extensionId } = launched;
    const client = await browser.target().createCDPSession();
    const app = await browser.newPage();
    await app.goto(`chrome-extension://${extensionId}/src/pages/panel/index.html`);
    const tabs = (): Promise<number[]> => app.evaluate(async () => (await chrome.tabs.query({})).map(({ id }) => id ?? -1));
    const before = await tabs();
    isAlone = true;
    // In a window of its own: a page prepared ahead is not shown in a tab behind another.
    await client.send("Target.createTarget", { url: `${server.url}first?objects=${objects}`, newWindow: true });
    const tabId = (await until(tabs, ({ length }) => length > before.length)).find((id) => !before.includes(id));
    await until(() => server.record.connections.some(({ path }) => path === `/echo?name=first${objects}`), Boolean);
    isAlone = false;
    await app.goto(`chrome-extension://${extensionId}/src/pages/app/index.html?tabId=${tabId}`);
    await waitUntilCapturing(app.mainFrame());
    const messagesOf = ({ log }: Har, name: string): number => log.entries.find(({ request }) => request.url.endsWith(name + objects))?._webSocketMessages.length ?? 0;
    const untilHar = (isWanted: (har: Har) => boolean): Promise<Har> =>
      until(async () => JSON.parse(await readFile((await exportCapture({ browser, panel: app.mainFrame() }, "HAR", downloads)).path, "utf8")) as Har, isWanted);
    // The socket that speaks is known: the page may go on.
    await untilHar((file) => messagesOf(file, "name=before") > 0);
    server.letGo();
    await until(() => server.record.connections.map(({ path }) => path), (paths) => paths.includes(`/burst?count=3&name=later${objects}`));
    expect(server.record.connections.map(({ path }) => path)).toContain(`/steady?rate=100&name=ahead${objects}`);
    // The one that it opened in the very moment of being shown is named when it next speaks, which a busy machine hears late.
    const har = await untilHar((file) => messagesOf(file, "name=later") === 3 && messagesOf(file, "name=ahead") > 50);
    expect(differences(entryOf(har, `name=later${objects}`), recordOf(server, `/burst?count=3&name=later${objects}`))).toEqual([]);
    expect(entryOf(har, `name=later${objects}`)._target?.url).toBe(`${server.url}second?objects=${objects}`);
    expect(entryOf(har, `name=before${objects}`).comment).toMatch(/Closed: the page navigated/);
    // One that is silent is known only where the page's memory is small enough to be looked through.
    if (objects === 0) expect(entryOf(har, `name=first${objects}`).comment).toMatch(/Closed: the page navigated/);
    // Its frames are its own from then on.
    const messages = entryOf(har, `name=ahead${objects}`)._webSocketMessages.map(({ data }) => data);
    const sent = recordOf(server, `/steady?rate=100&name=ahead${objects}`).frames.map(({ payload }) => payload?.toString());
    expect(messages.length).toBeGreaterThan(50);
    const first = sent.indexOf(messages[0]);
    expect(messages).toEqual(sent.slice(first, first + messages.length));
  });
});
