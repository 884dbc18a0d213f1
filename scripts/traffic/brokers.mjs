/** Servers that are programs of their own: Debian's packages of them. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { canInstall, installPackages } from "../debian-packages.mjs";
import { library } from "./libraries/library.mjs";
import { versions } from "./recorder.mjs";

/** @typedef {import("./recorder.mjs").Recorder} Recorder */

/** @param {Recorder} recorder */
export async function recordNats(recorder) {
  const { wsconnect } = await library("@nats-io/nats-core");
  const version = await running("nats-server", (port, folder) => ({
    file: join(folder, "nats.conf"),
    text: `listen: 127.0.0.1:-1\nping_interval: "60ms"\nwebsocket { host: "127.0.0.1", port: ${port}, no_tls: true }\n`,
    args: ["-c", join(folder, "nats.conf")],
  }), async (port) => {
    globalThis.WebSocket = /** @type {any} */ (recorder.WebSocket);
    const client = await wsconnect({ servers: `ws://127.0.0.1:${port}`, reconnect: false });
    const answers = client.subscribe("orders.place", { callback: (/** @type {unknown} */ _, /** @type {any} */ message) => message.respond(JSON.stringify({ ok: true, order: 7 })) });
    await client.request("orders.place", JSON.stringify({ sym: "BTC-USD", qty: 2 }), { timeout: 2000 });
    client.publish("prices.BTC-USD", "64012.5");
    await client.request("orders.none", "", { timeout: 2000 }).catch(() => {});
    await setTimeout(150);
    answers.unsubscribe();
    await client.close();
  });
  return `${version}, ${versions("@nats-io/nats-core")}`;
}

/** @param {Recorder} recorder */
export async function recordXmpp(recorder) {
  const { client: makeClient, xml } = await library("@xmpp/client");
  const version = await running("prosody", (port, folder) => ({
    file: join(folder, "prosody.cfg.lua"),
    text: `run_as_root = true\ndata_path = "${folder}"\npidfile = "${folder}/pid"\nlog = { error = "*console" }\nc2s_ports = {}\ns2s_ports = {}\nhttp_ports = { ${port} }\nhttp_interfaces = { "127.0.0.1" }\nhttps_ports = {}\nconsider_websocket_secure = true\nc2s_require_encryption = false\nauthentication = "anonymous"\nmodules_enabled = { "websocket", "roster", "saslauth", "disco", "ping" }\nVirtualHost "localhost"\n`,
    args: ["--config", join(folder, "prosody.cfg.lua"), "-F"],
  }), async (port) => {
    globalThis.WebSocket = /** @type {any} */ (recorder.WebSocket);
    const client = makeClient({ service: `ws://127.0.0.1:${port}/xmpp-websocket`, domain: "localhost" });
    client.on("error", () => {});
    await client.start();
    await client.send(xml("presence"));
    await client.iqCaller.request(xml("iq", { type: "get", to: "localhost" }, xml("ping", "urn:xmpp:ping")));
    await client.iqCaller.request(xml("iq", { type: "get", to: "localhost" }, xml("query", "jabber:iq:nothing"))).catch(() => {});
    const heard = new Promise((resolve) => client.on("stanza", (/** @type {any} */ stanza) => { if (stanza.is("message")) resolve(stanza); }));
    await client.send(xml("message", { type: "chat", to: String(client.jid) }, xml("body", {}, "東京")));
    await heard;
    await client.stop();
  });
  return `${version}, ${versions("@xmpp/client")}`;
}

/**
 * Runs a server while something talks to it, and answers its name and version.
 * @param {string} name Of the package and of its program.
 * @param {(port: number, folder: string) => { file: string, text: string, args: readonly string[] }} configure
 * @param {(port: number) => Promise<void>} talk
 * @param {readonly string[]} packages All that it needs.
 */
async function running(name, configure, talk, packages = [name]) {
  if (packages.some((one) => spawnSync("dpkg-query", ["-W", one]).status !== 0) && (await canInstall())) await installPackages(packages);
  const folder = await mkdtemp(join(tmpdir(), "framescope-fixtures-"));
  const port = await freePort();
  const { file, text, args } = configure(port, folder);
  await writeFile(file, text);
  const server = spawn(name, args, { stdio: "ignore" });
  try {
    for (let tries = 0; tries < 200 && !(await listens(port)); tries++) await setTimeout(100);
    await talk(port);
  } finally {
    server.kill("SIGKILL");
    await once(server, "exit");
    await rm(folder, { recursive: true, force: true });
  }
  const packaged = spawnSync("dpkg-query", ["-W", "-f", "${Version}", name], { encoding: "utf8" }).stdout;
  return `${name} ${packaged.replace(/[-+].*/, "")}`;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  return port;
}

/** @param {number} port @returns {Promise<boolean>} */
const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => { socket.destroy(); resolve(true); });
    socket.on("error", () => resolve(false));
  });

/** @param {Recorder} recorder */
export async function recordJupyter(recorder) {
  const { KernelManager, ServerConnection } = await library("@jupyterlab/services");
  const version = await running("jupyter-server", (port, folder) => ({
    file: join(folder, "jupyter_server_config.py"),
    text: "",
    args: ["--no-browser", "--allow-root", `--port=${port}`, "--ip=127.0.0.1", "--ServerApp.token=token", `--ServerApp.root_dir=${folder}`],
  }), async (port) => {
    /** Asks for no subprotocol, and so is answered in JSON. */
    class InJson extends recorder.WebSocket {
      /** @param {string} url */
      constructor(url) {
        super(url, []);
      }
    }
    const serverSettings = ServerConnection.makeSettings({ baseUrl: `http://127.0.0.1:${port}/`, wsUrl: `ws://127.0.0.1:${port}/`, token: "token", appendToken: true, WebSocket: InJson });
    const kernels = new KernelManager({ serverSettings });
    const kernel = await kernels.startNew({ name: "python3" });
    await kernel.info;
    await kernel.requestExecute({ code: "print('東京'); 6 * 7" }).done;
    await kernel.requestExecute({ code: "1 / 0" }).done;
    await kernel.shutdown();
    kernels.dispose();
  }, ["jupyter-server", "python3-ipykernel"]);
  return `${version}, ${versions("@jupyterlab/services")}`;
}
