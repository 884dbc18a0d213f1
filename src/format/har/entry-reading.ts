import { headerValues } from "../../model/headers.ts";
import type { Header } from "../../model/connection.ts";
import { say } from "../../model/said.ts";
import { epochMilliseconds } from "../../model/units.ts";
import type { ByteStream, ImportedConnection, ImportSink } from "../import-format.ts";
import { JsonFault, JsonReader } from "../reading/json-reader.ts";
import { NO_VALUE, readValue, skipValue } from "../reading/json-value.ts";
import type { HarPlace } from "./har-place.ts";
import { httpExchange, isTextType } from "./http-exchange.ts";
import { closeOf, dateOf, headersOf, initiatorOf, isRecord, numberOf, targetOf, textOf } from "./har-values.ts";
import { MessageReader } from "./message-reader.ts";
import { readTime, type EntryRows } from "./read-times.ts";

/** What an entry says beside messages and contents. */
const MOST_OF_ENTRY = 1 << 20;
/** Of an answer that may have given what a connection uses. */
const MOST_OF_ANSWER = 2 << 20;
const TO_UTF8 = new TextEncoder();
/** Messages between two words of how far it is. */
const PROGRESS_EVERY = 256;

interface EntryEdges {
  /** A file that is packed beside the HAR. */
  readonly beside: (name: string) => ByteStream | undefined;
  readonly progress: () => void;
  /** Framescope wrote it. */
  readonly isOwn: boolean;
  /** Who wrote it has a list of messages only where there is one. */
  readonly listsNoNone: boolean;
}

/** One entry of a HAR. Its keys may come in any order: what they say together is told at its end. */
export class EntryReading {
  readonly #json: JsonReader;
  readonly #sink: ImportSink;
  readonly #place: HarPlace;
  readonly #messages: MessageReader;
  readonly #edges: EntryEdges;
  readonly #said = new Map<string, unknown>();
  readonly #request = new Map<string, unknown>();
  readonly #response = new Map<string, unknown>();
  readonly #content = new Map<string, unknown>();
  #connection: number | undefined;
  #isStream = false;
  readonly #from: number;
  #first = NaN;
  #hasMessages = false;
  #hasToldOfMessages = false;
  #hasError = false;
  /** All of it was read, and nothing of its messages, not even that they cannot be. */
  #isSilent = false;

  constructor(json: JsonReader, sink: ImportSink, place: HarPlace, messages: MessageReader, edges: EntryEdges) {
    this.#json = json;
    this.#sink = sink;
    this.#place = place;
    this.#messages = messages;
    this.#edges = edges;
    this.#from = sink.rows;
  }

  *read(): Generator<void, void, void> {
    const json = this.#json;
    json.openObject();
    for (let key = json.nextKey(true); key !== undefined; key = json.nextKey(false)) {
      this.#place.field(key);
      switch (key) {
        case "_webSocketMessages":
        case "_eventSourceMessages":
          yield* this.#readMessages(key);
          break;
        case "_reports":
          this.#addReports(yield* readValue(json, MOST_OF_ENTRY));
          break;
        case "request":
          yield* this.#readPart(this.#request, ["url", "headers"], { method: readShort, postData: readShort });
          break;
        case "response":
          yield* this.#readPart(this.#response, ["status", "statusText", "headers", "_error", "_failureText"], { content: () => this.#readContent() });
          break;
        case "startedDateTime":
        case "pageref":
        case "timings":
        case "_initiator":
        case "_target":
        case "_resourceType":
        case "_webSocketClose":
          this.#keep(this.#said, key, yield* readValue(json, MOST_OF_ENTRY));
          break;
        case "time":
          this.#said.set(key, yield* readValue(json, MOST_OF_ENTRY));
          break;
        default:
          yield* skipValue(json);
      }
    }
    this.#place.list("");
    this.#isSilent = this.#connection === undefined && !this.#edges.listsNoNone && !this.#hasToldOfMessages && !this.#content.has("_file");
    yield* this.#readAttached();
  }

  /** Tells what was read of it, also of a part of it; undefined where it is no entry of a WebSocket or a stream of events. */
  end(pages: ReadonlyMap<string, string>): EntryRows | undefined {
    if (this.#connection === undefined && !this.#isOfInterest()) {
      const exchange = httpExchange({ said: this.#said, request: this.#request, response: this.#response, content: this.#content });
      if (exchange !== undefined) this.#sink.answer(exchange);
      return undefined;
    }
    this.#connection ??= this.#sink.open();
    if (this.#isSilent && this.#isAnswered()) this.#sink.problem(this.#place.path(), say("import.no-messages"));
    const date = dateOf(this.#said.get("startedDateTime"));
    if (date === undefined && this.#said.has("startedDateTime")) this.#sink.problem(this.#place.path("startedDateTime"), say("import.no-date"));
    // So Framescope says that it is not known.
    const started = date === 0 ? undefined : date;
    this.#sink.describe(this.#connection, this.#describe(started, pages));
    return { from: this.#from, to: this.#sink.rows, started, first: this.#first };
  }

  *#readMessages(key: string): Generator<void, void, void> {
    const json = this.#json;
    if (!json.isList) {
      const value = yield* readValue(json, 16);
      // So mitmproxy says that it is no WebSocket.
      if (value === null) return;
      this.#hasToldOfMessages = true;
      return this.#sink.problem(this.#place.path(), say("import.no-list"));
    }
    this.#connection ??= this.#sink.open();
    this.#isStream = key === "_eventSourceMessages";
    this.#place.list(key);
    const list = { connection: this.#connection, isStream: this.#isStream, isOwn: this.#edges.isOwn };
    json.openList();
    for (let number = 0; json.nextItem(number === 0); number++) {
      this.#place.message(number);
      yield* this.#messages.read(list);
      this.#note(this.#messages);
      if (number % PROGRESS_EVERY === 0) this.#edges.progress();
      yield;
    }
    this.#place.list("");
  }

  /** What became of transcripts that were run on it: rows, where Framescope wrote the file. */
  #addReports(reports: unknown): void {
    if (!this.#edges.isOwn || !Array.isArray(reports)) return;
    for (const report of reports as readonly unknown[]) {
      if (!isRecord(report) || typeof report["text"] !== "string") continue;
      this.#connection ??= this.#sink.open();
      this.#sink.add({ connection: this.#connection, kind: "report", isReceived: false, opcode: 0, time: readTime(report["time"]) ?? NaN, payload: TO_UTF8.encode(report["text"]) });
    }
  }

  #note({ wasError, lastTime }: MessageReader): void {
    if (wasError) this.#hasError = true;
    else this.#hasMessages = true;
    if (Number.isNaN(this.#first)) this.#first = lastTime;
  }

  /** Playwright can put the messages into a file beside the HAR, a line each. */
  *#readAttached(): Generator<void, void, void> {
    const name = this.#content.get("_file");
    if (this.#connection !== undefined || typeof name !== "string") return;
    if (!this.#isOfInterest()) return this.#readAnswer(name);
    this.#place.field("response.content._file");
    const stream = this.#edges.beside(name);
    if (stream === undefined) return this.#sink.problem(this.#place.path(), say("import.no-attached", { name }));
    this.#connection = this.#sink.open();
    const list = { connection: this.#connection, isStream: false, isOwn: false };
    this.#place.list("response.content._file");
    try {
      const json = new JsonReader(stream);
      const messages = new MessageReader(json, this.#sink, this.#place);
      for (let number = 0; json.peek() !== -1; number++) {
        this.#place.message(number);
        yield* messages.read(list);
        this.#note(messages);
        yield;
      }
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      this.#sink.problem(this.#place.path(), error.told);
    }
    this.#place.list("");
  }

  /** Playwright puts the content of an HTTP answer into a file as well. */
  #readAnswer(name: string): void {
    const status = numberOf(this.#response.get("status")) ?? 0;
    const mimeType = textOf(this.#content.get("mimeType"));
    if (status < 200 || status >= 300 || mimeType === "" || !isTextType(mimeType)) return;
    const stream = this.#edges.beside(name);
    const decoder = new TextDecoder();
    let text = "";
    for (let piece = stream?.next(); piece !== undefined; piece = stream?.next()) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > MOST_OF_ANSWER) return;
    }
    this.#content.set("text", text + decoder.decode());
  }

  /** Those fields of a request or response that are read; its content may be as long as the file. `others`: read in another way. */
  *#readPart(part: Map<string, unknown>, fields: readonly string[], others: Readonly<Record<string, PartReader>>): Generator<void, void, void> {
    const json = this.#json;
    const name = this.#place.path();
    if (!json.isObject) {
      this.#sink.problem(name, say("import.no-object"));
      yield* skipValue(json);
      return;
    }
    json.openObject();
    for (let key = json.nextKey(true); key !== undefined; key = json.nextKey(false)) {
      if (fields.includes(key)) this.#keep(part, key, yield* readValue(json, MOST_OF_ENTRY), name);
      else if (Object.hasOwn(others, key)) yield* (others[key] as PartReader)(json, key, part);
      else yield* skipValue(json);
    }
  }

  *#readContent(): Generator<void, void, void> {
    const json = this.#json;
    if (!json.isObject) return yield* skipValue(json);
    json.openObject();
    for (let key = json.nextKey(true); key !== undefined; key = json.nextKey(false)) {
      if (CONTENT_FIELDS.has(key)) this.#content.set(key, yield* readValue(json, key === "text" ? MOST_OF_ANSWER : MOST_OF_ENTRY));
      else yield* skipValue(json);
    }
  }

  #keep(part: Map<string, unknown>, key: string, value: unknown, name?: string): void {
    if (value === NO_VALUE) this.#sink.problem(name === undefined ? this.#place.path(key) : `${name}.${key}`, say("import.no-value"));
    else part.set(key, value);
  }

  /** No one sign is there in every writer's files. */
  #isOfInterest(): boolean {
    const type = textOf(this.#said.get("_resourceType"));
    return type === "websocket" || type === "eventsource" || /^wss?:/i.test(textOf(this.#request.get("url"))) || this.#said.has("_webSocketClose") || headerValues(this.#headers(this.#response), "upgrade").some((value) => value.toLowerCase() === "websocket");
  }

  #headers(part: ReadonlyMap<string, unknown>): Header[] {
    return headersOf(part.get("headers")) ?? [];
  }

  #describe(started: number | undefined, pages: ReadonlyMap<string, string>): ImportedConnection {
    const url = textOf(this.#request.get("url"));
    if (url === "") this.#sink.problem(this.#place.path("request.url"), say("import.no-text"));
    const requestHeaders = this.#headers(this.#request);
    const responseHeaders = this.#headers(this.#response);
    const status = numberOf(this.#response.get("status"));
    const hasAnswer = status !== undefined && status > 0;
    const words = textOf(this.#response.get("_error")) || textOf(this.#response.get("_failureText"));
    const close = closeOf(this.#said.get("_webSocketClose"));
    const isStream = this.#isStream || textOf(this.#said.get("_resourceType")) === "eventsource";
    const wasOpen = this.#hasMessages || (close?.closing !== undefined && close.closing.code !== NO_CLOSE_FRAME);
    const isOpen = this.#hasMessages || (this.#isAnswered() && (isStream || wasOpen || status === 101 || !isOfHttp1(requestHeaders)));
    return {
      transport: isStream ? "event-source" : "websocket",
      url,
      startedAt: started === undefined ? undefined : epochMilliseconds(started),
      requestHeaders,
      answeredAt: hasAnswer && started !== undefined ? epochMilliseconds(started + this.#untilAnswer()) : undefined,
      status: hasAnswer ? status : undefined,
      statusText: textOf(this.#response.get("statusText")),
      responseHeaders,
      failed: isOpen ? undefined : { words, hasRow: this.#hasError },
      closedAt: close?.time === undefined ? undefined : epochMilliseconds(close.time),
      isClosed: close !== undefined,
      closing: close?.closing,
      target: targetOf(this.#said.get("_target")) ?? pageOf(pages.get(textOf(this.#said.get("pageref")))) ?? pageOf(headerValues(requestHeaders, "origin")[0]),
      initiator: initiatorOf(this.#said.get("_initiator")),
    };
  }

  /** And not refused. */
  #isAnswered(): boolean {
    const status = numberOf(this.#response.get("status"));
    return status !== undefined && status > 0 && status < 300;
  }

  /** Milliseconds; a time of -1 did not pass. */
  #untilAnswer(): number {
    const timings = this.#said.get("timings");
    if (!isRecord(timings)) return 0;
    // `ssl` is a part of `connect` (HAR 1.2).
    return ["blocked", "dns", "connect", "send", "wait"].reduce((sum, name) => sum + Math.max(0, numberOf(timings[name]) ?? 0), 0);
  }
}

type PartReader = (json: JsonReader, key: string, part: Map<string, unknown>) => Generator<void, void, void>;

/** What of an HTTP request is read where it is short: where it is not, nothing is told of it. */
function* readShort(json: JsonReader, key: string, part: Map<string, unknown>): Generator<void, void, void> {
  part.set(key, yield* readValue(json, MOST_OF_ENTRY));
}

const CONTENT_FIELDS: ReadonlySet<string> = new Set(["_file", "text", "encoding", "mimeType"]);

/** Only the handshake of HTTP/1.1 has them (RFC 8441 §5): any answer but 101 refuses it. */
const isOfHttp1 = (headers: readonly Header[]): boolean => !headers.some(({ name }) => name.startsWith(":")) && ["sec-websocket-key", "upgrade"].some((name) => headerValues(headers, name).length > 0);

/** RFC 6455 §7.1.5; a page is told the same of a handshake that failed. */
const NO_CLOSE_FRAME = 1006;

const pageOf = (url: string | undefined): ImportedConnection["target"] => (url === undefined || !URL.canParse(url) ? undefined : { type: "page", url });
