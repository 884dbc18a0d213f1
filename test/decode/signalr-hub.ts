import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { Direction } from "../../src/model/frame.ts";

const END = "\u001e";

/** A frame of SignalR's JSON: each message ended by 0x1E. */
export const records = (...values: readonly object[]): string => values.map((value) => JSON.stringify(value) + END).join("");

interface HubMessage {
  readonly protocol?: string;
  readonly type?: number;
  readonly target?: string;
  readonly invocationId?: string;
}

/**
 * A server that speaks SignalR's hub protocol in JSON, often several messages in a frame. `Fail` fails, a stream has two
 * items, anything else is answered in a frame of three.
 */
export async function startHub(heard: (direction: Direction, text: string) => void = () => {}): Promise<{ readonly url: string; close(): void }> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (socket) => {
    const say = (...values: readonly object[]): void => {
      const text = records(...values);
      heard("received", text);
      socket.send(text);
    };
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      heard("sent", text);
      for (const record of text.split(END).slice(0, -1)) {
        const { protocol, type, target, invocationId } = JSON.parse(record) as HubMessage;
        if (protocol !== undefined) say({});
        else if (type === 4) say({ type: 2, invocationId, item: 1 }, { type: 2, invocationId, item: 2 }, { type: 3, invocationId });
        else if (target === "Fail") say({ type: 3, invocationId, error: "no such order" });
        else if (invocationId !== undefined) say({ type: 1, target: "price", arguments: [{ sym: "BTC-USD", px: 64012.5 }] }, { type: 3, invocationId, result: { ok: true, orderId: "a71f0c9e" } }, { type: 6 });
      }
    });
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hub`, close: () => server.close() };
}
