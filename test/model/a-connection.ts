import type { Handshake, Header, WebSocketConnection } from "../../src/model/connection.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";

/** Headers as `Name: value` lines. */
export const headers = (...lines: readonly string[]): readonly Header[] =>
  lines.map((line) => {
    const colon = line.indexOf(": ");
    return { name: line.slice(0, colon), value: line.slice(colon + 2) };
  });

export const CHROME_REQUEST = headers(
  "Host: shop.test:8731",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Origin: http://shop.test:8731",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
);

export const SERVER_RESPONSE = headers(
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
);

/** `base` without the headers that `lines` name, and with `lines` in their stead; `-Name` only takes one out. */
export function withHeaders(base: readonly Header[], ...lines: readonly string[]): readonly Header[] {
  const gone = new Set(lines.map((line) => (line.startsWith("-") ? line.slice(1) : line.slice(0, line.indexOf(":"))).toLowerCase()));
  return [
    ...base.filter(({ name }) => !gone.has(name.toLowerCase())),
    ...headers(...lines.filter((line) => !line.startsWith("-"))),
  ];
}

/** A handshake as Chrome and an ordinary server make it, one second after the capture's clock began. */
export function aConnection(change: Partial<WebSocketConnection> = {}, handshake: Partial<Handshake> = {}): WebSocketConnection {
  return {
    transport: "websocket",
    id: connectionId(1),
    targetKey: "page",
    url: "ws://shop.test:8731/feed",
    seenFromStart: true,
    state: "open",
    handshake: {
      requestTime: monotonicSeconds(1),
      requestHeaders: CHROME_REQUEST,
      responseTime: monotonicSeconds(1.02),
      status: 101,
      statusText: "Switching Protocols",
      responseHeaders: SERVER_RESPONSE,
      ...handshake,
    },
    ...change,
  };
}
