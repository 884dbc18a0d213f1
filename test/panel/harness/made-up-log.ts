import type { ConnectionItem, ConnectionRow } from "../../../src/contract/connections.ts";
import type { HandshakeView } from "../../../src/contract/inspect.ts";
import type { WebSocketConnection } from "../../../src/model/connection.ts";
import type { FrameRow } from "../../../src/contract/rows.ts";
import type { RowKind } from "../../../src/model/frame.ts";
import { byteLength, connectionId, epochMilliseconds, frameIndex, milliseconds } from "../../../src/model/units.ts";
import { say } from "../../../src/model/said.ts";

const START = Date.UTC(2026, 10, 20, 12, 31, 4, 218);
const SYMBOLS = ["BTCUSD", "ETHUSD", "SOLUSD", "XRPUSD"];

/** A number that looks arbitrary and is the same on every run. */
const arbitrary = (i: number): number => ((Math.imul(i + 1, 2654435761) >>> 0) % 1000) / 1000;

const timeOf = (i: number): number => START + i * 3.7 + arbitrary(i) * 3;

export function textAt(i: number): string {
  const symbol = SYMBOLS[i % 4] as string;
  const price = (64000 + arbitrary(i) * 40).toFixed(2);
  if (i % 7 === 3) return `{"sym":"${symbol}","side":"buy","qty":0.1,"clientOrderId":"a71f0c9e-${i}"}`;
  if (i % 11 === 5) return `42["order:placed",{"ok":true,"orderId":"a71f…","px":${price},"note":null}]`;
  return `{"id":${8123377 + i},"sym":"${symbol}","side":"${i % 2 ? "buy" : "sell"}","px":${price},"qty":${(arbitrary(i * 3) * 3).toFixed(3)}}`;
}

function kindAt(i: number): RowKind {
  if (i % 5000 === 0) return i === 0 ? "navigation" : "error";
  if (i % 5000 === 1 || i % 5000 === 9) return "open";
  if (i % 5000 === 14) return "close";
  if (i % 5000 === 18) return "navigation";
  if (i % 5000 === 21) return "pause";
  return i % 41 === 33 ? "error" : "message";
}

/** What a decoder would say of message `i`. */
function decodedAt(i: number, isBinary: boolean): Pick<FrameRow, "label" | "messageKind" | "pair"> {
  if (isBinary) return { label: "binary", messageKind: null, pair: null };
  const latency = milliseconds(12 + arbitrary(i) * 80);
  if (i % 7 === 3) return { label: "order:place", messageKind: "request", pair: { role: "request", latency: i % 3 === 0 ? null : latency } };
  if (i % 11 === 5) return { label: "ack 17", messageKind: "answer", pair: { role: "answer", latency } };
  if (i % 17 === 8) return { label: "error", messageKind: "error", pair: null };
  if (i % 19 === 4) return { label: "ping", messageKind: "heartbeat", pair: null };
  return { label: i % 4 === 0 ? "text" : "trade", messageKind: i % 4 === 0 ? null : "event", pair: null };
}

const EVENT_TEXT: Record<Exclude<RowKind, "message">, string> = {
  navigation: "http://localhost:5173/orders",
  error: "One or more reserved bits are on: reserved1 = 0, reserved2 = 1, reserved3 = 1",
  open: "Open: 101 Switching Protocols, graphql-transport-ws",
  close: "Closed",
  report: "Transcript: All 3 sent.",
  pause: "Recording went on again after a pause in which 1,204 frames passed by",
};

/** Row `i` of a log without an end. `find`: text to mark. */
export function rowAt(i: number, find: string): FrameRow {
  const kind = kindAt(i);
  const base = {
    index: frameIndex(i),
    connection: connectionId((i % 4) + 1),
    line: connectionId((i % 4) + 1),
    transport: "websocket" as const,
    url: CONNECTION_URLS[i % 4] ?? "",
    messageKind: null,
    sequence: null,
    protocol: null,
    origin: i % 31 === 7 ? ("user" as const) : ("page" as const),
    ruled: null,
    pair: null,
    highlight: null,
    pinned: false,
    note: "",
    messages: 0,
    matching: null,
    firstMatch: 0,
    isUnfolded: false,
    cells: {},
    message: null,
    time: epochMilliseconds(timeOf(i)),
    sinceStart: milliseconds(timeOf(i) - timeOf(0)),
    sinceNavigation: i < 18 ? null : milliseconds(timeOf(i) - timeOf(18)),
    delta: i === 0 ? null : milliseconds(timeOf(i) - timeOf(i - 1)),
  };
  if (kind !== "message") {
    return { ...base, kind, direction: null, label: kind, preview: EVENT_TEXT[kind], marks: [], size: null };
  }
  const isBlob = i % 97 === 40;
  const isBinary = i % 13 === 6 || isBlob;
  const preview = isBlob ? "Payload not reported by Chrome (a Blob was sent, or an empty binary message)" : isBinary ? `\u0084¥event¤tick£seqÎ${i}` : textAt(i);
  return {
    ...base,
    kind,
    direction: i % 7 === 3 || isBlob ? "sent" : "received",
    ...decodedAt(i, isBinary),
    preview,
    marks: marksOf(preview, find),
    size: isBlob ? null : byteLength(isBinary ? 2048 + (i % 1000) : preview.length),
  };
}

function marksOf(text: string, find: string): number[] {
  const marks: number[] = [];
  if (find === "") return marks;
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(find); at !== -1; at = lower.indexOf(find, at + find.length)) {
    marks.push(at, at + find.length);
  }
  return marks;
}

const CONNECTION_URLS = ["ws://localhost:3001/socket.io/?EIO=4&transport=websocket", "ws://localhost:4000/graphql", "ws://localhost:4000/admin", "wss://feed.example:8443/stream?symbols=all"] as const;

const connection = (id: number, part: Partial<ConnectionRow>): ConnectionRow => ({
  id: connectionId(id),
  root: connectionId(id),
  times: 1,
  openedAt: "localhost:5173",
  url: "ws://localhost:3001/",
  transport: "websocket",
  subprotocol: "",
  seenFromStart: true,
  state: "open",
  ending: "",
  frames: 0,
  bytes: byteLength(0),
  rate: 0,
  ...part,
});

export const TARGETS: Readonly<Record<string, Pick<ConnectionItem<"target">, "targetType" | "targetName">>> = {
  page: { targetType: "page", targetName: "localhost:5173" },
  worker: { targetType: "worker", targetName: "feed.js" },
  frame: { targetType: "frame", targetName: "chat.example" },
};

export const targetOf = (id: number): string => (id < 4 ? "page" : id === 4 ? "worker" : "frame");

/** Connection `id` of as many as one likes, from 1, in a log of so many frames; every third past the first ones has ended. */
export function connectionAt(id: number, frames: number): ConnectionRow {
  switch (id) {
    case 1:
      return connection(1, { url: CONNECTION_URLS[0], frames: Math.floor(frames / 57), rate: 312 });
    case 2:
      return connection(2, { url: CONNECTION_URLS[1], subprotocol: "graphql-transport-ws", frames: 1204, rate: 4 });
    case 3:
      return connection(3, { url: CONNECTION_URLS[2], state: "failed", ending: "Error during WebSocket handshake: Unexpected response code: 403", end: { kind: "failed", status: 403 } });
    case 4:
      return connection(4, { url: CONNECTION_URLS[3], frames, rate: 5120 });
    case 5:
      return connection(5, { url: "wss://chat.example/ws", state: "closed", ending: "Closed", end: { kind: "closed", code: null, hasUnknownCode: true }, frames: 86 });
    case 6:
      return connection(6, { url: "wss://chat.example/presence", state: "connecting" });
    default:
      return connection(id, {
        url: `wss://many.example/socket/${id}`,
        frames: id,
        ...(id % 3 === 0 && { state: "closed", ending: "Closed", end: { kind: "closed", code: 1000, hasUnknownCode: false } }),
      });
  }
}

export const HANDSHAKE: Omit<HandshakeView, "connection"> & { readonly connection: Omit<WebSocketConnection, "id"> } = {
  connection: {
    transport: "websocket",
    targetKey: "page",
    url: "wss://feed.example:8443/stream?symbols=all",
    seenFromStart: true,
    state: "open",
    initiator: { functionName: "connect", url: "http://localhost:5173/src/feed.ts", line: 41, column: 18 },
    handshake: {
      status: 101,
      statusText: "Switching Protocols",
      requestHeaders: [
        { name: "Host", value: "feed.example:8443" },
        { name: "Connection", value: "Upgrade" },
        { name: "Upgrade", value: "websocket" },
        { name: "Origin", value: "http://localhost:5173" },
        { name: "Sec-WebSocket-Version", value: "13" },
        { name: "Sec-WebSocket-Key", value: "dGhlIHNhbXBsZSBub25jZQ==" },
        { name: "Sec-WebSocket-Protocol", value: "graphql-transport-ws" },
        { name: "Sec-WebSocket-Extensions", value: "permessage-deflate; client_max_window_bits" },
        { name: "Cookie", value: "session=0c9e5b1d4a609f1e2f7f9a0c1d11; theme=dark" },
        {
          name: "User-Agent",
          value: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
        },
      ],
      responseHeaders: [
        { name: "Connection", value: "Upgrade" },
        { name: "Upgrade", value: "websocket" },
        { name: "Sec-WebSocket-Accept", value: "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" },
        { name: "Sec-WebSocket-Protocol", value: "graphql-transport-ws" },
        { name: "Sec-WebSocket-Extensions", value: "permessage-deflate" },
      ],
      responseText:
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
    },
  },
  report: {
    findings: [
      { title: "Sec-WebSocket-Accept", verdict: "ok", said: [say("handshake.accept-ok", { value: "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" })] },
      { title: say("handshake.subprotocol"), verdict: "ok", said: [say("handshake.subprotocol-chosen", { name: say("join.quoted", { text: "graphql-transport-ws" }) })] },
      { title: "permessage-deflate", verdict: "note", said: [say("handshake.deflate"), say("handshake.deflate-keep")] },
      { title: "Sec-WebSocket-Version", verdict: "ok", said: [say("handshake.version-ok")] },
      { title: "Origin", verdict: "note", said: [say("handshake.origin-cross-site", { origin: say("join.quoted", { text: "http://localhost:5173" }) }), say("handshake.origin-risk")] },
      { title: "Sec-WebSocket-Extensions", verdict: "problem", said: [say("handshake.deflate-not-agreed", { parameter: "client_no_context_takeover" })] },
      { title: say("handshake.encryption"), verdict: "unknown", said: [say("handshake.ws-local")] },
    ],
  },
  target: "page",
  startedAt: epochMilliseconds(START),
  took: milliseconds(12.4),
  cookieNames: ["session", "theme"],
};
