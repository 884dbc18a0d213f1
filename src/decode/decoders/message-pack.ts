import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import type { DecodeContext, Decoded, Decoder, DecodeProblem, DecodeSession, FrameToDecode } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { ODD_KEY, readMessagePack, readMessagePackHead } from "../message-pack/message-pack-value.ts";
import { isList, isObject, type PlainValue } from "../plain-value.ts";
import { abbreviate, bytesText } from "../summary.ts";
import { decodeStrictUtf8 } from "../utf8-text.ts";

/**
 * MessagePack (github.com/msgpack/msgpack/blob/master/spec.md), in binary messages.
 *
 * Almost any byte begins some MessagePack value, so content alone makes sure only where the message is one whole map
 * with keys like names, or one whole array with a text or such a map in it. After one such message on a connection
 * every whole map or array is one. Cost: a walk over the bytes, then the library's decoding.
 */
export const messagePack = {
  id: "msgpack",
  name: "MessagePack",
  claims: "message",
  open: (context) => new MessagePackSession(context),
} as const satisfies Decoder;

const NAME = "MessagePack";
const HEAD_BYTES = 4096;
const MOST_KEYS = 64;
const MOST_ENTRIES = 16;
const LEAST_TEXT = 3;

class MessagePackSession implements DecodeSession {
  readonly #fields = new FieldReader();
  readonly #context: DecodeContext;
  /** An earlier message was sure. */
  #isExpected = false;

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, direction } = frame;
    const { isPinned, maxBytes } = this.#context;
    if (frame.opcode !== OPCODE_BINARY && !isPinned) return undefined;
    if (!isPinned && !isContainer(bytes[0] ?? 0)) return undefined;
    if (bytes.length > maxBytes) return this.#decodeHead(frame);

    const { value, end, problem } = readMessagePack(bytes);
    if (!isPinned) {
      if (problem === undefined) {
        if (!this.#isExpected && (!isSure(value as PlainValue) || isWideText(bytes))) return undefined;
      } else if (!this.#isExpected || !beginsNamedMap(bytes)) return undefined;
    }
    if (value === undefined) return broken(bytes.length, end, problem);
    if (problem === undefined) this.#isExpected = true;
    return this.#message(value, direction, { what: describe(value), to: end, problem, isPartial: false });
  }

  #decodeHead({ bytes, direction }: FrameToDecode): Decoded | undefined {
    const entries = readMessagePackHead(bytes.subarray(0, HEAD_BYTES));
    if (entries === undefined && !this.#isExpected && !this.#context.isPinned) return undefined;
    if (entries !== undefined && !isNamedMap(entries) && !this.#context.isPinned) return undefined;
    const what = "too long to be read at once";
    return this.#message(entries ?? null, direction, { what, to: bytes.length, problem: undefined, isPartial: true });
  }

  #message(
    value: PlainValue,
    direction: Direction,
    { what, to, problem, isPartial }: { what: string; to: number; problem: DecodeProblem | undefined; isPartial: boolean },
  ): Decoded {
    const fields = this.#fields.read(value, direction);
    return new DecodedMessage({
      decoder: messagePack.id,
      label: fields.label ?? NAME,
      kind: fields.kind,
      id: fields.id,
      answers: fields.answers,
      topic: fields.topic,
      value: isPartial ? undefined : value,
      summary: isPartial ? `${abbreviate(value).slice(0, -1)}…` : undefined,
      layers: [{ stage: "body", name: NAME, what, from: 0, to, problem }],
      isPartial,
    });
  }
}

function broken(length: number, end: number, problem: DecodeProblem | undefined): Decoded {
  return new DecodedMessage({
    decoder: messagePack.id,
    label: "not MessagePack",
    kind: "error",
    summary: bytesText(length),
    layers: [{ stage: "body", name: NAME, what: "broken", from: 0, to: end, problem }],
  });
}

/** fixmap, fixarray, array 16 and 32, map 16 and 32. */
const isContainer = (first: number): boolean => (first >= 0x80 && first < 0xa0) || (first >= 0xdc && first <= 0xdf);

/** 0xdc to 0xdf also begin characters of UTF-8 (U+0700 to U+07FF), so such bytes may be a text. */
const isWideText = (bytes: Uint8Array): boolean => (bytes[0] ?? 0) >= 0xdc && decodeStrictUtf8(bytes) !== undefined;

/** Whether a whole value is so much like a message that it cannot be chance. */
function isSure(value: PlainValue): boolean {
  if (!isList(value)) return isNamedMap(value);
  return value
    .slice(0, MOST_ENTRIES)
    .some((entry) => (typeof entry === "string" ? entry.length >= LEAST_TEXT && isPrintable(entry) && !TIMESTAMP.test(entry) : isNamedMap(entry)));
}

/** A map whose keys read like names: printable, and not all of them numbers. */
function isNamedMap(value: PlainValue): boolean {
  if (!isObject(value)) return false;
  let seen = 0;
  let hasName = false;
  for (const key in value) {
    if (++seen > MOST_KEYS) break;
    if (!isPrintable(key)) return false;
    hasName ||= !DIGITS.test(key) && !key.startsWith(ODD_KEY);
  }
  return hasName;
}

/** A broken message is one that at least begins with a map and a printable key. */
function beginsNamedMap(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0;
  const at = first < 0x90 ? 1 : first === 0xde ? 3 : 5;
  const head = bytes[at] ?? 0;
  if ((first >= 0x90 && first !== 0xde && first !== 0xdf) || head <= 0xa0 || head >= 0xc0) return false;
  const key = decodeStrictUtf8(bytes.subarray(at + 1, at + 1 + (head & 0x1f)));
  return key !== undefined && isPrintable(key);
}

/** Such a text may have been an extension of a few bytes. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT/;
const DIGITS = /^-?\d+$/;
const isPrintable = (text: string): boolean => PRINTABLE.test(text);
/** No control character, and none of the sign that stands for broken UTF-8. */
const PRINTABLE = /^[^\p{C}\uFFFD]+$/u;

function describe(value: PlainValue): string {
  if (isList(value)) return `array of ${value.length}`;
  return isObject(value) ? "map" : "scalar";
}
