import type { EpochMilliseconds } from "../../model/units.ts";
import type { ExportFrame } from "../export-format.ts";

/** More than all of a line but its payload, where `longPart` is empty. */
export const LONGEST_LINE = 512;

const NAMES_KEPT = 4096;

/** Writes what stands around a row's payload. Names and times come again and again, and are made ready once. */
export class MessageLines {
  readonly #names = new Map<string, string>();
  #second = -1;
  #secondText = "";

  /** Up to the payload, all of it ASCII. `form`: the field that the payload is in. */
  head(frame: ExportFrame, form: "text" | "base64"): string {
    const { kind, connection, time } = frame;
    const start = `{"record":"${kind}","n":${frame.row + 1},"connection":${connection === 0 ? "null" : connection},"time":${this.#time(time)}`;
    if (kind !== "message") return `${start},"${form}":"`;
    const { decoded, event, size } = frame;
    const facts = decoded === undefined || decoded.label === "" ? "" : `,"label":${this.#json(decoded.label)}`;
    const named = event === undefined ? "" : `,"event":{"name":${this.#json(event.name)},"id":${asciiJson(event.id)}}`;
    return `${start},"direction":"${frame.direction ?? "received"}","opcode":${frame.opcode},"size":${size ?? "null"}${facts}${named},"${form}":"`;
  }

  /** What few rows have. Empty for most. */
  tail(frame: ExportFrame): string {
    const { unreported, pinned, note, origin, madeFrom, stored, time } = frame;
    return [
      unreported ? ',"unreported":true' : "",
      origin === "page" ? "" : `,"origin":"${origin}"`,
      madeFrom === undefined ? "" : `,"madeFrom":${madeFrom + 1}`,
      pinned ? ',"pinned":true' : "",
      note === "" ? "" : `,"note":${JSON.stringify(note)}`,
      time === null ? `,"monotonic":${stored.time}` : "",
    ].join("");
  }

  /** What decoding found beside the label. */
  facts(frame: ExportFrame): string {
    const { decoded } = frame;
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

  #time(time: EpochMilliseconds | null): string {
    if (time === null) return "null";
    const microseconds = Math.round(time * 1000);
    const second = Math.floor(microseconds / 1e6);
    if (second !== this.#second) {
      this.#second = second;
      this.#secondText = `${second}.`;
    }
    return this.#secondText + String(1e6 + (microseconds - second * 1e6)).slice(1);
  }

  #json(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const json = asciiJson(text);
    if (this.#names.size < NAMES_KEPT) this.#names.set(text, json);
    return json;
  }
}

/** A name is foreign text; lines but for their payload are ASCII. */
const asciiJson = (text: string): string => JSON.stringify(text).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
