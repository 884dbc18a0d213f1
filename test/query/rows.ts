import fc from "fast-check";
import { JSON_KINDS, keyText, readJson, type JsonDocument } from "../../src/decode/json/json-document.ts";
import { eventBits, messageBits, type FrameBits } from "../../src/model/frame.ts";
import { PAIR_STATES, type ConnectionFacts, type DecodedFacts, type QueryContext } from "../../src/query/query-row.ts";
import { NO_LABEL, type MessageReader, type ScanPiece } from "../../src/query/scan/piece.ts";

/** A row as a test makes it up. */
export interface MadeRow {
  readonly bits: FrameBits;
  readonly bytes: Uint8Array;
  readonly time: number;
  readonly connection: number;
  readonly pair: number;
  readonly latency: number | null;
  readonly isPinned: boolean;
  readonly label: string | null;
}

export const CONTEXT: QueryContext = {
  start: 100,
  now: 130,
  anchors: [{ monotonic: 100 as never, wallTime: Date.UTC(2026, 0, 5, 23, 59, 50) / 1000 }],
  utcOffset: 60,
  searchesUrls: true,
};

export const CONNECTIONS: readonly ConnectionFacts[] = [
  { id: 0, url: "", targetType: null, targetName: "", targetUrl: "", subprotocol: "", decoder: "" },
  { id: 1, url: "wss://feed.example.com/ticker?v=2", targetType: "page", targetName: "shop.example.com", targetUrl: "https://shop.example.com/", subprotocol: "", decoder: "json" },
  { id: 2, url: "ws://localhost:8080/px", targetType: "service worker", targetName: "sw.js", targetUrl: "http://localhost:8080/sw.js", subprotocol: "graphql-transport-ws", decoder: "" },
  { id: 3, url: "ws://user@a.b/sock", targetType: "worker", targetName: "worker.js", targetUrl: "", subprotocol: "v12.stomp", decoder: "" },
];

/** Decodes JSON only: an object's `type`, `topic` and `id` are what their names say. */
export const READER: MessageReader = {
  isPlainJson: (connection) => connection.id !== 3,
  decode: ({ text }) => {
    const value = parseExactly(text());
    return value === undefined ? undefined : factsOf(value);
  },
};

/** A decoder that has nothing to do with the text, for connections that are not plain JSON. */
export function factsOf(value: unknown): DecodedFacts {
  const body = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const text = (key: string): string => (typeof body[key] === "string" ? body[key] : "");
  return { decoder: "json", label: text("type"), topic: text("topic"), id: text("id"), isHeartbeat: text("type") === "ping", isJson: true, value };
}

/** As a decoder reads JSON: integers that a double cannot hold become bigints. Undefined for what is no JSON. */
export function parseExactly(text: string): unknown {
  const read = readJson(text);
  return "document" in read ? valueOf(read.document, 0) : undefined;
}

function valueOf(document: JsonDocument, node: number): unknown {
  const { source, from, to, kinds, ends } = document;
  const literal = source.slice(from[node], to[node]);
  const children: number[] = [];
  for (let child = node + 1; child < (ends[node] ?? 0); child = ends[child] ?? 0) children.push(child);
  switch (JSON_KINDS[kinds[node] ?? 0]) {
    case "array":
      return children.map((child) => valueOf(document, child));
    case "object": {
      const entries = children.map((child): [string, unknown] => [keyText(document, child) ?? "", valueOf(document, child)]);
      return Object.fromEntries(entries);
    }
    case "number":
      return /^-?\d+$/.test(literal) && !Number.isSafeInteger(Number(literal)) ? BigInt(literal) : Number(literal);
    default:
      return JSON.parse(literal);
  }
}

/** Rows as a piece for the scan thread. */
export function pieceOf(rows: readonly MadeRow[], firstIndex = 0): ScanPiece {
  let at = 0;
  const labels = [...new Set(rows.flatMap(({ label }) => label ?? []))];
  return {
    rows: Uint32Array.from(rows, (_, i) => firstIndex + i),
    bits: Uint16Array.from(rows, ({ bits }) => bits),
    times: Float64Array.from(rows, ({ time }) => time),
    sizes: Uint32Array.from(rows, ({ bytes }) => bytes.length),
    connectionOf: Uint32Array.from(rows, ({ connection }) => connection),
    connections: CONNECTIONS,
    pairs: Uint8Array.from(rows, ({ pair }) => pair),
    latencies: Float64Array.from(rows, ({ latency }) => latency ?? Number.NaN),
    pinned: Uint8Array.from(rows, ({ isPinned }) => (isPinned ? 1 : 0)),
    labelOf: Uint32Array.from(rows, ({ label }) => (label === null ? NO_LABEL : labels.indexOf(label))),
    labels,
    payload: {
      ends: Uint32Array.from(rows, ({ bytes }) => (at += bytes.length)),
      bytes: Uint8Array.from(rows.flatMap(({ bytes }) => [...bytes])),
    },
  };
}

export function textRow(text: string, changes: Partial<MadeRow> = {}): MadeRow {
  return {
    bits: messageBits("received", 1, false, false),
    bytes: new TextEncoder().encode(text),
    time: 100,
    connection: 1,
    pair: 0,
    latency: null,
    isPinned: false,
    label: null,
    ...changes,
  };
}

const smallJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      fc.constantFrom<unknown>("a", "px", "5", "64001", "Straße", "K", "sſ", 'q"\\', ",", null, true, false, ""),
      fc.constantFrom<unknown>(0, 5, -1.5, 64001, 1e21, 12345678901234567),
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("px", "a", "b c", ",", 'k"', "é", "type", "id", "topic", "__proto__"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** JSON as it may come: with spaces, escapes, a key twice, or cut off. */
const jsonText = fc
  .tuple(smallJson, fc.constantFrom("", " ", "\n  "), fc.constantFrom("plain", "escaped", "twice", "cut"))
  .map(([value, space, form]) => {
    const text = JSON.stringify(value, null, space);
    if (form === "escaped") return text.replace(/px/g, String.raw`\u0070x`);
    if (form === "twice") return text.replace("{", '{"px": 99999, ');
    return form === "cut" ? text.slice(0, -1) : text;
  });

const payload = fc.oneof(
  jsonText.map((text) => new TextEncoder().encode(text)),
  fc.string({ unit: fc.constantFrom("a", "B", "p", "x", "px", "K", "ſ", "é", "汉", "😀", " ", "\uFFFD", "\uFEFF") }).map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 6 }),
  fc.constantFrom(Uint8Array.of(0xe6, 0xb1), Uint8Array.of(0x89), Uint8Array.of(0xff, 0x61), new Uint8Array(0)),
);

const bits = fc.oneof(
  fc.constantFrom(messageBits("sent", 1, true, false), messageBits("received", 1, false, false), messageBits("received", 2, false, false), messageBits("sent", 2, false, true)),
  fc.constantFrom(eventBits("open"), eventBits("close"), eventBits("error"), eventBits("navigation"), eventBits("pause")),
);

export const madeRow: fc.Arbitrary<MadeRow> = fc.record({
  bits,
  bytes: payload,
  time: fc.constantFrom(100, 105, 109.5, 110, 111, 125, 129),
  connection: fc.nat(CONNECTIONS.length - 1),
  pair: fc.nat(PAIR_STATES.length - 1),
  latency: fc.option(fc.constantFrom(0, 5, 100, 2500)),
  isPinned: fc.boolean(),
  label: fc.constantFrom(null, null, "trade", "a"),
});
