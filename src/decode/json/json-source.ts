import { BYTES, STRING, type SoughtText, type ValueSource } from "../../model/value-document.ts";
import { base64Json } from "../base64-json.ts";
import { utf8Between } from "../utf8-text.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A character that JSON writes as it is has so many bytes at most. */
const MOST_BYTES_A_CHARACTER = 3;

/**
 * JSON text in UTF-8. Bytes, of which JSON has none, stand beside it (Socket.IO's attachments): their place is a number
 * of `attached`.
 */
export class JsonSource implements ValueSource {
  readonly names = NO_NAMES;
  readonly isJson = true;
  #bytes: Uint8Array;
  #hasEscapes: boolean;
  readonly #attached: readonly (Uint8Array | undefined)[];

  /** `hasEscapes`: there may be a backslash in the text. */
  constructor(bytes: Uint8Array, hasEscapes: boolean, attached: readonly (Uint8Array | undefined)[] = NOTHING_ATTACHED) {
    this.#bytes = bytes;
    this.#hasEscapes = hasEscapes;
    this.#attached = attached;
  }

  /** Goes over to another text: only where no document of the one before is used any more. */
  goTo(bytes: Uint8Array, hasEscapes: boolean): void {
    this.#bytes = bytes;
    this.#hasEscapes = hasEscapes;
  }

  /** The same text with bytes beside it. */
  with(attached: readonly (Uint8Array | undefined)[]): JsonSource {
    return new JsonSource(this.#bytes, this.#hasEscapes, attached);
  }

  textAt(kind: number, from: number, to: number): string {
    return kind === STRING ? stringText(this.#bytes, from, to) : utf8Between(this.#bytes, from, to);
  }

  jsonAt(kind: number, from: number, to: number, _form: number, atMost: number): string {
    if (kind === BYTES) return base64Json(this.bytesAt(from), atMost);
    return utf8Between(this.#bytes, from, Math.min(to, from + (atMost + 1) * MOST_BYTES_A_CHARACTER));
  }

  bytesAt(from: number): Uint8Array {
    return this.#attached[from] ?? NO_BYTES;
  }

  memoryAt(kind: number, from: number, to: number): Uint8Array | undefined {
    return kind === BYTES ? this.#attached[from] : this.#bytes.subarray(from, to);
  }

  keyAt(place: number): string {
    return stringText(this.#bytes, place, endOfString(this.#bytes, place));
  }

  isTextKeyAt(): boolean {
    return true;
  }

  isKeyAt(place: number, key: SoughtText): boolean {
    if (standsAt(this.#bytes, place, key.quoted)) return true;
    return this.#hasEscapes && isEscaped(this.#bytes, place) && this.keyAt(place) === key.text;
  }

  keyByteAt(place: number): number {
    const byte = this.#bytes[place + 1] as number;
    return byte === BACKSLASH ? 0 : byte;
  }

  isTextAt(from: number, to: number, text: SoughtText): boolean {
    if (to - from === text.quoted.length && standsAt(this.#bytes, from, text.quoted)) return true;
    return this.#hasEscapes && isEscaped(this.#bytes, from) && stringText(this.#bytes, from, to) === text.text;
  }
}

const NO_NAMES: readonly string[] = [];
const NOTHING_ATTACHED: readonly undefined[] = [];
const NO_BYTES = new Uint8Array(0);

/** The characters of a string that stands between two quotes. */
function stringText(bytes: Uint8Array, from: number, to: number): string {
  const inner = utf8Between(bytes, from + 1, to - 1);
  return inner.includes("\\") ? (JSON.parse(`"${inner}"`) as string) : inner;
}

/** Behind the closing quote. The string was read before, so it has one. */
function endOfString(bytes: Uint8Array, from: number): number {
  for (let at = from + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE) return at + 1;
  }
  return bytes.length;
}

/** Whether an escape stands in the string that begins there. */
function isEscaped(bytes: Uint8Array, from: number): boolean {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at++;
  return bytes[at] === BACKSLASH;
}

function standsAt(bytes: Uint8Array, place: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[place + i] !== text[i]) return false;
  return true;
}
