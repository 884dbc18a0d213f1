/**
 * `node scripts/proxied-har.mjs har_dump.py mitmproxy.har`: a client speaks to the load server through mitmproxy, and the HAR that
 * mitmproxy makes of it is written to that file of test/fixtures/imports. The script named is mitmproxy's own
 * `examples/contrib/har_dump.py`: of version 9 for mitmproxy.har, and for mitmproxy-8.har the one that Debian 12 has
 * (/usr/share/doc/mitmproxy), which leaves the messages out.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { startLoadServer } from "../demo/load-server.mjs";
import { closeServer, createLoopbackServer, listenOnLoopback } from "../demo/loopback-server.mjs";
import { installPackages } from "./debian-packages.mjs";
import { runScript } from "./lifetime.mjs";
import { ROOT } from "./set-up.mjs";

const FOLDER = fileURLToPath(new URL("test/fixtures/imports/", ROOT));
/** What the other files of test/fixtures/imports hold too. */
const SAID = ['{"op":"subscribe","id":1}', Uint8Array.of(0, 0xff, 1), "漢字 😀", "x".repeat(3000), '{"op":"subscribe","id":2}', "bye"];
const STARTS_WITHIN_MS = 30_000;

await runScript(async (lifetime) => {
  const [script, file] = process.argv.slice(2);
  if (script === undefined || file === undefined) throw new Error("Name mitmproxy's har_dump.py and the file to write.");
  if (spawnSync("mitmdump", ["--version"]).status !== 0) await installPackages(["mitmproxy"], { signal: lifetime.signal });
  const folder = await mkdtemp(join(tmpdir(), "framescope-mitmproxy-"));
  lifetime.defer(() => rm(folder, { recursive: true }));
  const server = await startLoadServer();
  lifetime.defer(() => server.close());
  const port = await freePort();
  const proxy = spawn("mitmdump", ["--quiet", "--listen-host", "127.0.0.1", "--listen-port", String(port), "--set", `confdir=${folder}`, "-s", resolve(script), "--set", `hardump=${join(FOLDER, file)}`], { stdio: ["ignore", "inherit", "inherit"] });
  lifetime.defer(() => proxy.kill());
  const { host } = new URL(server.url);
  const open = async (/** @type {string} */ path) => {
    const socket = await tunnel(port, host);
    return new WebSocket(`${server.webSocketUrl}${path}`, { createConnection: () => socket });
  };

  const echo = await open("/echo?token=1");
  await once(echo, "open");
  for (const message of SAID) {
    echo.send(message);
    await once(echo, "message");
  }
  echo.close(4002, "as asked");
  await once(echo, "close");
  const fragments = await open("/fragments?count=2&parts=3&size=300");
  let heard = 0;
  fragments.on("message", () => {
    if (++heard === 2) fragments.close(1000);
  });
  await once(fragments, "close");
  await once(await open("/burst?count=3&size=64&binary=1&close=1"), "close");

  // It writes the file as it ends.
  const ended = once(proxy, "close");
  proxy.kill("SIGINT");
  await ended;
});

async function freePort() {
  const server = createLoopbackServer(() => {});
  const port = await listenOnLoopback(server);
  await closeServer(server);
  return port;
}

/**
 * A connection through the proxy, which may still be starting.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<import("node:stream").Duplex>}
 */
async function tunnel(port, host) {
  const ends = performance.now() + STARTS_WITHIN_MS;
  for (;;) {
    const asked = request({ host: "127.0.0.1", port, method: "CONNECT", path: host }).end();
    const socket = await once(asked, "connect").then(([, connected]) => connected, () => undefined);
    if (socket !== undefined) return socket;
    if (performance.now() > ends) throw new Error("mitmdump does not listen.");
    await wait(100);
  }
}
