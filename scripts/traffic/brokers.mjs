/** Servers that are programs of their own: Debian's packages of them. */
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { listen, versions } from "./recorder.mjs";
import { rabbit, running } from "./running.mjs";

/** @typedef {import("./recorder.mjs").Recorder} Recorder */

/** @param {Recorder} recorder */
export async function recordAmqp(recorder) {
  await talkAmqp(recorder);
  const version = await rabbit("rabbitmq_amqp1_0", (port) => `listeners.tcp.1 = 127.0.0.1:${port}\n`, (port) => talkInTransfers(recorder, port));
  return `${version}, ${versions("rhea")}`;
}

/**
 * A message that the broker has to cut into several transfers, since the client takes short frames only. RabbitMQ speaks AMQP over
 * TCP: between it and the client stands what Azure's gateways are, a socket for a socket.
 * @param {Recorder} recorder
 * @param {number} port
 */
async function talkInTransfers({ WebSocket }, port) {
  const { default: rhea } = await library("rhea");
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server, handleProtocols: () => "amqp" });
  sockets.on("connection", (socket) => {
    const broker = connect(port, "127.0.0.1");
    socket.on("message", (data) => broker.write(/** @type {Buffer} */ (data)));
    broker.on("data", (data) => socket.send(data));
    broker.on("close", () => socket.close());
    socket.on("close", () => broker.destroy());
  });
  const client = rhea.create_container();
  const connection = client.connect({ connection_details: rhea.websocket_connect(WebSocket)(`${url}/amqp`, ["amqp"]), container_id: "desk", username: "guest", password: "guest", reconnect: false, max_frame_size: 512 });
  const sender = connection.open_sender("/queue/books");
  await once(sender, "sendable");
  const bids = Array.from({ length: 60 }, (_, i) => [64_000 - i, i + 1]);
  sender.send({ body: rhea.message.data_section(Buffer.from(JSON.stringify({ sym: "BTC-USD", bids }))) });
  await once(sender, "accepted");
  const receiver = connection.open_receiver("/queue/books");
  await once(receiver, "message");
  await setTimeout(100);
  connection.close();
  await once(connection, "connection_close");
  sockets.close();
  server.close();
}

/** @param {Recorder} recorder */
async function talkAmqp({ WebSocket }) {
  const { default: rhea } = await library("rhea");
  const broker = rhea.create_container();
  const client = rhea.create_container();
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server, handleProtocols: () => "AMQPWSB10" });
  sockets.on("connection", (socket) => broker.websocket_accept(socket, { container_id: "broker" }));
  broker.on("message", (/** @type {any} */ { message, delivery }) => { if (message.body.qty > 0) delivery.accept(); else delivery.reject({ condition: "amqp:not-allowed" }); });
  const connection = client.connect({ connection_details: rhea.websocket_connect(WebSocket)(`${url}/$servicebus/websocket`, ["AMQPWSB10"]), container_id: "desk", reconnect: false, idle_time_out: 120 });
  const sender = connection.open_sender("orders");
  await once(sender, "sendable");
  for (const qty of [2, 0]) {
    sender.send({ body: { sym: "BTC-USD", qty } });
    await once(sender, qty > 0 ? "accepted" : "rejected");
  }
  await setTimeout(150);
  connection.close();
  await once(connection, "connection_close");
  sockets.close();
  server.close();
}

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

/** @param {Recorder} recorder */
export function recordJupyter(recorder) {
  /** Asks for no subprotocol, and so is answered in JSON. */
  class InJson extends recorder.WebSocket {
    /** @param {string} url */
    constructor(url) {
      super(url, []);
    }
  }
  return talkJupyter(InJson, async (kernel) => {
    await kernel.requestExecute({ code: "print('東京'); 6 * 7" }).done;
    await kernel.requestExecute({ code: "1 / 0" }).done;
  });
}

/** As the client asks by itself; a widget's data comes in a buffer. @param {Recorder} recorder */
export const recordJupyterBinary = (recorder) =>
  talkJupyter(recorder.WebSocket, async (kernel) => {
    await kernel.requestExecute({ code: "from ipykernel.comm import Comm; Comm(target_name='prices', data={'n': 2}, buffers=[b'\\x01\\xff'])" }).done;
    await kernel.requestExecute({ code: "1 / 0" }).done;
  });

/**
 * @param {Recorder["WebSocket"]} WebSocket
 * @param {(kernel: any) => Promise<void>} talk
 */
async function talkJupyter(WebSocket, talk) {
  const { KernelManager, ServerConnection } = await library("@jupyterlab/services");
  const version = await running("jupyter-server", (port, folder) => ({
    file: join(folder, "jupyter_server_config.py"),
    text: "",
    args: ["--no-browser", "--allow-root", `--port=${port}`, "--ip=127.0.0.1", "--ServerApp.token=token", `--ServerApp.root_dir=${folder}`],
  }), async (port) => {
    const serverSettings = ServerConnection.makeSettings({ baseUrl: `http://127.0.0.1:${port}/`, wsUrl: `ws://127.0.0.1:${port}/`, token: "token", appendToken: true, WebSocket });
    const kernels = new KernelManager({ serverSettings });
    const kernel = await kernels.startNew({ name: "python3" });
    await kernel.info;
    await talk(kernel);
    await kernel.shutdown();
    kernels.dispose();
  }, ["jupyter-server", "python3-ipykernel"]);
  return `${version}, ${versions("@jupyterlab/services")}`;
}
