import { OPCODE_TEXT, ROW_KINDS } from "../../model/frame.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { DEFAULT_EVENT, type StreamEvent } from "../../model/stream-event.ts";
import { epochMilliseconds, type EpochMilliseconds } from "../../model/units.ts";
import { headersOf, isRecord, numberOf, targetOf, textOf } from "../har/har-values.ts";
import type { ByteStream, ImportedConnection, ImportInput, ImportSink } from "../import-format.ts";
import { MOST_PAYLOAD } from "../most-payload.ts";
import { decodeBase64 } from "../reading/base64.ts";
import { GrowingBytes } from "../reading/growing-bytes.ts";
import { JsonFault, JsonReader } from "../reading/json-reader.ts";
import { readMadeBy } from "../reading/made-by.ts";
import { NO_VALUE, readValue } from "../reading/json-value.ts";

/** Of a field that is no payload. */
const MOST_FIELD = 1 << 20;
/** Records of rows that what is known of their connection leaves in the log by itself. */
const OF_CONNECTIONS: ReadonlySet<unknown> = new Set(["open", "close"]);
/** The newest version that is known; docs/files.md has every field. */
const VERSION = 1;

/** Framescope's own NDJSON, a record a line. */
export class NdjsonReading {
  readonly #stream: ByteStream;
  readonly #sink: ImportSink;
  readonly #payload = new GrowingBytes(1 << 12);
  /** The sink's numbers of connections by the file's. */
  readonly #connections = new Map<number, number>();
  #line = 0;
  readonly #here = (): string => `[${this.#line}].time`;
  #hasEnd = false;

  constructor(input: ImportInput, sink: ImportSink) {
    this.#stream = input.open();
    this.#sink = sink;
  }

  *read(): Generator<void, void, void> {
    const json = new JsonReader(this.#stream);
    try {
      for (this.#line = 1; json.peek() !== -1; this.#line++) {
        yield* this.#readRecord(json);
        if (this.#line % 64 === 0) {
          this.#sink.progress(this.#stream.share);
          yield;
        }
      }
      if (!this.#hasEnd) this.#problem("", say("import.cut", { offset: json.offset }));
    } catch (error) {
      if (!(error instanceof JsonFault || error instanceof Refusal)) throw error;
      this.#problem("", error.told);
    }
  }

  *#readRecord(json: JsonReader): Generator<void, void, void> {
    const fields = new Map<string, unknown>();
    this.#payload.clear();
    let form: "text" | "base64" | undefined;
    json.openObject();
    for (let key = json.nextKey(true); key !== undefined; key = json.nextKey(false)) {
      if ((key === "text" || key === "base64") && json.isString) {
        // Of fields that stand twice the last counts, as for any reader of JSON.
        this.#payload.clear();
        json.openString();
        while (!json.copySome(this.#payload, MOST_PAYLOAD)) yield;
        if (this.#payload.length <= MOST_PAYLOAD) form = key;
        else this.#problem(key, say("import.too-long", { most: MOST_PAYLOAD }));
        continue;
      }
      const value = json.shortString() ?? json.shortNumber() ?? (yield* readValue(json, MOST_FIELD));
      if (value === NO_VALUE) this.#problem(key, say("import.no-value"));
      else fields.set(key, value);
    }
    this.#take(fields, form);
  }

  #take(fields: ReadonlyMap<string, unknown>, form: "text" | "base64" | undefined): void {
    const record = fields.get("record");
    if (record === "capture") {
      if (Number(fields.get("version")) > VERSION) this.#problem("version", say("import.newer"));
    } else if (record === "connection") {
      this.#takeConnection(fields);
    } else if (record === "end") {
      this.#hasEnd = true;
    } else {
      const kind = ROW_KINDS.find((one) => one === record);
      // Records that are not known are passed over, and so is what their connection says by itself.
      if (kind !== undefined && kind !== "open" && kind !== "close") this.#takeRow(kind, fields, form);
      else if (!OF_CONNECTIONS.has(record) && typeof record !== "string") this.#problem("record", say("import.no-text"));
    }
  }

  #takeRow(kind: "message" | "error" | "navigation" | "pause" | "report", fields: ReadonlyMap<string, unknown>, form: "text" | "base64" | undefined): void {
    const isBinary = form === "base64";
    let hasPayload = form !== undefined && fields.get("unreported") !== true;
    if (hasPayload && isBinary && !decodeBase64(this.#payload)) {
      this.#problem("base64", say("import.no-base64"));
      hasPayload = false;
    }
    if (!hasPayload) this.#payload.clear();
    const direction = fields.get("direction");
    if (kind === "message" && direction !== "sent" && direction !== "received") this.#problem("direction", say("import.no-direction"));
    const size = numberOf(fields.get("size"));
    const note = textOf(fields.get("note"));
    const event = eventOf(fields.get("event"));
    this.#sink.add({
      connection: this.#connectionOf(numberOf(fields.get("connection"))),
      kind,
      isReceived: direction !== "sent",
      opcode: kind === "message" ? (numberOf(fields.get("opcode")) ?? OPCODE_TEXT) & 0xf : 0,
      time: timeOf(fields.get("time")) ?? monotonicOf(fields.get("monotonic")),
      place: this.#here,
      payload: this.#payload.taken,
      unreported: kind === "message" && !hasPayload,
      ...(!hasPayload && size !== undefined && { size }),
      ...(event !== undefined && { event }),
      ...(fields.get("pinned") === true && { pinned: true }),
      ...(note !== "" && { note }),
      ...(kind === "message" && readMadeBy(fields.get("origin"), fields.get("rule"), fields.get("did"))),
    });
  }

  #takeConnection(fields: ReadonlyMap<string, unknown>): void {
    const number = numberOf(fields.get("connection"));
    if (number === undefined) return this.#problem("connection", say("import.no-value"));
    this.#sink.describe(this.#connectionOf(number), connectionOf(fields));
  }

  /** 0 for none. One that is spoken of before it is described is made known all the same. */
  #connectionOf(number: number | undefined): number {
    if (number === undefined || number === 0) return 0;
    const known = this.#connections.get(number) ?? this.#sink.open();
    if (known !== 0) this.#connections.set(number, known);
    return known;
  }

  #problem(field: string, what: Parameters<ImportSink["problem"]>[1]): void {
    this.#sink.problem(`[${this.#line}]${field === "" ? "" : `.${field}`}`, what);
  }
}

function connectionOf(fields: ReadonlyMap<string, unknown>): ImportedConnection {
  const request = isRecord(fields.get("request")) ? (fields.get("request") as Readonly<Record<string, unknown>>) : {};
  const response = isRecord(fields.get("response")) ? (fields.get("response") as Readonly<Record<string, unknown>>) : {};
  const closing = fields.get("closing");
  const state = fields.get("state");
  const startedAt = timeOf(request["time"]) ?? timeOf(fields.get("created"));
  const notice = textOf(fields.get("notice"));
  return {
    transport: fields.get("transport") === "event-source" ? "event-source" : "websocket",
    url: textOf(fields.get("url")),
    startedAt,
    requestHeaders: headersOf(request["headers"]) ?? [],
    answeredAt: timeOf(response["time"]) ?? timeOf(fields.get("opened")),
    status: numberOf(response["status"]),
    statusText: textOf(response["statusText"]),
    responseHeaders: headersOf(response["headers"]) ?? [],
    failed: state === "failed" ? { words: textOf(fields.get("ending")), hasRow: true } : undefined,
    closedAt: timeOf(fields.get("closed")),
    isClosed: state === "closed" && fields.get("isOutliving") !== true,
    closing: isRecord(closing) && typeof closing["code"] === "number" ? { code: closing["code"], reason: textOf(closing["reason"]), wasClean: closing["wasClean"] === true } : undefined,
    target: targetOf(fields.get("target")),
    initiator: initiatorOf(fields.get("initiator")),
    ...(notice !== "" && { notice }),
  };
}

function initiatorOf(value: unknown): ImportedConnection["initiator"] {
  if (!isRecord(value)) return undefined;
  return { functionName: textOf(value["functionName"]), url: textOf(value["url"]), line: numberOf(value["line"]) ?? 1, column: numberOf(value["column"]) ?? 1 };
}

const eventOf = (value: unknown): StreamEvent | undefined => (isRecord(value) ? { name: textOf(value["name"]) || DEFAULT_EVENT.name, id: textOf(value["id"]) } : undefined);

/** Seconds since 1970. */
function timeOf(value: unknown): EpochMilliseconds | undefined {
  const seconds = numberOf(value);
  return seconds === undefined ? undefined : epochMilliseconds(seconds * 1000);
}

/** Where the clock is not known: seconds that count from nowhere. */
const monotonicOf = (value: unknown): number => (numberOf(value) ?? NaN) * 1000;

