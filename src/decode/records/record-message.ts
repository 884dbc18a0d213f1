import { say, type Said, type Told } from "../../model/said.ts";
import { STRING, type ValueDocument } from "../../model/value-document.ts";
import { MOST_MESSAGES, SUMMARY_LENGTH, type Decoded, type Decoder, type FrameMessage, type FrameToDecode, type Layer } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { MessageFields } from "../fields/message-fields.ts";
import { describeJson } from "../json/describe-json.ts";
import { lendJson, readJson } from "../json/read-json.ts";
import { abbreviate, oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import type { RecordRange } from "./record-range.ts";

/** What a record says. */
export interface RecordFields extends MessageFields {
  readonly namespace?: string | undefined;
  /** What the protocol calls it; left out where the records are nothing but JSON. */
  readonly what?: Told | undefined;
  /** The value that the message is about: its row shows it. Left out or `NO_NODE`: the whole text. */
  readonly body?: number;
}

type Format = Pick<Decoder, "id" | "name">;

const HEAD_BYTES = 4096;

interface RecordOptions {
  /** Its place among the messages of its frame. */
  readonly place?: Said | undefined;
  /** Only the head was read. */
  readonly isPartial?: boolean;
  /** It is no JSON but a word of the protocol's. */
  readonly isText?: boolean;
}

/** A JSON text between two places of a frame as a message. The document is lent: it is read again for the value. */
export function recordMessage(format: Format, { bytes }: Pick<FrameToDecode, "bytes">, { from, to }: RecordRange, document: ValueDocument | undefined, fields: RecordFields, { place, isPartial = false, isText = false }: RecordOptions = {}): Decoded {
  const layers: Layer[] = isText ? [] : [{ stage: "body", name: "JSON", what: isPartial ? say("decode.too-long") : describeJson(document), from, to, problem: undefined }];
  const told = place === undefined || fields.what === undefined ? (place ?? fields.what) : say("decode.named-message-of", { what: fields.what, place });
  if (told !== undefined) layers.unshift({ stage: "envelope", name: format.name, what: told, from, to, problem: undefined });
  return new DecodedMessage({
    decoder: format.id,
    label: fields.label === undefined || fields.label === "" ? "JSON" : fields.label,
    kind: fields.kind,
    id: fields.id,
    answers: fields.answers,
    topic: fields.topic,
    namespace: fields.namespace,
    value: isPartial || isText ? undefined : () => readJson(bytes, from, to).document,
    isJson: !isText,
    isPartial,
    summary: () => (isPartial ? undefined : bodySummary(bytes, from, to, fields.body)) ?? oneLine(decodeHead(bytes.subarray(from, to), HEAD_BYTES)),
    layers,
  });
}

/** A frame of several: told apart are at most `MOST_MESSAGES`, the last of so many reaches to the end. */
export function severalRecords(format: Format, frame: FrameToDecode, all: readonly RecordRange[], read: (document: ValueDocument | undefined) => RecordFields): Decoded {
  const { bytes } = frame;
  const ranges = toldApart(all, bytes.length);
  const messages = ranges.map(({ from, to }, at): FrameMessage => {
    const { document } = lendJson(bytes, from, to);
    const what = read(document);
    const place = ranges.length === 1 ? undefined : say("decode.message-of", { n: at + 1, all: ranges.length });
    return { from, to, decoded: recordMessage(format, frame, { from, to }, document, what, { place }) };
  });
  return frameOf(format, messages, { length: bytes.length, value: () => readJson(bytes).document });
}

/** A frame by its messages, one at least; where it is just one, that. `value`: all of them, one after another. */
export function frameOf({ id, name }: Format, messages: readonly FrameMessage[], { length, value }: { readonly length: number; readonly value: (() => ValueDocument | undefined) | undefined }): Decoded {
  const [first] = messages;
  if (messages.length === 1 && first !== undefined) return first.decoded;
  const kind = first?.decoded.kind ?? "event";
  return new DecodedMessage({
    decoder: id,
    label: first?.decoded.label ?? name,
    kind: messages.every(({ decoded }) => decoded.kind === kind) ? kind : "event",
    value,
    summary: () => labelsOf(messages),
    layers: [{ stage: "envelope", name, what: say("decode.messages", { n: messages.length }), from: 0, to: length, problem: undefined }],
    messages,
  });
}

/** The value that the message is about, shortened; where it is a text, that text. */
function bodySummary(bytes: Uint8Array, from: number, to: number, body = -1): string | undefined {
  if (body < 0) return undefined;
  const { document } = readJson(bytes, from, to);
  if (document === undefined || body >= document.count) return undefined;
  return document.kindOf(body) === STRING ? oneLine(document.textOf(body)) : abbreviate(document.part(body));
}

/** At most `MOST_MESSAGES`; the last of so many reaches to the end. */
export function toldApart(ranges: readonly RecordRange[], end: number): readonly RecordRange[] {
  if (ranges.length <= MOST_MESSAGES) return ranges;
  const last = ranges[MOST_MESSAGES - 1];
  return last === undefined ? ranges : [...ranges.slice(0, MOST_MESSAGES - 1), { from: last.from, to: end }];
}

/** What the messages are, in their order. */
function labelsOf(messages: readonly FrameMessage[]): string {
  let text = "";
  for (const { decoded } of messages) {
    if (text.length > SUMMARY_LENGTH) break;
    text += text === "" ? decoded.label : `, ${decoded.label}`;
  }
  return text;
}
