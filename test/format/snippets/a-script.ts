import type { Decoder } from "../../../src/decode/decoder.ts";
import { makeScript, type ScriptOptions } from "../../../src/format/snippets/make-script.ts";
import type { ScriptMessage } from "../../../src/format/snippets/script-message.ts";
import type { Script } from "../../../src/format/snippets/script.ts";
import type { Header, WebSocketConnection } from "../../../src/model/connection.ts";
import type { Direction } from "../../../src/model/frame.ts";
import type { HttpExchange } from "../../../src/model/http-exchange.ts";
import { connectionId, monotonicSeconds } from "../../../src/model/units.ts";

/** What Chrome sends when a page opens a socket. */
export const CHROME_HEADERS: readonly Header[] = [
  { name: "Accept-Encoding", value: "gzip, deflate, br, zstd" },
  { name: "Accept-Language", value: "en-US,en;q=0.9" },
  { name: "Cache-Control", value: "no-cache" },
  { name: "Connection", value: "Upgrade" },
  { name: "Cookie", value: "session=8f14e45fceea167a5a36dedd4bea2543; theme=dark" },
  { name: "Host", value: "stream.shop.test" },
  { name: "Origin", value: "https://shop.test" },
  { name: "Pragma", value: "no-cache" },
  { name: "Sec-WebSocket-Extensions", value: "permessage-deflate; client_max_window_bits" },
  { name: "Sec-WebSocket-Key", value: "dGhlIHNhbXBsZSBub25jZQ==" },
  { name: "Sec-WebSocket-Protocol", value: "v2.feed, v1.feed" },
  { name: "Sec-WebSocket-Version", value: "13" },
  { name: "Upgrade", value: "websocket" },
  { name: "User-Agent", value: "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0" },
];

export const aConnection = (url: string, requestHeaders: readonly Header[] = CHROME_HEADERS): WebSocketConnection => ({
  transport: "websocket",
  id: connectionId(3),
  targetKey: "page",
  url,
  seenFromStart: true,
  state: "open",
  openedAt: monotonicSeconds(100),
  handshake: { requestHeaders, responseHeaders: [], status: 101 },
});

export interface ShortMessage {
  readonly sent?: string | Uint8Array;
  readonly received?: string | Uint8Array;
  /** Seconds since the opening. */
  readonly at?: number;
  readonly isHeartbeat?: boolean;
}

export const someMessages = (messages: readonly ShortMessage[]): readonly ScriptMessage[] =>
  messages.map(({ sent, received, at = 0, isHeartbeat = false }, i) => {
    const data = sent ?? received ?? "";
    const direction: Direction = sent === undefined ? "received" : "sent";
    return { number: i + 1, direction, opcode: typeof data === "string" ? 1 : 2, payload: typeof data === "string" ? new TextEncoder().encode(data) : data, time: monotonicSeconds(100 + at), isHeartbeat, isChosen: true };
  });

export function aScript({ connection = aConnection("wss://stream.shop.test/feed?token=k7Yw3pQz9LmN2xRt&v=2#top"), messages = [], decoder, exchanges = [], ...options }: Partial<ScriptOptions> & { readonly exchanges?: readonly HttpExchange[]; readonly decoder?: Decoder; readonly connection?: WebSocketConnection; readonly messages?: readonly ShortMessage[] } = {}): Script {
  return makeScript({ connection, messages: someMessages(messages), isFromOpening: true, decoder, notes: [], exchanges, openedAt: undefined, findEarlier: () => undefined }, { withSecrets: false, withPauses: true, side: "client", fetches: () => true, hears: true, ...options });
}
