import { writeFile } from "node:fs/promises";

export interface HarConnection {
  readonly url: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** What the page sent begins with ↑. */
  readonly messages: readonly string[];
  /** They are base64 of bytes. */
  readonly isBinary?: boolean;
}

const headersOf = (headers: Readonly<Record<string, string>>): object[] => Object.entries(headers).map(([name, value]) => ({ name, value }));

/** A HAR with these connections, a message a millisecond. */
export async function writeHar(path: string, connections: readonly HarConnection[]): Promise<string> {
  const entries = connections.map(({ url, requestHeaders = {}, messages, isBinary = false }, i) => ({
    startedDateTime: new Date(1_800_000_000_000 + i).toISOString(),
    _resourceType: "websocket",
    request: { method: "GET", url, headers: headersOf(requestHeaders), cookies: [], queryString: [] },
    response: { status: 101, statusText: "Switching Protocols", headers: headersOf({ Upgrade: "websocket" }), cookies: [] },
    _webSocketMessages: messages.map((text, at) => ({ type: text.startsWith("↑") ? "send" : "receive", time: 1_800_000_000 + (at + 1) / 1000, opcode: isBinary ? 2 : 1, data: text.replace(/^↑/, "") })),
  }));
  await writeFile(path, JSON.stringify({ log: { version: "1.2", entries } }));
  return path;
}
