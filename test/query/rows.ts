import fc from "fast-check";
import { lendJson, readJson } from "../../src/decode/json/read-json.ts";
import { FIRST_NAME, TextCodes } from "../../src/log/kept-texts.ts";
import { eventBits, kindOf, messageBits, withOrigin, type FrameBits } from "../../src/model/frame.ts";
import { MESSAGE_KINDS } from "../../src/model/message-kind.ts";
import { VALUE_KINDS, type ValueDocument } from "../../src/model/value-document.ts";
import { PAIR_STATES, type ConnectionFacts, type DecodedFacts, type QueryContext } from "../../src/query/query-row.ts";
import type { MessageReader, ScanPiece } from "../../src/query/scan/piece.ts";

/** A row as a test makes it up. */
export interface MadeRow {
  readonly bits: FrameBits;
  readonly bytes: Uint8Array;
  readonly time: number;
  readonly connection: number;
  readonly pair: number;
  readonly latency: number | null;
  readonly isPinned: boolean;
  /** What decoders said of it in order, and its connection, where the test does not leave that to this file. */
  readonly said?: DecodedFacts | null;
  readonly of?: ConnectionFacts;
}

export const CONTEXT: QueryContext = {
  start: 100,
  now: 130,
  anchors: [{ monotonic: 100 as never, wallTime: Date.UTC(2026, 0, 5, 23, 59, 50) / 1000 }],
  utcOffset: 60,
  searchesUrls: true,
};

export const CONNECTIONS: readonly ConnectionFacts[] = [
  { id: 0, url: "", targetType: null, targetName: "", targetUrl: "", subprotocol: "" },
  { id: 1, url: "wss://feed.example.com/ticker?v=2", targetType: "page", targetName: "shop.example.com", targetUrl: "https://shop.example.com/", subprotocol: "" },
  { id: 2, url: "ws://localhost:8080/px", targetType: "service worker", targetName: "sw.js", targetUrl: "http://localhost:8080/sw.js", subprotocol: "graphql-transport-ws" },
  { id: 3, url: "ws://user@a.b/sock", targetType: "worker", targetName: "worker.js", targetUrl: "", subprotocol: "v12.stomp" },
];

/**
 * Decodes JSON only: an object's `type`, `topic` and `id` are what their names say. On connection 3 a decoder of another
 * name does it, which does not promise plain JSON.
 */
export const READER: MessageReader = {
  plainJson: new Set(["json"]),
  decode: ({ bytes, connection }) => decodeJson(bytes, connection.id),
  derivedText: () => undefined,
  lendJson: (bytes, from, to) => lendJson(bytes, from, to).document,
};

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export function decodeJson(bytes: Uint8Array, connection: number): DecodedFacts | undefined {
  const { document: value, problem } = readJson(bytes);
  const isWhole = value !== undefined && (problem === undefined || problem.reason === "mark" || problem.reason === "tail" || problem.reason === "several");
  if (!isWhole) {
    if (decoder.decode(bytes)[0] !== "{" || connection === 3) return undefined;
    // As a decoder does on a connection that has sent JSON before: what begins like it is JSON, broken.
    return { decoder: "json", label: "broken", kind: "error", id: undefined, answers: undefined, topic: undefined, value, isJson: false };
  }
  const body = looseOf(value, 0);
  const textAt = (key: string): string => {
    const found = typeof body === "object" && body !== null && "entries" in body ? body.entries.findLast(([name]) => name === key)?.[1] : undefined;
    return typeof found === "string" ? found : "";
  };
  const isPlain = connection !== 3;
  return {
    decoder: isPlain ? "json" : "other",
    label: textAt("type"),
    kind: textAt("type") === "ping" ? "heartbeat" : "event",
    id: textAt("id") === "" ? undefined : textAt("id"),
    answers: textAt("a") === "" ? undefined : textAt("a"),
    topic: textAt("topic") === "" ? undefined : textAt("topic"),
    value,
    isJson: isPlain,
  };
}

/** A value with nothing lost: numbers as they were written, keys in order and each time that they come. */
export type Loose = string | boolean | null | { readonly literal: string } | { readonly list: readonly Loose[] } | { readonly entries: readonly (readonly [string, Loose])[] };

export function looseOf(document: ValueDocument, node: number): Loose {
  const children: number[] = [];
  for (let child = node + 1; child < document.endOf(node); child = document.endOf(child)) children.push(child);
  switch (VALUE_KINDS[document.kindOf(node)]) {
    case "array":
      return { list: children.map((child) => looseOf(document, child)) };
    case "object":
      return { entries: children.map((child) => [document.keyOf(child) ?? "", looseOf(document, child)] as const) };
    case "bytes":
      return { list: [] };
    case "number":
      return { literal: document.textOf(node) };
    default:
      return JSON.parse(document.jsonOf(node)) as Loose;
  }
}

/** Each of the values that a message holds. */
export function looseRoots(document: ValueDocument | undefined): Loose[] {
  const roots: Loose[] = [];
  if (document === undefined) return roots;
  for (let root = 0; root < document.count; root = document.endOf(root)) roots.push(looseOf(document, root));
  return roots;
}

export function decodedOf(row: MadeRow): DecodedFacts | undefined {
  if (row.said !== undefined) return row.said ?? undefined;
  return kindOf(row.bits) === "message" ? decodeJson(row.bytes, row.connection) : undefined;
}

/** Rows as a piece for the scan thread. `isDecoded`: decoding has reached them. */
export function pieceOf(rows: readonly MadeRow[], firstIndex = 0, isDecoded = true): ScanPiece {
  let at = 0;
  const facts = rows.map(decodedOf);
  const names = ["", ...new Set(facts.flatMap((one) => one?.label ?? []))];
  const decoderIds = ["other", "json"];
  const topics = codesOf(facts.map((one) => one?.topic));
  const ids = codesOf([...facts.map((one) => one?.id), ...facts.map((one) => one?.answers)]);
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
    decoded: isDecoded
      ? {
          names,
          decoderIds,
          labels: Uint32Array.from(facts, (one) => names.indexOf(one?.label ?? "")),
          kinds: Uint8Array.from(facts, (one) => (one === undefined ? 0 : MESSAGE_KINDS.indexOf(one.kind) + 1)),
          sequences: new Uint8Array(facts.length),
          decoders: Uint8Array.from(facts, (one) => decoderIds.indexOf(one?.decoder ?? "") + 1),
          texts: {
            topics: topics.codes,
            topicNames: topics.names,
            ids: ids.codes.slice(0, rows.length),
            answers: ids.codes.slice(rows.length),
            idNames: ids.names,
          },
        }
      : null,
    messages: null,
    payload: {
      ends: Uint32Array.from(rows, ({ bytes }) => (at += bytes.length)),
      bytes: Uint8Array.from(rows.flatMap(({ bytes }) => [...bytes])),
    },
    derived: new Map(),
  };
}

function codesOf(texts: readonly (string | undefined)[]): { readonly codes: Uint32Array<ArrayBuffer>; readonly names: readonly string[] } {
  const codes = new TextCodes();
  const names = Array.from({ length: FIRST_NAME }, () => "");
  return { codes: Uint32Array.from(texts, (text) => codes.codeOf(text, names)), names };
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
    ...changes,
  };
}

const smallJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      fc.constantFrom<unknown>("a", "ping", "trade", "px", "5", "64001", "Straße", "K", "sſ", 'q"\\', ",", null, true, false, ""),
      fc.constantFrom<unknown>(0, 5, -1.5, 64001, 1e21, 12345678901234568),
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("px", "a", "b c", ",", 'k"', "é", "type", "id", "topic", "__proto__"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** JSON as it may come: with spaces, escapes, a key twice, or cut off. */
const jsonText = fc
  .tuple(smallJson, fc.constantFrom("", " ", "\n  "), fc.constantFrom("plain", "escaped", "twice", "cut", "long", "more", "mark"))
  .map(([value, space, form]) => {
    const text = JSON.stringify(value, null, space);
    if (form === "escaped") return text.replace(/px/g, String.raw`\u0070x`);
    if (form === "long") return text.replace(/:\s*5\b/, ": 5.0000000000000000000001").replace("64001", "64001e0").replace("12345678901234568", "12345678901234567");
    if (form === "more") return `${text}\n{"px": 64001}`;
    if (form === "mark") return `\uFEFF${text}`;
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
  fc.constantFrom(messageBits("sent", 1, true, false), messageBits("received", 1, false, false), messageBits("received", 2, false, false), messageBits("sent", 2, false, true), withOrigin(messageBits("sent", 1, true, false), "user"), withOrigin(messageBits("received", 1, false, false), "rule")),
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
});
