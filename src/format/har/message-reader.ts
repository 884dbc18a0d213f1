import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { DEFAULT_EVENT } from "../../model/stream-event.ts";
import type { ImportSink } from "../import-format.ts";
import { MOST_PAYLOAD } from "../most-payload.ts";
import { decodeBase64 } from "../reading/base64.ts";
import { GrowingBytes } from "../reading/growing-bytes.ts";
import type { JsonReader } from "../reading/json-reader.ts";
import { readValue, skipValue } from "../reading/json-value.ts";
import { readMadeBy } from "../reading/made-by.ts";
import type { HarPlace } from "./har-place.ts";
import { readTime } from "./read-times.ts";

/** All else that a message says. */
const MOST_FIELD = 1 << 16;

const OPCODES: Readonly<Record<string, number>> = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };
const RECEIVED: Readonly<Record<string, boolean>> = { send: false, sent: false, outgoing: false, receive: true, received: true, incoming: true, error: true };

/** The list of messages that it is for. */
export interface MessageList {
  readonly connection: number;
  readonly isStream: boolean;
  /** Framescope wrote it: opcodes that are neither text nor binary have base64, else text; and who made a message is told. */
  readonly isOwn: boolean;
}

/** Reads elements of `_webSocketMessages` and `_eventSourceMessages`. */
export class MessageReader {
  readonly #json: JsonReader;
  readonly #sink: ImportSink;
  readonly #place: HarPlace;
  readonly #timePlace = (): string => this.#place.path("time");
  readonly #data = new GrowingBytes(1 << 12);
  #lastTime = NaN;
  #wasError = false;

  constructor(json: JsonReader, sink: ImportSink, place: HarPlace) {
    this.#json = json;
    this.#sink = sink;
    this.#place = place;
  }

  /** Of the message that was read last; not a number where the file does not tell. */
  get lastTime(): number {
    return this.#lastTime;
  }

  /** That one was no message but an error. */
  get wasError(): boolean {
    return this.#wasError;
  }

  /** Reads the message that stands next into the sink. */
  *read({ connection, isStream, isOwn }: MessageList): Generator<void, void, void> {
    const json = this.#json;
    if (!json.isObject) {
      this.#problem(say("import.no-object"), "");
      yield* skipValue(json);
      return;
    }
    let type: unknown;
    let time: unknown;
    let opcode: unknown;
    let name: unknown = DEFAULT_EVENT.name;
    let id: unknown = DEFAULT_EVENT.id;
    let note: unknown = "";
    let isUnreported: unknown;
    let pinned: unknown;
    let origin: unknown;
    let rule: unknown;
    let did: unknown;
    let hasData = false;
    this.#data.clear();
    json.openObject();
    for (let key = json.nextKey(true); key !== undefined; key = json.nextKey(false)) {
      this.#place.field(key);
      switch (key) {
        case "data":
          hasData = yield* this.#readData();
          break;
        case "type":
          type = json.shortString() ?? (yield* this.#field());
          break;
        case "time":
          time = json.shortNumber() ?? (yield* this.#field());
          break;
        case "opcode":
          opcode = json.shortNumber() ?? (yield* this.#field());
          break;
        case "eventName":
          name = json.shortString() ?? (yield* this.#field());
          break;
        case "eventId":
          id = json.shortString() ?? (yield* this.#field());
          break;
        case "_note":
          note = yield* this.#field();
          break;
        case "_pinned":
          pinned = yield* this.#field();
          break;
        case "_origin":
          origin = yield* this.#field();
          break;
        case "_rule":
          rule = yield* this.#field();
          break;
        case "_did":
          did = yield* this.#field();
          break;
        case "_payloadUnreported":
          isUnreported = yield* this.#field();
          break;
        default:
          yield* skipValue(json);
      }
    }
    const isError = !isStream && (type === "error" || opcode === -1);
    const read = isStream || isError ? OPCODE_TEXT : this.#opcodeOf(opcode);
    if (hasData && !isError && read !== OPCODE_TEXT && (read === OPCODE_BINARY || isOwn) && !decodeBase64(this.#data)) {
      this.#problem(say("import.no-base64"), "data");
      hasData = false;
    }
    if (!hasData) this.#data.clear();
    this.#lastTime = this.#timeOf(time);
    this.#wasError = isError;
    this.#sink.add({
      connection,
      kind: isError ? "error" : "message",
      isReceived: isStream || this.#isReceived(type),
      opcode: read,
      time: this.#lastTime,
      place: this.#timePlace,
      payload: this.#data.taken,
      unreported: !isError && (!hasData || isUnreported === true),
      ...(isStream && { event: { name: this.#textOf(name, "eventName", DEFAULT_EVENT.name), id: this.#textOf(id, "eventId", DEFAULT_EVENT.id) } }),
      ...(pinned === true && { pinned }),
      ...(typeof note === "string" && note !== "" && { note }),
      ...(isOwn && !isError && readMadeBy(origin, rule, did)),
    });
  }

  /** Answers whether there is data that can be read. */
  *#readData(): Generator<void, boolean, void> {
    const json = this.#json;
    if (!json.isString) {
      this.#problem(say("import.no-text"), "data");
      yield* skipValue(json);
      return false;
    }
    // Of a field that stands twice the last counts, as for any reader of JSON.
    this.#data.clear();
    json.openString();
    while (!json.copySome(this.#data, MOST_PAYLOAD)) yield;
    if (this.#data.length <= MOST_PAYLOAD) return true;
    this.#problem(say("import.too-long", { most: MOST_PAYLOAD }), "data");
    return false;
  }

  *#field(): Generator<void, unknown, void> {
    return yield* readValue(this.#json, MOST_FIELD);
  }

  #opcodeOf(opcode: unknown): number {
    if (opcode === undefined) return OPCODE_TEXT;
    const known = typeof opcode === "string" ? (OPCODES[opcode.toLowerCase()] ?? Number(opcode)) : opcode;
    if (typeof known === "number" && Number.isInteger(known) && known >= 0 && known <= 15) return known;
    this.#problem(say("import.no-opcode"), "opcode");
    return OPCODE_TEXT;
  }

  #isReceived(type: unknown): boolean {
    const known = typeof type === "string" ? RECEIVED[type.toLowerCase()] : undefined;
    if (known === undefined) this.#problem(say("import.no-direction"), "type");
    return known ?? true;
  }

  #timeOf(time: unknown): number {
    if (time === undefined || time === null) return NaN;
    const read = readTime(typeof time === "string" ? (time.trim() === "" ? NaN : Number(time)) : time);
    if (read === undefined) this.#problem(say("import.no-time"), "time");
    return read ?? NaN;
  }

  #textOf(value: unknown, field: string, otherwise: string): string {
    if (typeof value === "string") return value;
    this.#problem(say("import.no-text"), field);
    return otherwise;
  }

  #problem(what: Parameters<ImportSink["problem"]>[1], field: string): void {
    this.#sink.problem(this.#place.path(field), what);
  }
}

