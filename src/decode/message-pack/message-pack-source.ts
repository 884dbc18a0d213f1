import { BYTES, NUMBER, ODD_KEY, STRING, TIME, type SoughtText, type ValueSource } from "../../model/value-document.ts";
import { base64Json } from "../base64-json.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { bodyEnd, bodyFrom, isIntegerHead, isStringHead } from "./format.ts";
import { timestampText } from "./timestamp.ts";

/** What an extension's parts are called: places of `names`. */
export const EXTENSION_NAME = 0;
export const DATA_NAME = 1;
const NAMES = ["$ext", "data"] as const;

/** The form of bytes that have no head: an extension's data. */
export const RAW = 1;
const EMPTY_STRING = 0xa0;
/** UTF-8 takes so many bytes for a UTF-16 unit at most. */
const MOST_BYTES_A_UNIT = 3;

/** A key that is neither text nor integer, as JSON. */
export type KeyJson = (bytes: Uint8Array, place: number) => string;

/** MessagePack; places are those of a value's first byte, and of the bytes of an extension's type and data. */
export class MessagePackSource implements ValueSource {
  readonly names: readonly string[] = NAMES;
  readonly isJson = false;
  readonly #bytes: Uint8Array;
  readonly #keyJson: KeyJson;
  #viewed: DataView | undefined;

  constructor(bytes: Uint8Array, keyJson: KeyJson) {
    this.#bytes = bytes;
    this.#keyJson = keyJson;
  }

  textAt(kind: number, from: number, to: number): string {
    switch (kind) {
      case STRING:
        return utf8Between(this.#bytes, bodyFrom(this.#bytes, from), to);
      case TIME:
        return timestampText(this.#bytes, bodyFrom(this.#bytes, from), to) ?? "";
      case NUMBER:
        return this.#literalAt(from, to);
      default: {
        const head = this.#bytes[from];
        return head === 0xc3 ? "true" : head === 0xc2 ? "false" : "null";
      }
    }
  }

  jsonAt(kind: number, from: number, to: number, form: number, atMost: number): string {
    switch (kind) {
      case STRING: {
        const body = bodyFrom(this.#bytes, from);
        return JSON.stringify(utf8Between(this.#bytes, body, Math.min(to, body + (atMost + 1) * MOST_BYTES_A_UNIT)));
      }
      case BYTES:
        return base64Json(this.bytesAt(from, to, form), atMost);
      case TIME:
        return JSON.stringify(this.textAt(kind, from, to));
      default: {
        const text = this.textAt(kind, from, to);
        return NO_JSON.has(text) ? JSON.stringify(text) : text;
      }
    }
  }

  bytesAt(from: number, to: number, form: number): Uint8Array {
    return this.#bytes.subarray(form === RAW ? from : bodyFrom(this.#bytes, from), to);
  }

  memoryAt(_kind: number, from: number, to: number): Uint8Array {
    return this.#bytes.subarray(from, to);
  }

  keyAt(place: number): string {
    const bytes = this.#bytes;
    if (this.isTextKeyAt(place)) return utf8Between(bytes, bodyFrom(bytes, place), bodyEnd(bytes, place));
    if (isIntegerHead(bytes[place] as number)) return this.#literalAt(place, bodyEnd(bytes, place));
    return `${ODD_KEY}${this.#keyJson(bytes, place)}`;
  }

  isTextKeyAt(place: number): boolean {
    const bytes = this.#bytes;
    return isStringHead(bytes[place] as number) && isUtf8(bytes, bodyFrom(bytes, place), bodyEnd(bytes, place));
  }

  isKeyAt(place: number, key: SoughtText): boolean {
    const head = this.#bytes[place] as number;
    if (isStringHead(head)) {
      return key.isPlain ? this.#holds(bodyFrom(this.#bytes, place), bodyEnd(this.#bytes, place), key) : this.keyAt(place) === key.text;
    }
    // An odd key costs a reading of all that it holds.
    return (isIntegerHead(head) || key.text.startsWith(ODD_KEY)) && this.keyAt(place) === key.text;
  }

  keyByteAt(place: number): number {
    const head = this.#bytes[place] as number;
    return isStringHead(head) && head !== EMPTY_STRING ? (this.#bytes[bodyFrom(this.#bytes, place)] as number) : 0;
  }

  isTextAt(from: number, to: number, text: SoughtText): boolean {
    return text.isPlain ? this.#holds(bodyFrom(this.#bytes, from), to, text) : this.textAt(STRING, from, to) === text.text;
  }

  #holds(from: number, to: number, { quoted }: SoughtText): boolean {
    if (to - from !== quoted.length - 2) return false;
    for (let at = from; at < to; at++) if (this.#bytes[at] !== quoted[at - from + 1]) return false;
    return true;
  }

  /** A number's digits; one of a single byte is an integer in every form, an extension's type too. */
  #literalAt(from: number, to: number): string {
    const head = this.#bytes[from] as number;
    if (to - from === 1) return String((head << 24) >> 24);
    this.#viewed ??= new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    const view = this.#viewed;
    const at = from + 1;
    switch (head) {
      case 0xca:
        return literalOf(view.getFloat32(at));
      case 0xcb:
        return literalOf(view.getFloat64(at));
      case 0xcc:
        return String(view.getUint8(at));
      case 0xcd:
        return String(view.getUint16(at));
      case 0xce:
        return String(view.getUint32(at));
      case 0xcf:
        return String(view.getBigUint64(at));
      case 0xd0:
        return String(view.getInt8(at));
      case 0xd1:
        return String(view.getInt16(at));
      case 0xd2:
        return String(view.getInt32(at));
      default:
        return String(view.getBigInt64(at));
    }
  }
}

/** Numbers that JSON has no word for. */
const NO_JSON: ReadonlySet<string> = new Set(["NaN", "Infinity", "-Infinity"]);

const literalOf = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));
