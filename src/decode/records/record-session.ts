import type { Direction } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import {
  MOST_MESSAGES,
  SUMMARY_LENGTH,
  type DecodeContext,
  type Decoded,
  type Decoder,
  type DecodeSession,
  type FrameMessage,
  type FrameToDecode,
  type Layer,
} from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { MessageFields } from "../fields/message-fields.ts";
import { describeJson } from "../json/describe-json.ts";
import { lendJson, readJson } from "../json/read-json.ts";
import { cut, oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import { loneRecord, type RecordRange } from "./split-records.ts";

/** What a record says. */
export interface RecordFields extends MessageFields {
  /** What the protocol calls it; left out where the records are nothing but JSON. */
  readonly what?: string;
}

export interface RecordFormat {
  readonly decoder: Pick<Decoder, "id" | "name">;
  /** Undefined unless sure. */
  split(frame: FrameToDecode): readonly RecordRange[] | undefined;
  /** The document is lent: read it now. */
  read(document: ValueDocument | undefined, direction: Direction): RecordFields;
}

const HEAD_BYTES = 4096;

/** Frames that hold JSON texts one after another, each of which is a message. */
export class RecordSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #format: RecordFormat;

  constructor(context: DecodeContext, format: RecordFormat) {
    this.#context = context;
    this.#format = format;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes } = frame;
    const { isPinned, maxBytes } = this.#context;
    if (bytes.length > maxBytes) return isPinned ? this.#untold(bytes, "JSON", "event", { what: say("decode.too-long"), isPartial: true }) : undefined;
    const ranges = this.#format.split(frame) ?? (isPinned ? loneRecord(bytes) : undefined);
    if (ranges === undefined || ranges.length === 0) {
      if (!isPinned) return undefined;
      const problem = { said: say("decode.records-none", { format: this.#format.decoder.name }), offset: 0 };
      return this.#untold(bytes, "not JSON", "error", { what: say("decode.broken"), problem });
    }
    const messages = toldApart(ranges, bytes.length).map((range, i, { length }) => this.#message(frame, range, i, length));
    return messages.length === 1 ? messages[0]?.decoded : this.#several(bytes, messages);
  }

  #message({ bytes, direction }: FrameToDecode, { from, to }: RecordRange, at: number, count: number): FrameMessage {
    const { decoder } = this.#format;
    const { document } = lendJson(bytes, from, to);
    const what = describeJson(document);
    const fields = this.#format.read(document, direction);
    const layers: Layer[] = [{ stage: "body", name: "JSON", what, from, to, problem: undefined }];
    const place = count === 1 ? undefined : say("decode.message-of", { n: at + 1, all: count });
    const told = place === undefined || fields.what === undefined ? (place ?? fields.what) : say("decode.named-message-of", { what: fields.what, place });
    if (told !== undefined) layers.unshift({ stage: "envelope", name: decoder.name, what: told, from, to, problem: undefined });
    return {
      from,
      to,
      decoded: new DecodedMessage({
        decoder: decoder.id,
        label: fields.label ?? "JSON",
        kind: fields.kind,
        id: fields.id,
        answers: fields.answers,
        topic: fields.topic,
        value: () => readJson(bytes, from, to).document,
        isJson: true,
        summary: () => oneLine(decodeHead(bytes.subarray(from, to), HEAD_BYTES)),
        layers,
      }),
    };
  }

  #several(bytes: Uint8Array, messages: readonly FrameMessage[]): Decoded {
    const [first] = messages;
    const kind = first?.decoded.kind ?? "event";
    return new DecodedMessage({
      decoder: this.#format.decoder.id,
      label: first?.decoded.label ?? "JSON",
      kind: messages.every(({ decoded }) => decoded.kind === kind) ? kind : "event",
      value: () => readJson(bytes).document,
      summary: () => summaryOf(messages),
      layers: [{ stage: "envelope", name: this.#format.decoder.name, what: say("decode.messages", { n: messages.length }), from: 0, to: bytes.length, problem: undefined }],
      messages,
    });
  }

  #untold(bytes: Uint8Array, label: string, kind: Decoded["kind"], { isPartial = false, ...layer }: Pick<Layer, "what"> & Partial<Pick<Layer, "problem">> & { readonly isPartial?: boolean }): Decoded {
    return new DecodedMessage({
      decoder: this.#format.decoder.id,
      label,
      kind,
      summary: () => oneLine(decodeHead(bytes, HEAD_BYTES)),
      layers: [{ stage: "body", name: this.#format.decoder.name, from: 0, to: bytes.length, problem: undefined, ...layer }],
      isPartial,
    });
  }
}

/** At most `MOST_MESSAGES`: the last of so many reaches to the end. */
function toldApart(ranges: readonly RecordRange[], end: number): readonly RecordRange[] {
  if (ranges.length <= MOST_MESSAGES) return ranges;
  const last = ranges[MOST_MESSAGES - 1];
  return last === undefined ? ranges : [...ranges.slice(0, MOST_MESSAGES - 1), { from: last.from, to: end }];
}

/** What the messages are, in their order. */
function summaryOf(messages: readonly FrameMessage[]): string {
  let text = "";
  for (const { decoded } of messages) {
    if (text.length > SUMMARY_LENGTH) break;
    text += text === "" ? decoded.label : `, ${decoded.label}`;
  }
  return cut(oneLine(text), SUMMARY_LENGTH);
}
