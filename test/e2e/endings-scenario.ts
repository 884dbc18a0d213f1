import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { openDevTools, showPanel } from "../../scripts/devtools-session.mjs";
import { click, openLastFrame, setFilter, waitUntilCapturing } from "../../scripts/panel-actions.mjs";
import { startHttp2Server } from "./servers/http2-server.mjs";
import { startRawServer } from "./servers/raw-server.mjs";
import { webSocketBehaviour } from "./servers/web-socket-behaviour.mjs";
import { changeSettings, entryOf, until, type Begin, type Har, type Stage } from "./stage.ts";

let server: LoadServer;
let raw: Awaited<ReturnType<typeof startRawServer>>;
let secure: Awaited<ReturnType<typeof startHttp2Server>>;
let stage: Stage;

/** Opens a socket and waits for its end. */
const openAndEnd = (url: string): Promise<unknown> =>
  stage.page.evaluate(`new Promise((resolve) => { const socket = new WebSocket(${JSON.stringify(url)}); socket.onclose = ({ code }) => resolve(code); })`);

/** Waits until these connections have ended as asked; answers the file that says so. */
async function waitForEnds(wanted: Readonly<Record<string, RegExp>>): Promise<Har> {
  let har: Har | undefined;
  await until(
    async () => {
      const file = (har = await stage.exportHar());
      return Object.keys(wanted).map((path) => {
        try {
          return entryOf(file, path).comment ?? "";
        } catch (error) {
          return String(error);
        }
      });
    },
    (comments) => Object.values(wanted).every((one, i) => one.test(comments[i] ?? "")),
  );
  return har as Har;
}

export function describeEndings(begin: Begin): void {
  describe("how connections end", () => {
    beforeAll(async () => {
      server = await startLoadServer({
        pages: {
          "/worker.js": `onmessage = ({ data }) => Promise.resolve(eval(data)).then((answer) => postMessage(answer));`,
          "/worker-socket.js": `const socket = new WebSocket(location.origin.replace("http", "ws") + "/echo?name=worker"); socket.onopen = () => postMessage("open");`,
        },
      });
      raw = await startRawServer();
      secure = await startHttp2Server();
      stage = await begin(server.url);
    });
    afterAll(async () => {
      await Promise.all([server.close(), raw.close(), secure.close()]);
    });
    beforeEach(async () => {
      await stage.page.goto(server.url);
      await click(stage.panel, "button", "Clear");
    });

    describe("the end of a connection", () => {
      it("names what a handshake failed of", async () => {
        const failures: readonly (readonly [string, RegExp])[] = [
          [`${raw.webSocketUrl}/status?code=401`, /401|HTTP Authentication/],
          [`${raw.webSocketUrl}/status?code=403`, /Unexpected response code: 403/],
          [`${raw.webSocketUrl}/status?code=500`, /Unexpected response code: 500/],
          [`${raw.webSocketUrl}/redirect`, /Unexpected response code: 302/],
          [`${raw.webSocketUrl}/no-upgrade`, /Unexpected response code: 200/],
          [`${raw.webSocketUrl}/wrong-accept`, /Incorrect 'Sec-WebSocket-Accept'/],
          [`${raw.webSocketUrl}/not-http`, /ERR_INVALID_HTTP_RESPONSE|Invalid status line|ERR_/],
          [`${raw.webSocketUrl}/cut`, /ERR_EMPTY_RESPONSE|ERR_CONNECTION|closed before/],
          ["ws://127.0.0.1:1/", /ERR_UNSAFE_PORT/],
          ["ws://127.0.0.1:65535/refused", /ERR_CONNECTION_REFUSED/],
          [`${secure.webSocketUrl}/tls`, /ERR_CERT_AUTHORITY_INVALID/],
        ];
        for (const [url] of failures) await openAndEnd(url);
        const har: Har = await until(() => stage.exportHar(), ({ log }) => log.entries.length === failures.length && log.entries.every(({ comment }) => comment !== undefined));
        for (const [i, [url, reason]] of failures.entries()) {
          const entry = har.log.entries[i];
          expect(entry?.request.url).toBe(url);
          expect(entry?.comment).toMatch(reason);
          expect(entry?.response).toMatchObject({ status: 0 });
        }
      });

      it("is told of a close by either side, a drop, and a worker that is terminated", async () => {
        await openAndEnd(`${server.webSocketUrl}/close?code=4001&reason=done`);
        await openAndEnd(`${server.webSocketUrl}/drop?after=50`);
        await stage.page.evaluate(`new Promise((resolve) => { const socket = new WebSocket("${server.webSocketUrl}/echo?name=mine"); socket.onopen = () => socket.close(); socket.onclose = resolve; }).then(() => null)`);
        await stage.page.evaluate(`new Promise((resolve) => { const worker = new Worker("/worker-socket.js"); worker.onmessage = () => { worker.terminate(); resolve(null); }; })`);
        await waitForEnds({ "/close?code=4001&reason=done": /^Closed\.$/, "/drop?after=50": /Closed|closed|ERR_|Connection/, "name=mine": /Closed/, "name=worker": /Closed/ });
      });
    });

    describe("observing closings", () => {
      /** Resolves once the page itself is watched: what Chrome was asked for takes its time on a busy machine. */
      async function beginObserving(): Promise<void> {
        await stage.page.evaluate("void (globalThis.Unwatched = WebSocket)");
        await changeSettings(stage.panel, { observeClosings: true });
        await until(() => stage.page.evaluate("Unwatched !== WebSocket"), Boolean);
      }

      /** The behaviour of WebSocket in the page, and in a worker. */
      const behaviours = async (): Promise<readonly unknown[]> => {
        const script = webSocketBehaviour(server.webSocketUrl);
        return [
          await stage.page.evaluate(script),
          await stage.page.evaluate(`new Promise((resolve) => { const worker = new Worker("/worker.js"); worker.onmessage = ({ data }) => resolve(data); worker.postMessage(${JSON.stringify(script)}); })`),
        ];
      };

      async function endObserving(): Promise<void> {
        await stage.page.evaluate("void (globalThis.Before = WebSocket)");
        await changeSettings(stage.panel, { observeClosings: false });
        await until(() => stage.page.evaluate("Before !== WebSocket && WebSocket.prototype.constructor === WebSocket"), Boolean);
      }

      it("begins with a click at a row that tells no code, which says from when on codes are told", async () => {
        await openAndEnd(`${server.webSocketUrl}/close?code=4009`);
        await setFilter(stage, "type:close");
        await openLastFrame(stage.panel);
        await stage.page.evaluate("void (globalThis.Unwatched = WebSocket)");
        await click(stage.panel, "button", "Show close codes from now on");
        await until(() => stage.panel.$eval(".offer p", ({ textContent }) => textContent), (text) => text === "The next connection that opens shows its code when it closes. For those open now, reload the page.");
        await until(() => stage.page.evaluate("Unwatched !== WebSocket"), Boolean);
        await setFilter(stage, "");
        await openAndEnd(`${server.webSocketUrl}/close?code=4010`);
        await waitForEnds({ "code=4009": /^Closed\.$/, "code=4010": /^4010: closed/ });
        await endObserving();
      });

      it("shows codes and reasons, of pages and of workers, and puts the page’s WebSocket back when it ends", async () => {
        await beginObserving();
        await stage.page.goto(`${server.url}observed`);
        await openAndEnd(`${server.webSocketUrl}/close?code=4001&reason=done%20here`);
        await openAndEnd(`${server.webSocketUrl}/close?after=1`);
        await openAndEnd(`${server.webSocketUrl}/drop?after=2`);
        await stage.page.evaluate(`new Promise((resolve) => { const worker = new Worker("/worker.js"); worker.onmessage = resolve; worker.postMessage('new Promise((r) => { new WebSocket("${server.webSocketUrl}/close?code=4002&reason=worker").onclose = () => r(1); })'); }).then(() => null)`);
        const har = await waitForEnds({
          "code=4001&reason=done%20here": /^4001: closed “done here”/,
          "/close?after=1": /^1005: closed without a code/,
          "/drop?after=2": /^1006: closed without a close frame/,
          "reason=worker": /^4002: closed “worker”/,
        });
        const entry = entryOf(har, "code=4001&reason=done%20here");
        expect(entry._webSocketClose).toEqual({ code: 4001, reason: "done here", timestamp: expect.any(Number) as number });
        expect(entryOf(har, "/close?after=1")._webSocketClose).toMatchObject({ code: 1005, reason: "" });
        expect(entryOf(har, "/drop?after=2")._webSocketClose).toBe("aborted");
        expect(entry._initiator?.stack.callFrames[0]?.url).not.toContain("framescope");
        await endObserving();
        await openAndEnd(`${server.webSocketUrl}/close?code=4003`);
        await waitForEnds({ "code=4003": /^Closed\.$/ });
      });

      it("is gone from a page and its worker once the last view of the tab is closed", async () => {
        await beginObserving();
        const page = await stage.browser.newPage();
        await page.goto(server.url);
        const devtools = await openDevTools(page, stage.extensionId);
        await waitUntilCapturing(await showPanel(devtools, stage.extensionId));
        await page.goto(`${server.url}leaving`);
        await page.evaluate(`globalThis.Wrapped = WebSocket; void (globalThis.worker = new Worker("/worker.js"));`);
        const inWorker = (script: string): Promise<unknown> =>
          page.evaluate(`new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); worker.postMessage(${JSON.stringify(script)}); })`);
        await inWorker("self.Wrapped = WebSocket; null");
        await devtools.close();
        await until(() => page.evaluate("Wrapped !== WebSocket && WebSocket.prototype.constructor === WebSocket"), Boolean);
        await until(() => inWorker("Wrapped !== WebSocket"), Boolean);
        await page.close();
        await changeSettings(stage.panel, { observeClosings: false });
      });

      it("shows the size of a Blob that is sent, which Chrome does not report", async () => {
        await beginObserving();
        await stage.page.goto(`${server.url}blobs`);
        await stage.page.evaluate(`new Promise((resolve) => {
          const socket = new WebSocket("${server.webSocketUrl}/echo?blobs");
          let left = 5;
          socket.onmessage = () => --left || resolve(null);
          socket.onopen = () => { socket.send(new Blob(["x".repeat(1234)])); socket.send("between"); socket.send(new Uint8Array(0)); socket.send(new Blob([])); socket.send(new Blob(["é"])); };
        })`);
        await stage.waitForStatus("Matches", /^10 frames$/);
        const rows = (): Promise<string[][]> =>
          stage.panel.$$eval('[role="grid"] [role="row"]', (all) =>
            all.filter((row) => row.querySelector('[aria-label="sent"]') !== null).map((row) => [row.querySelector('[data-column="size"]')?.textContent ?? "", /not reported/.test(row.textContent) ? "not reported" : "reported"]),
          );
        await expect.poll(rows).toEqual([
          ["1.2 kB", "not reported"],
          ["7 B", "reported"],
          ["unknown", "not reported"],
          ["0 B", "reported"],
          ["2 B", "not reported"],
        ]);
        await changeSettings(stage.panel, { observeClosings: false });
      });

      it("changes nothing that a script can rely on, in a page and in a worker", async () => {
        await stage.page.goto(`${server.url}plain`);
        const without = await behaviours();
        await beginObserving();
        await stage.page.goto(`${server.url}watched`);
        // It is on: a socket of its page has a code.
        await openAndEnd(`${server.webSocketUrl}/close?code=4009`);
        await waitForEnds({ "code=4009": /^4009: closed/ });
        const observed = await behaviours();
        await changeSettings(stage.panel, { observeClosings: false });
        expect(Object.keys(without[0] as object).length).toBeGreaterThan(8);
        expect(observed).toEqual(without);
      });
    });
  });
}
