import { BYTES, STRING, type SoughtText, type ValueSource } from "../model/value-document.ts";
import { base64Json } from "./base64-json.ts";

/** Places from here on are those of keys, below it of values. */
export const FIRST_KEY = 0x8000_0000;

/** What a `ValueBuilder` was given. A value's place is its node's number, and `to` as much more as it has characters or bytes. */
export class BuiltSource implements ValueSource {
  readonly names: readonly string[] = [];
  readonly isJson = false;
  readonly #values: readonly (string | Uint8Array)[];
  readonly #keys: readonly string[];
  readonly #read: Uint8Array;
  readonly #spans: readonly number[];

  /** `values`: one a node, of a container anything. `spans`: where each stood in `read`, two numbers each, equal ones where it stands nowhere. */
  constructor(values: readonly (string | Uint8Array)[], keys: readonly string[], read: Uint8Array, spans: readonly number[]) {
    this.#values = values;
    this.#keys = keys;
    this.#read = read;
    this.#spans = spans;
  }

  textAt(_kind: number, from: number): string {
    const value = this.#values[from];
    return typeof value === "string" ? value : "";
  }

  jsonAt(kind: number, from: number, _to: number, _form: number, atMost: number): string {
    if (kind === BYTES) return base64Json(this.bytesAt(from), atMost);
    const text = this.textAt(kind, from);
    return kind === STRING ? JSON.stringify(text.slice(0, atMost + 1)) : text;
  }

  bytesAt(from: number): Uint8Array {
    const value = this.#values[from];
    return value instanceof Uint8Array ? value : NO_BYTES;
  }

  memoryAt(_kind: number, from: number): Uint8Array | undefined {
    const start = this.#spans[from * 2] ?? 0;
    const end = this.#spans[from * 2 + 1] ?? 0;
    if (start < end) return this.#read.subarray(start, end);
    // Bytes share the memory that they were read from.
    const own = this.bytesAt(from);
    return own.length > 0 ? own : undefined;
  }

  keyAt(place: number): string {
    return this.#keys[place - FIRST_KEY] ?? "";
  }

  isTextKeyAt(): boolean {
    return true;
  }

  isKeyAt(place: number, key: SoughtText): boolean {
    return this.keyAt(place) === key.text;
  }

  keyByteAt(place: number): number {
    const first = this.keyAt(place).charCodeAt(0);
    return first < 0x80 ? first : 0;
  }

  isTextAt(from: number, _to: number, text: SoughtText): boolean {
    return this.#values[from] === text.text;
  }
}

const NO_BYTES = new Uint8Array(0);
