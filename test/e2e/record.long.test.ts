import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { runHere } from "../node/run-framescope.ts";
import { differences, entryOf, recordOf, until, type Har } from "./stage.ts";

const PAGE = `<!doctype html><html lang="en"><title>Recorded</title><link rel="icon" href="data:,"><script type="module">
  const open = (path) => new WebSocket(location.origin.replace("http", "ws") + path);
  const { data } = await (await fetch("/token")).json();
  // Chrome answers a server's closing before the page has heard what came before it.
  const heardAll = [open("/close?token=" + data.token), open("/burst?count=3000&size=200&binary=1&close=1")].map((socket) => new Promise((resolve) => (socket.onclose = resolve)));
  const echo = open("/echo?from=page");
  echo.onopen = () => { echo.send("over and out"); echo.send(new Uint8Array([0, 255, 128])); };
  let heard = 0;
  echo.onmessage = () => ++heard === 2 && Promise.all(heardAll).then(() => echo.close(4001, "enough"));
  new Worker("/worker.js?from=worker");
  new SharedWorker("/worker.js?from=shared-worker");
  const frame = document.createElement("iframe");
  frame.src = location.origin.replace("127.0.0.1", "localhost") + "/frame";
  document.body.append(frame);
</script>`;
/** The page opens its first connection with it. */
const TOKEN = "Zk3vQ8xT1mW9yR5bN7cL2pHs";
const WORKER = `const socket = new WebSocket(location.origin.replace("http", "ws") + "/echo" + location.search); socket.onopen = () => socket.send("from a worker"); socket.onmessage = () => socket.close();`;
const FRAME = `<!doctype html><script>const socket = new WebSocket(location.origin.replace("http", "ws") + "/echo?from=frame"); socket.onopen = () => socket.send("from another site"); socket.onmessage = () => socket.close();</script>`;
const PATHS = ["/burst?count=3000&size=200&binary=1&close=1", "/echo?from=page", "/echo?from=worker", "/echo?from=shared-worker", "/echo?from=frame"];

/** For a browser to start, a page to load and all of its connections to end, on a machine that does much else. */
const MOST_WAIT_MS = 90_000;

let server: LoadServer;
let folder: string;
beforeAll(async () => {
  server = await startLoadServer({ pages: { "/page": PAGE, "/worker.js": WORKER, "/frame": FRAME, "/token": JSON.stringify({ data: { token: TOKEN } }) } });
  folder = await mkdtemp(join(tmpdir(), "framescope-record-"));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

it("records what the server saw of a page, its workers and frames in a Chrome of its own, close codes where it observes them, and the answer that gave a token", async () => {
  const { path } = await findBrowser();
  server.record.connections = [];
  const out = join(folder, "out.framescope");
  // A page closes only what it has heard to the end; where it does not, what was recorded until then tells what is missing.
  const isOver = until(() => server.record.connections.map(({ closed }) => closed), (all) => all.length === PATHS.length + 1 && !all.includes(null), MOST_WAIT_MS).then(() => {}, () => {});
  const { code, err } = await runHere(["record", `${server.url}page`, "-o", out, "--observe-closings", "--chrome", path], undefined, isOver);
  expect(err).toContain(`Wrote ${out}: 3,010 frames`);
  expect(code).toBe(0);
  const har = JSON.parse((await runHere(["convert", out, "-", "--to", "har"])).out) as Har;
  for (const recorded of PATHS) expect(differences(entryOf(har, recorded), recordOf(server, recorded)), recorded).toEqual([]);
  expect(entryOf(har, "/echo?from=page")._webSocketClose).toMatchObject({ code: 4001, reason: "enough" });
  // A script of the file takes it anew, though it stands in no place of it.
  const script = await runHere(["code", out, "--connection", "1", "--as", "python-websocket-client"]);
  expect(script.out).toContain(`# From GET ${server.url}token → .data.token`);
  expect([script.err, script.out.includes(TOKEN), (await readFile(out)).includes(TOKEN)]).toEqual(["", false, false]);
});
