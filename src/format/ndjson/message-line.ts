import type { ConnectionId, EpochMilliseconds } from "../../model/units.ts";
import type { ExportDecoded, ExportFrame } from "../export-format.ts";
import type { PieceWriter } from "../writing/piece-writer.ts";

/** More than all of a line but its payload, where `longPart` is empty. */
export const LONGEST_LINE = 800;
/** More than what `writeHead` writes. */
export const LONGEST_HEAD = 400;

const NAMES_KEPT = 4096;
/** A label in JSON that is longer takes the way of few. */
const LONGEST_LABEL = 200;
const ENCODER = new TextEncoder();
const START = ENCODER.encode('{"record":"message","n":');
const NULL = ENCODER.encode("null");
const TEXT = ENCODER.encode(',"text":"');
const BASE64 = ENCODER.encode(',"base64":"');

/** Whether `writeHead` has all of it. */
export const isOrdinary = ({ kind, event, size, unreported }: ExportFrame, decoded: ExportDecoded | undefined): boolean =>
  kind === "message" && event === undefined && size !== undefined && !unreported && (decoded === undefined || decoded.label.length * 6 < LONGEST_LABEL);

/** Writes what stands around a row's payload. Names and times come again and again, and are made ready once. */
export class MessageLines {
  readonly #names = new Map<string, string>();
  readonly #middles = new Map<number, Uint8Array<ArrayBuffer>>();
  #middle = -1;
  #middleBytes = NULL;
  #connection = -1;
  #connectionBytes = NULL;
  #second = -1;
  #secondBytes = NULL;

  /** Up to the payload, all of it ASCII. `form`: the field that the payload is in. */
  head(frame: ExportFrame, form: "text" | "base64"): string {
    const { kind, connection, time } = frame;
    const start = `{"record":"${kind}","n":${frame.row + 1},"connection":${connection === 0 ? "null" : connection},"time":${timeText(time)}`;
    if (kind !== "message") return `${start},"${form}":"`;
    const { decoded, event, size } = frame;
    const facts = decoded === undefined || decoded.label === "" ? "" : `,"label":${this.#json(decoded.label)}`;
    const named = event === undefined ? "" : `,"event":{"name":${this.#json(event.name)},"id":${asciiJson(event.id)}}`;
    return `${start},"direction":"${frame.direction ?? "received"}","opcode":${frame.opcode},"size":${size ?? "null"}${facts}${named},"${form}":"`;
  }

  /** Writes the head of an ordinary message as `head` has it, out of parts that are ready as bytes. It has room. */
  writeHead(frame: ExportFrame, decoded: ExportDecoded | undefined, form: "text" | "base64", writer: PieceWriter): void {
    const { time } = frame;
    writer.put(START);
    writer.digits(frame.row + 1);
    writer.put(this.#connectionPart(frame.connection));
    if (time === null) writer.put(NULL);
    else {
      const [second, microsecond] = secondsOf(time);
      writer.put(this.#secondPart(second));
      writer.digits(microsecond, 6);
    }
    writer.put(this.#middlePart(frame));
    if (decoded !== undefined && decoded.label !== "") writer.ascii(`,"label":${this.#json(decoded.label)}`);
    writer.put(form === "text" ? TEXT : BASE64);
  }

  #connectionPart(connection: ConnectionId): Uint8Array {
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.#connectionBytes = ENCODER.encode(`,"connection":${connection === 0 ? "null" : connection},"time":`);
    }
    return this.#connectionBytes;
  }

  #secondPart(second: number): Uint8Array {
    if (second !== this.#second) {
      this.#second = second;
      this.#secondBytes = ENCODER.encode(`${second}.`);
    }
    return this.#secondBytes;
  }

  #middlePart({ direction, opcode, size }: ExportFrame): Uint8Array {
    const key = ((size ?? 0) * 16 + opcode) * 2 + (direction === "sent" ? 1 : 0);
    if (key === this.#middle) return this.#middleBytes;
    this.#middle = key;
    this.#middleBytes = this.#middles.get(key) ?? this.#newMiddle(key, direction, opcode, size);
    return this.#middleBytes;
  }

  #newMiddle(key: number, direction: ExportFrame["direction"], opcode: number, size: number | undefined): Uint8Array<ArrayBuffer> {
    const middle = ENCODER.encode(`,"direction":"${direction ?? "received"}","opcode":${opcode},"size":${size ?? 0}`);
    if (this.#middles.size < NAMES_KEPT) this.#middles.set(key, middle);
    return middle;
  }

  /** What few rows have. Empty for most. */
  tail(frame: ExportFrame): string {
    const { unreported, pinned, note, origin, ruled, madeFrom, time } = frame;
    if (!unreported && !pinned && note === "" && origin === "page" && madeFrom === undefined && time !== null) return "";
    return [
      unreported ? ',"unreported":true' : "",
      origin === "page" ? "" : `,"origin":"${origin}"`,
      ruled === undefined ? "" : `,"rule":${JSON.stringify(ruled.rule)},"did":"${ruled.did}"`,
      madeFrom === undefined ? "" : `,"madeFrom":${madeFrom + 1}`,
      pinned ? ',"pinned":true' : "",
      note === "" ? "" : `,"note":${JSON.stringify(note)}`,
      time === null ? `,"monotonic":${frame.stored.time}` : "",
    ].join("");
  }

  /** What decoding found beside the label. */
  facts(decoded: ExportDecoded | undefined): string {
    if (decoded === undefined) return "";
    const { kind, decoder, topic, id, answers, partner, latency, messages } = decoded;
    return [
      kind === null ? "" : `,"kind":"${kind}"`,
      decoder === undefined ? "" : `,"decoder":"${decoder}"`,
      topic === undefined ? "" : `,"topic":${this.#json(topic)}`,
      id === undefined ? "" : `,"id":${this.#json(id)}`,
      answers === undefined ? "" : `,"answers":${this.#json(answers)}`,
      partner === undefined ? "" : `,"partner":${partner + 1}`,
      latency === undefined ? "" : `,"latency":${Math.round(latency * 1000) / 1000}`,
      messages > 1 ? `,"messages":${messages}` : "",
    ].join("");
  }

  #json(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const json = asciiJson(text);
    if (this.#names.size < NAMES_KEPT) this.#names.set(text, json);
    return json;
  }
}

/** Seconds since 1970, and the microseconds behind them. */
function secondsOf(time: EpochMilliseconds): readonly [number, number] {
  const microseconds = Math.round(time * 1000);
  const second = Math.floor(microseconds / 1e6);
  return [second, microseconds - second * 1e6];
}

function timeText(time: EpochMilliseconds | null): string {
  if (time === null) return "null";
  const [second, microsecond] = secondsOf(time);
  return `${second}.${String(microsecond).padStart(6, "0")}`;
}

/** A name is foreign text; lines but for their payload are ASCII. */
const asciiJson = (text: string): string => JSON.stringify(text).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
