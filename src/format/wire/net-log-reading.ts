import type { Header } from "../../model/connection.ts";
import { headerValues } from "../../model/headers.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { epochMilliseconds } from "../../model/units.ts";
import { isRecord, numberOf, textOf } from "../har/har-values.ts";
import type { ByteStream, ImportedConnection, ImportInput, ImportSink } from "../import-format.ts";
import { decodeBase64 } from "../reading/base64.ts";
import { GrowingBytes } from "../reading/growing-bytes.ts";
import { JsonFault, JsonReader } from "../reading/json-reader.ts";
import { NO_VALUE, readValue, skipValue } from "../reading/json-value.ts";
import { HeldBytes } from "./held-bytes.ts";
import { parseHead } from "./http-head.ts";
import { RecentMap } from "./recent-map.ts";
import { WebSocketTap, type Side } from "./web-socket-tap.ts";

/** What an event, or the constants, may have of JSON: bytes of a socket come 16 kB at a time. */
const MOST_OF_EVENT = 1 << 26;
const BEGIN = 1;
const END = 2;
const OPCODE_CLOSE = 8;

/** Events that tell of WebSockets (net/log/net_log_event_type_list.h). */
const BYTES: Readonly<Record<string, { readonly side: Side; readonly isSecure: boolean }>> = {
  SOCKET_BYTES_SENT: { side: 0, isSecure: false },
  SOCKET_BYTES_RECEIVED: { side: 1, isSecure: false },
  SSL_SOCKET_BYTES_SENT: { side: 0, isSecure: true },
  SSL_SOCKET_BYTES_RECEIVED: { side: 1, isSecure: true },
};

/** A request that opens a WebSocket, known by its headers and the heads of its frames. */
interface Request {
  known: ImportedConnection;
  connection: number | undefined;
  key: string;
  /** Of the message whose frames are under way, each way: its opcode and bytes. */
  readonly parts: [Part | undefined, Part | undefined];
  closes: number;
}

interface Part {
  readonly opcode: number;
  bytes: number;
}

/**
 * Chrome's own log of its network. With the capture mode “Everything” it holds the bytes of each socket, also those that were
 * encrypted on the wire, and every message; without, the handshakes, and of each frame its head: what it was, and its bytes on the wire.
 */
export class NetLogReading {
  readonly #stream: ByteStream;
  readonly #sink: ImportSink;
  readonly #requests = new RecentMap<number, Request>(MOST_REQUESTS, ({ connection, known }) => connection !== undefined && !known.isClosed && this.#tellMost(MOST_REQUESTS));
  readonly #taps = new RecentMap<string, WebSocketTap>(MOST_TAPS, (tap) => {
    if (tap.isOpen) this.#tellMost(MOST_TAPS);
    tap.end();
  });
  readonly #held = new HeldBytes();
  #hasToldMost = false;
  /** Keys of the handshakes that were heard in bytes: nothing of them is to be told twice. */
  readonly #heard = new Set<string>();
  readonly #bytes = new GrowingBytes(1 << 14);
  /** Names of event types by their numbers. */
  #types = new Map<number, string>();
  #offset = 0;
  #event = -1;

  constructor(input: ImportInput, sink: ImportSink) {
    this.#stream = input.open();
    this.#sink = sink;
  }

  #tellMost(most: number): void {
    if (!this.#hasToldMost) this.#sink.problem(this.#place(), say("import.most-conversations", { most }));
    this.#hasToldMost = true;
  }

  *read(): Generator<void, void, void> {
    try {
      const json = new JsonReader(this.#stream);
      json.openObject();
      for (let key = json.nextKey(true); key !== undefined; key = json.nextKey(false)) {
        if (key === "constants") this.#readConstants(yield* readValue(json, MOST_OF_EVENT));
        else if (key === "events" && json.isList) yield* this.#readEvents(json);
        else yield* skipValue(json);
      }
    } catch (error) {
      if (!(error instanceof JsonFault || error instanceof Refusal)) throw error;
      // Chrome that was ended leaves its log without an end: nothing is missing then but that.
      this.#sink.problem(this.#place(), error.told);
    }
  }

  #place(): string {
    return this.#event < 0 ? "constants" : `events[${this.#event}]`;
  }

  #readConstants(constants: unknown): void {
    if (!isRecord(constants)) return;
    this.#offset = Number(constants["timeTickOffset"] ?? 0);
    const types = constants["logEventTypes"];
    if (isRecord(types)) this.#types = new Map(Object.entries(types).flatMap(([name, number]) => (typeof number === "number" ? [[number, name] as const] : [])));
  }

  *#readEvents(json: JsonReader): Generator<void, void, void> {
    json.openList();
    for (this.#event = 0; json.nextItem(this.#event === 0); this.#event++) {
      const event = yield* readValue(json, MOST_OF_EVENT);
      if (event === NO_VALUE) this.#sink.problem(this.#place(), say("import.no-value"));
      else if (isRecord(event) && isRecord(event["source"])) this.#take(event, event["source"]);
      if (this.#event % 64 === 0) {
        this.#sink.progress(this.#stream.share);
        yield;
      }
    }
  }

  #take(event: Readonly<Record<string, unknown>>, source: Readonly<Record<string, unknown>>): void {
    const name = this.#types.get(numberOf(event["type"]) ?? -1) ?? "";
    const id = numberOf(source["id"]) ?? -1;
    const time = Number(event["time"]) + this.#offset;
    const parameters = isRecord(event["params"]) ? event["params"] : {};
    const bytes = BYTES[name];
    if (bytes !== undefined) return this.#hear(`${bytes.isSecure ? "secure " : ""}${id}`, bytes, textOf(parameters["bytes"]), time);
    if (name === "URL_REQUEST_START_JOB" && event["phase"] === BEGIN) return this.#request(id, textOf(parameters["url"]), textOf(parameters["initiator"]), time);
    const request = this.#requests.get(id);
    if (request === undefined) {
      if (name === "SOCKET_ALIVE" && event["phase"] === END) for (const tap of [this.#taps.get(String(id)), this.#taps.get(`secure ${id}`)]) tap?.close(time);
      return;
    }
    switch (name) {
      case "HTTP_TRANSACTION_SEND_REQUEST_HEADERS":
      case "HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS": {
        const requestHeaders = headersOf(parameters["headers"]);
        request.key = keyOf(requestHeaders);
        request.known = { ...request.known, requestHeaders };
        return;
      }
      case "HTTP_TRANSACTION_READ_RESPONSE_HEADERS":
        return this.#answer(request, parameters["headers"], time);
      case "WEBSOCKET_SENT_FRAME_HEADER":
        return this.#frame(request, 0, parameters, time);
      case "WEBSOCKET_RECV_FRAME_HEADER":
        return this.#frame(request, 1, parameters, time);
      default:
    }
  }

  #hear(name: string, { side, isSecure }: { readonly side: Side; readonly isSecure: boolean }, base64: string, time: number): void {
    if (base64 === "") return;
    this.#bytes.clear();
    this.#bytes.push(ENCODER.encode(base64));
    if (!decodeBase64(this.#bytes)) return this.#sink.problem(`${this.#place()}.params.bytes`, say("import.no-base64"));
    let tap = this.#taps.get(name);
    if (tap === undefined) {
      tap = new WebSocketTap({
        sink: this.#sink,
        held: this.#held,
        place: () => this.#place(),
        isSecure,
        addressOf: () => "",
        found: (headers) => this.#heard.size < MOST_HEARD && this.#heard.add(keyOf(headers)),
      });
      this.#taps.set(name, tap);
    }
    tap.push(side, this.#bytes.taken, time);
  }

  #request(id: number, url: string, initiator: string, time: number): void {
    if (!/^wss?:/i.test(url)) return;
    const known: ImportedConnection = {
      transport: "websocket",
      url,
      startedAt: epochMilliseconds(time),
      requestHeaders: [],
      responseHeaders: [],
      statusText: "",
      isClosed: false,
      notice: say("import.heads-only"),
      ...(URL.canParse(initiator) && { target: { type: "page", url: initiator } }),
    };
    this.#requests.set(id, { known, connection: undefined, key: "", parts: [undefined, undefined], closes: 0 });
  }

  #answer(request: Request, headers: unknown, time: number): void {
    const [startLine = "", ...lines] = Array.isArray(headers) ? (headers as readonly unknown[]).map(textOf) : [];
    const [, code, words = ""] = /^HTTP\/[\d.]+ (\d{3}) ?(.*)$/.exec(startLine) ?? [];
    const status = Number(code ?? 0);
    request.known = { ...request.known, status, statusText: words, responseHeaders: headersOf(lines), answeredAt: epochMilliseconds(time), ...(status >= 300 && { failed: { words: "", hasRow: false } }) };
    this.#describe(request);
  }

  #frame(request: Request, side: Side, parameters: Readonly<Record<string, unknown>>, time: number): void {
    if (this.#heard.has(request.key)) return;
    const opcode = numberOf(parameters["opcode"]) ?? 0;
    const length = numberOf(parameters["payload_length"]) ?? 0;
    const isControl = opcode >= OPCODE_CLOSE;
    // A message of several frames ends with the final one; control frames may stand between them.
    const part = isControl ? { opcode, bytes: 0 } : (request.parts[side] ?? { opcode, bytes: 0 });
    part.bytes += length;
    if (!isControl) request.parts[side] = parameters["final"] === false ? part : undefined;
    if (!isControl && parameters["final"] === false) return;
    this.#describe(request);
    this.#sink.add({ connection: request.connection as number, kind: "message", isReceived: side === 1, opcode: part.opcode, isMasked: parameters["masked"] === true, time, payload: NOTHING, unreported: true, size: part.bytes });
    if (opcode === OPCODE_CLOSE && ++request.closes === 2) {
      request.known = { ...request.known, isClosed: true, closedAt: epochMilliseconds(time) };
      this.#describe(request);
    }
  }

  #describe(request: Request): void {
    if (request.key !== "" && this.#heard.has(request.key)) return;
    request.connection ??= this.#sink.open();
    this.#sink.describe(request.connection, request.known);
  }
}

/** So many sockets are listened to at once, and so many requests are known by their heads. */
const MOST_TAPS = 1 << 13;
const MOST_REQUESTS = 1 << 15;
const MOST_HEARD = 1 << 20;
/** RFC 6455 §4.1: 24 characters. */
const keyOf = (headers: readonly Header[]): string => (headerValues(headers, "sec-websocket-key")[0] ?? "").slice(0, 64);

const NOTHING = new Uint8Array(0);
const ENCODER = new TextEncoder();

const headersOf = (lines: unknown): readonly Header[] => (Array.isArray(lines) ? parseHead(["", ...(lines as readonly unknown[]).map(textOf)].join("\r\n")).headers : []);
