import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

export interface Arrived {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly messages: { readonly data: string | Buffer; readonly at: number }[];
}

export interface RecordingServer {
  readonly port: number;
  /** What came to this path, of which there must be one connection. */
  of(path: string): Arrived;
  end(): Promise<void>;
}

interface Expectations {
  /** How many messages come. */
  readonly expected: (path: string) => number;
  /** Whether signs of life are answered, and closing frames; by whom they are not, the server hangs up. */
  readonly answers: (path: string) => boolean;
  readonly ping: string;
  readonly pong: string;
}

/**
 * Writes down what clients send. Once `expected` messages of a connection came it asks for a sign of life, waits for the
 * answer, says goodbye in text and in bytes, and closes.
 */
export async function startRecordingServer({ expected, answers, ping, pong }: Expectations): Promise<RecordingServer> {
  const arrived = new Map<string, Arrived[]>();
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: (offered) => [...offered][0] ?? false });
  server.on("connection", (socket, { url = "", headers }) => {
    const [path = ""] = url.split("?");
    const one: Arrived = { url, headers, messages: [] };
    arrived.set(path, [...(arrived.get(path) ?? []), one]);
    const end = (): void => {
      socket.send("goodbye “you”");
      socket.send(Buffer.from([0x00, 0xff, 0x41]), () => answers(path) || socket.terminate());
      socket.close(1000, "enough");
    };
    const advance = (): void => {
      if (one.messages.length < expected(path)) return;
      if (answers(path)) socket.send(ping);
      else end();
    };
    socket.on("message", (data, isBinary) => {
      const text = isBinary ? (data as Buffer) : (data as Buffer).toString();
      if (text === pong) return end();
      one.messages.push({ data: text, at: performance.now() });
      advance();
    });
    advance();
  });
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    of: (path) => {
      const found = arrived.get(path) ?? [];
      if (found.length !== 1) throw new Error(`${found.length} connections came to ${path}.`);
      return found[0] as Arrived;
    },
    end: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, "close");
    },
  };
}
