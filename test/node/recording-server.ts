import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { IncomingHttpHeaders } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";

export interface RecordedConnection {
  readonly headers: IncomingHttpHeaders;
  readonly subprotocol: string;
  readonly messages: (string | Buffer)[];
}

export interface RecordingServer {
  readonly url: string;
  readonly port: number;
  /** All that were opened, as the server saw them. */
  readonly connections: readonly RecordedConnection[];
  readonly close: () => Promise<void>;
}

export interface ServerParts {
  /** The status of a handshake that is refused. */
  readonly refuses?: (headers: IncomingHttpHeaders) => number | undefined;
  readonly answer?: (socket: WebSocket, message: string | Buffer) => void;
}

/** A real WebSocket server that records what it is told: headers and messages. */
export async function recordingServer({ refuses = () => undefined, answer = () => {} }: ServerParts = {}): Promise<RecordingServer> {
  const connections: RecordedConnection[] = [];
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: (offered) => [...offered][0] ?? false,
    verifyClient: ({ req }, done) => {
      const status = refuses(req.headers);
      done(status === undefined, status);
    },
  });
  await once(server, "listening");
  server.on("connection", (socket, { headers }) => {
    const connection: RecordedConnection = { headers, subprotocol: socket.protocol, messages: [] };
    connections.push(connection);
    socket.on("message", (data: Buffer, isBinary) => {
      const message = isBinary ? data : data.toString();
      connection.messages.push(message);
      answer(socket, message);
    });
  });
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `ws://127.0.0.1:${port}/`, port, connections, close };
}

/** Answers JSON-RPC: a login with a token, another one each time, all else only where it brings the token of the last. */
export function loginServer(): NonNullable<ServerParts["answer"]> {
  let token = "";
  let logins = 0;
  return (socket, message) => {
    const { id, method, params } = JSON.parse(String(message)) as { readonly id: number; readonly method: string; readonly params: { readonly token?: string } };
    if (method === "login") token = `drawn-${++logins}-by-the-server`;
    const answer = method === "login" ? { result: { token } } : params.token === token ? { result: { ok: true } } : { error: { code: 1, message: "no such token" } };
    socket.send(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
  };
}
