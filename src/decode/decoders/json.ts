import { OPCODE_TEXT } from "../../model/frame.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { FieldReader, type MessageFields } from "../fields/message-fields.ts";
import { keyText, readJson } from "../json/json-document.ts";
import { readJsonHead } from "../json/json-head.ts";
import { isList, type PlainValue } from "../plain-value.ts";
import { oneLine } from "../summary.ts";
import { decodeHead, decodeStrictUtf8, decodeUtf8, utf8Length } from "../utf8-text.ts";

/**
 * JSON (RFC 8259), in text messages and in binary ones that are UTF-8.
 *
 * Sure of: a whole JSON object or array. A scalar alone (`42`, `"ping"`) is JSON too, but more often just text, so it
 * is claimed only where the user chose this decoder. Cost: `JSON.parse`, one look at the keys of the message.
 */
export const json = {
  id: "json",
  name: "JSON",
  claims: "message",
  open: (context) => new JsonSession(context),
} as const satisfies Decoder;

const NAME = "JSON";
const HEAD_BYTES = 4096;

class JsonSession implements DecodeSession {
  readonly #fields = new FieldReader();
  readonly #context: DecodeContext;
  /** This connection has sent JSON, so what begins like it is meant to be it. */
  #isExpected = false;

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes } = frame;
    const isContainer = beginsContainer(bytes);
    if (!isContainer && !this.#context.isPinned) return undefined;
    if (bytes.length > this.#context.maxBytes) return this.#decodeHead(frame);
    const text = frame.opcode === OPCODE_TEXT ? decodeUtf8(bytes) : decodeStrictUtf8(bytes);
    if (text === undefined) return this.#context.isPinned ? broken("JSON is UTF-8, and this is not", "", 0, bytes.length) : undefined;
    let value: PlainValue;
    try {
      value = JSON.parse(text) as PlainValue;
    } catch {
      return this.#explain(text, bytes);
    }
    this.#isExpected = true;
    const fields = this.#fields.read(value, frame.direction, (id) => exactId(text, id));
    return message(fields, bytes.length, value, text);
  }

  #decodeHead({ bytes, direction }: FrameToDecode): Decoded | undefined {
    const head = decodeHead(bytes, HEAD_BYTES);
    const entries = readJsonHead(head);
    // Without an object's first entry there is nothing to be sure of.
    if ((entries === undefined || Object.keys(entries).length === 0) && !this.#isExpected && !this.#context.isPinned) return undefined;
    const fields = this.#fields.read(entries ?? null, direction, (id) => exactId(head, id));
    return new DecodedMessage({
      decoder: json.id,
      label: fields.label ?? NAME,
      kind: fields.kind,
      id: fields.id,
      answers: fields.answers,
      topic: fields.topic,
      summary: oneLine(head),
      layers: [{ stage: "body", name: NAME, what: "too long to be read at once", from: 0, to: bytes.length, problem: undefined }],
      isPartial: true,
    });
  }

  /** The text is no JSON: said only where JSON was meant. */
  #explain(text: string, bytes: Uint8Array): Decoded | undefined {
    if (!this.#context.isPinned && !(this.#isExpected && MEANT.test(text))) return undefined;
    const read = readJson(text);
    // JSON.parse refused what the reader takes: nothing to explain.
    if (!("problem" in read)) return undefined;
    return broken(`Not quite JSON: ${read.problem.message}`, text, read.problem.offset, bytes.length);
  }
}

/** An object's first key, or an array's first entry: `[12:30] hello` is neither. */
const MEANT = /^\s*(?:\{\s*"|\[\s*[[{"])/;
const BRACE = 0x7b;
const BRACKET = 0x5b;

/** Whether the first byte that is no space begins an object or an array. */
function beginsContainer(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === BRACE || byte === BRACKET) return true;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return false;
}

function message(fields: MessageFields, length: number, value: PlainValue, text: string): Decoded {
  return new DecodedMessage({
    decoder: json.id,
    label: fields.label ?? NAME,
    kind: fields.kind,
    id: fields.id,
    answers: fields.answers,
    topic: fields.topic,
    value,
    json: text,
    layers: [{ stage: "body", name: NAME, what: describe(value), from: 0, to: length, problem: undefined }],
  });
}

function broken(why: string, text: string, place: number, length: number): Decoded {
  const problem = { message: `${why}.`, offset: Math.min(utf8Length(text, place), length) };
  return new DecodedMessage({
    decoder: json.id,
    label: "not JSON",
    kind: "error",
    summary: oneLine(text),
    layers: [{ stage: "body", name: NAME, what: "broken", from: 0, to: problem.offset, problem }],
  });
}

function describe(value: PlainValue): string {
  if (isList(value)) return `array of ${value.length}`;
  return value === null ? "null" : typeof value;
}

/** The digits of an id beyond 2^53, which `JSON.parse` has rounded to `rounded`; found at the top of the message. */
function exactId(text: string, rounded: number): string | undefined {
  const read = readJson(text);
  if (!("document" in read)) return undefined;
  const { document } = read;
  const object = text.startsWith("[") ? 1 : 0;
  for (let node = object + 1; node < (document.ends[object] ?? 0); node = document.ends[node] as number) {
    const literal = text.slice(document.from[node], document.to[node]);
    if (keyText(document, node) !== undefined && /^-?\d+$/.test(literal) && Number(literal) === rounded) return literal;
  }
  return undefined;
}
