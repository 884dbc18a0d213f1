import { Aedes } from "aedes";
import { encode } from "@msgpack/msgpack";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWebSocketStream, WebSocketServer } from "ws";
import { startDemo } from "../../demo/demo-server.mjs";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { clickOn, setFilter } from "../../scripts/panel-actions.mjs";
import { startHub } from "../decode/signalr-hub.ts";
import { shownDuration } from "./shown-duration.ts";
import { until, type Begin, type Stage } from "./stage.ts";

/** What the page sends, and what the message holds that answers it. */
interface Step {
  readonly send?: string | readonly number[];
  readonly answer: string;
}

/** A talk, of which the last step is measured. */
interface Talk {
  readonly type: string;
  readonly url: string;
  readonly protocols: readonly string[];
  readonly steps: readonly Step[];
}

let server: LoadServer;
let demo: Awaited<ReturnType<typeof startDemo>>;
let broker: Awaited<ReturnType<typeof Aedes.createBroker>>;
let mqtt: WebSocketServer;
let hub: Awaited<ReturnType<typeof startHub>>;
let stage: Stage;
const relays: Server[] = [];
const relayed = new Set<Socket>();

/** What a server says is handed on so many milliseconds later: no answer can come sooner. */
const LATE_MS = 40;

/** The same address by way of a relay. */
async function late(url: string): Promise<string> {
  const address = new URL(url);
  const { port, hostname } = address;
  const relay = createServer((page) => {
    const there = connect(Number(port), hostname);
    for (const socket of [page, there]) relayed.add(socket.on("error", () => socket.destroy()).on("close", () => relayed.delete(socket)));
    page.pipe(there);
    there.on("data", (chunk) => setTimeout(() => page.destroyed || page.write(chunk), LATE_MS));
    there.on("end", () => setTimeout(() => page.end(), LATE_MS));
  });
  relays.push(relay.listen(0, "127.0.0.1"));
  await once(relay, "listening");
  address.port = String((relay.address() as AddressInfo).port);
  return address.href;
}

const ascii = (text: string): number[] => [...Buffer.from(text)];
/** MQTT 3.1.1 §3.1 and §3.8. */
const CONNECT = [0x10, 16, 0, 4, ...ascii("MQTT"), 4, 2, 0, 60, 0, 4, ...ascii("desk")];
const SUBSCRIBE = [0x82, 11, 0, 1, 0, 6, ...ascii("orders"), 1];
const END = "\u001e";

function talks(): readonly Talk[] {
  const desk = demo.url.replace("http", "ws");
  return [
    { type: "order:cancel", url: `${desk}socket.io/?EIO=4&transport=websocket`, protocols: [], steps: [{ answer: '0{"sid"' }, { send: "40/orders,", answer: "40/orders,{" }, { send: '42/orders,0["order:cancel",1]', answer: "43/orders,0[" }] },
    { type: "Portfolio", url: `${desk}graphql`, protocols: ["graphql-transport-ws"], steps: [{ send: '{"type":"connection_init"}', answer: "connection_ack" }, { send: '{"id":"1","type":"subscribe","payload":{"query":"query Portfolio { portfolio { cash } }"}}', answer: '"next"' }] },
    { type: "watch", url: `${desk}book`, protocols: [], steps: [{ send: [...encode({ op: "watch", id: 7, sym: "ETH-USD" })], answer: "watching" }] },
    { type: "PlaceOrder", url: hub.url.replace("http", "ws"), protocols: [], steps: [{ send: `{"protocol":"json","version":1}${END}`, answer: `{}${END}` }, { send: `{"type":1,"invocationId":"1","target":"PlaceOrder","arguments":[]}${END}`, answer: '"type":3' }] },
    { type: "SUBSCRIBE", url: `ws://127.0.0.1:${(mqtt.address() as AddressInfo).port}/mqtt`, protocols: ["mqtt"], steps: [{ send: CONNECT, answer: "\u0020\u0002" }, { send: SUBSCRIBE, answer: "\u0090\u0003\0\u0001\u0001" }] },
  ];
}

/** Milliseconds of the last step, as the page itself measured them. */
const measure = ({ url, protocols, steps }: Talk): Promise<number> =>
  stage.page.evaluate(
    async (address, subprotocols, all) => {
      const socket = new WebSocket(address, subprotocols);
      socket.binaryType = "arraybuffer";
      let heard = "";
      let listen = (): void => {};
      socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
        heard += typeof data === "string" ? data : String.fromCharCode(...new Uint8Array(data));
        listen();
      };
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      let took = 0;
      for (const { send, answer } of all) {
        const began = performance.now();
        if (send !== undefined) {
          heard = "";
          socket.send(typeof send === "string" ? send : Uint8Array.from(send));
        }
        await new Promise<void>((resolve) => {
          listen = () => {
            if (heard.includes(answer)) resolve();
          };
          listen();
        });
        took = performance.now() - began;
      }
      socket.close();
      return took;
    },
    url,
    [...protocols],
    steps.map(({ send, answer }) => ({ answer, send: typeof send === "string" || send === undefined ? send : [...send] })),
  );

export function describeProtocolLatencies(begin: Begin): void {
  describe("what is spoken is named, and its answers are timed", () => {
    beforeAll(async () => {
      server = await startLoadServer();
      demo = await startDemo();
      hub = await startHub();
      broker = await Aedes.createBroker();
      mqtt = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "mqtt" });
      await once(mqtt, "listening");
      mqtt.on("connection", (socket, request) => broker.handle(createWebSocketStream(socket), request));
      stage = await begin(server.url);
    });
    afterAll(async () => {
      for (const relay of relays) relay.close();
      for (const socket of relayed) socket.destroy();
      for (const socket of mqtt.clients) socket.terminate();
      mqtt.close();
      broker.close();
      hub.close();
      await demo.close();
      await server.close();
    });

    it("labels and latencies of Socket.IO, GraphQL, MessagePack, SignalR and MQTT are what their page measured", async () => {
      const measured = new Map<string, number>();
      for (const talk of talks()) measured.set(talk.type, await measure({ ...talk, url: await late(talk.url) }));
      await setFilter(stage, "is:request");
      // Until its answer is paired, a request has none.
      const shown = await until(
        () =>
          stage.panel.$$eval('[aria-label="Frames"] [role="row"][data-place]', (all) =>
            all.map((row) => [row.querySelector<HTMLElement>('[data-column="type"]')?.innerText.trim() ?? "", row.querySelector<HTMLElement>('[data-column="latency"]')?.innerText.trim() ?? ""] as const),
          ),
        (rows) => [...measured.keys()].every((type) => rows.some(([label, latency]) => label === type && shownDuration(latency) !== undefined)),
      );
      for (const [type, latency] of shown) {
        const most = measured.get(type);
        const found = shownDuration(latency);
        if (most === undefined || found === undefined) continue;
        // The frame is told after the page sends, and before it hears.
        expect(found.milliseconds, type).toBeGreaterThanOrEqual(LATE_MS - found.rounding - 2);
        expect(found.milliseconds, type).toBeLessThanOrEqual(most + found.rounding + 1);
      }
    });

    it("a subscription says how many answers came, and after how long", async () => {
      const subscription = '{"id":"1","type":"subscribe","payload":{"query":"subscription Holdings { portfolio(everyMs: 30) { cash } }"}}';
      const another = { send: '{"type":"ping"}', answer: '"next"' };
      const steps: readonly Step[] = [{ send: '{"type":"connection_init"}', answer: "connection_ack" }, { send: subscription, answer: '"next"' }, another, another, { send: '{"id":"1","type":"complete"}', answer: "" }];
      await measure({ type: "Holdings", url: `${demo.url.replace("http", "ws")}graphql`, protocols: ["graphql-transport-ws"], steps });
      await setFilter(stage, "is:request type:Holdings");
      await stage.waitForStatus("Matches", /^1 of /);
      await clickOn(stage.panel, '[aria-label="Frames"] [role="row"][data-place]');
      // They are counted as they are decoded.
      const answersIn = (text: string): number => Number(/(\d+) answers in [\d.,]+ m?s, the first after [\d.,]+ m?s/.exec(text)?.[1] ?? 0);
      await until(() => stage.panel.$eval(".pair", (pair) => pair.textContent ?? ""), (text) => answersIn(text) >= 3);
    });
  });
}
