import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { WebSocket, WebSocketServer, type PerMessageDeflateOptions } from "ws";
import type { Sent } from "./packets.ts";

export type SocketMessage = string | Uint8Array;

interface Talk {
  readonly deflate: boolean | PerMessageDeflateOptions;
  /** What the client sends; the server sends each back. */
  readonly messages: readonly SocketMessage[];
  /** The client sends them in fragments. */
  readonly fragments?: boolean;
}

const START = 1_795_175_556;

const listening = (server: Server): Promise<number> => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));

/** What really goes over a TCP connection when a real client and a real server speak, with a ping and a close. */
export async function recordSocket({ deflate, messages, fragments = false }: Talk): Promise<Sent[]> {
  const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: deflate });
  sockets.on("connection", (socket) => socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary })));
  await new Promise((resolve) => sockets.once("listening", resolve));
  const sent: Sent[] = [];
  const note = (byClient: boolean, bytes: Uint8Array): void => void sent.push({ byClient, bytes: Uint8Array.from(bytes), time: START + sent.length / 100 });
  const tap = createServer((client) => {
    const server = connect((sockets.address() as AddressInfo).port, "127.0.0.1");
    client.on("data", (bytes: Buffer) => {
      note(true, bytes);
      server.write(bytes);
    });
    server.on("data", (bytes: Buffer) => {
      note(false, bytes);
      client.write(bytes);
    });
    client.on("close", () => server.destroy());
    server.on("close", () => client.destroy());
  });
  const port = await listening(tap);
  const client = new WebSocket(`ws://127.0.0.1:${port}/feed?token=1`, ["v1"], { perMessageDeflate: deflate, origin: "http://page.test" });
  await new Promise((resolve) => client.once("open", resolve));
  client.ping("are you there");
  await new Promise((resolve) => client.once("pong", resolve));
  for (const message of messages) {
    const back = new Promise((resolve) => client.once("message", resolve));
    if (fragments && message.length > 1) {
      client.send(message.slice(0, 1), { fin: false, binary: typeof message !== "string" });
      client.send(message.slice(1), { fin: true, binary: typeof message !== "string" });
    } else client.send(message);
    await back;
  }
  const closed = new Promise((resolve) => client.once("close", resolve));
  client.close(4001, "enough");
  await closed;
  tap.close();
  await new Promise((resolve) => sockets.close(resolve));
  return sent;
}
