import { isMessage, opcodeOf, isPayloadUnreported, directionOf, kindOf, isMasked } from "../model/frame.ts";
import { say, type Said } from "../model/said.ts";
import type { FrameIndex } from "../model/units.ts";
import type { ValueDocument } from "../model/value-document.ts";
import { isMessageLike } from "../decode/json/describe-json.ts";
import { toPrettyJson } from "../decode/pretty-json.ts";
import { readJson } from "../decode/json/read-json.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { Decoded, DecodeProblem } from "../decode/decoder.ts";
import type { FoundText, FrameDetails, LaidText, LayerDetails, TextForm, TextLine, TreeLine } from "../contract/inspect.ts";
import { decodeAt, messageLabelAt, messageLabels, wholeAt } from "./decoded-row.ts";
import { pairDetails } from "./pair-details.ts";
import { JsonTree } from "./json-tree.ts";
import { payloadAsText } from "./payload-text.ts";
import { base64Text } from "../model/base64.ts";
import { rowPayload, textOpcode, unreported } from "./row-text.ts";
import { TextLines } from "./text-lines.ts";

/** One frame laid open for the inspector, by one of its messages where it holds several. Made once for each: its text and tree are kept while it is looked at. */
export class Inspection {
  readonly frame: FrameIndex;
  /** Its place in the frame, where that holds several; else 0. */
  readonly message: number;
  readonly generation: number;
  readonly #capture: CaptureLog;
  readonly #text: string | undefined;
  readonly #tree: JsonTree | undefined;
  /** What its decoder made of it; undefined where none took it. */
  readonly #decoded: Decoded | undefined;
  readonly #value: ValueDocument | undefined;
  #problem: Said | undefined;
  #pretty: string | undefined;
  /** Its texts as they were laid out lately, by form and width. */
  readonly #lines = new Map<string, TextLines>();

  /** Cost: a decoding of the payload, and a pass over it where it looks like JSON. */
  constructor(capture: CaptureLog, frame: FrameIndex, message: number) {
    this.frame = frame;
    this.message = message;
    this.generation = capture.generation;
    this.#capture = capture;
    const decoded = decodeAt(capture, frame);
    this.#decoded = decoded?.messages[message]?.decoded ?? decoded;
    const bits = capture.log.bitsAt(frame);
    const payload = rowPayload(capture.log, capture.tell, frame);
    this.#text = payloadAsText(payload, textOpcode(bits));
    const value = isMessage(bits) ? this.#readValue(payload) : undefined;
    this.#value = value;
    if (value !== undefined) this.#tree = new JsonTree(value);
  }

  /** What the tree shows: what its decoder made of the payload, else the payload itself as far as it is JSON. */
  #readValue(payload: Uint8Array): ValueDocument | undefined {
    if (this.#decoded !== undefined) {
      const { problem, value } = this.#decoded;
      if (problem !== undefined) this.#problem = atByte(problem);
      return wholeAt(this.#capture, this.frame)?.value ?? value;
    }
    if (this.#text === undefined || !LOOKS_LIKE_JSON.test(this.#text)) return undefined;
    const { document, problem } = readJson(payload);
    if (problem === undefined || document === undefined) return document;
    this.#problem = say("decode.not-quite-json", { problem: atByte(problem) });
    // A line of a log may begin like an array.
    return isMessageLike(document) ? document : undefined;
  }

  details(columns: number): FrameDetails {
    const { log, table } = this.#capture;
    const bits = log.bitsAt(this.frame);
    const isUnreported = isPayloadUnreported(bits);
    const mark = this.#capture.marks.get(this.frame);
    return {
      index: this.frame,
      kind: kindOf(bits),
      direction: directionOf(bits) ?? null,
      opcode: opcodeOf(bits),
      masked: isMasked(bits),
      time: table.clock.toEpoch(log.timeAt(this.frame)) ?? null,
      label: messageLabelAt(this.#capture, this.frame, this.message),
      messages: messageLabels(this.#capture, this.frame),
      message: this.message,
      size: log.sizeAt(this.frame),
      connection: table.connections.get(log.connectionAt(this.frame)) ?? null,
      layers: this.#layers(),
      pair: pairDetails(this.#capture, this.frame, this.message),
      pinned: mark?.pinned ?? false,
      userNote: mark?.note ?? "",
      treeLines: this.#tree?.length ?? null,
      textLines: this.#text === undefined ? null : (this.#layOut({ form: "sent", columns })?.length ?? null),
      note: isUnreported ? unreported(log.sizeAt(this.frame)) : (this.#problem ?? null),
    };
  }

  #layers(): LayerDetails[] {
    if (this.#decoded === undefined) return this.#tree === undefined ? [] : [{ name: "JSON", what: "", problem: this.#problem ?? null }];
    return this.#decoded.layers.map(({ name, what, problem }) => ({
      name,
      what,
      problem: problem === undefined ? null : atByte(problem),
    }));
  }

  treeLines(from: number, to: number): TreeLine[] {
    return this.#tree?.lines(from, to) ?? [];
  }

  toggleTree(line: number, all: boolean, opens?: boolean): number {
    return this.#tree?.toggle(line, all, opens) ?? 0;
  }

  /** Lines of its text; null where it has none in that form. */
  layText(form: TextForm): LaidText | null {
    const lines = this.#layOut(form);
    return lines === undefined ? null : { lines: lines.length, longest: lines.longest };
  }

  textLines(form: TextForm, from: number, to: number): TextLine[] {
    return this.#layOut(form)?.lines(from, to) ?? [];
  }

  findText(form: TextForm, text: string, after: Pick<FoundText, "line" | "from"> | null, backwards: boolean): FoundText | null {
    return this.#layOut(form)?.find(text, after, backwards) ?? null;
  }

  /** The payload for the clipboard: its text, or base64 where it is none. */
  payloadText(): string {
    return this.#text ?? base64Text(this.#capture.log.payloadAt(this.frame));
  }

  #layOut({ form, columns }: TextForm): TextLines | undefined {
    const key = `${form} ${columns}`;
    const before = this.#lines.get(key);
    if (before !== undefined) return before;
    const text = form === "sent" ? this.#text : (this.#pretty ??= this.#value === undefined ? undefined : toPrettyJson(this.#value));
    if (text === undefined) return undefined;
    if (this.#lines.size >= MOST_LAID_OUT) this.#lines.clear();
    const lines = new TextLines(text, columns);
    this.#lines.set(key, lines);
    return lines;
  }
}

/** Both forms at two widths. */
const MOST_LAID_OUT = 4;
const atByte = ({ said, offset }: DecodeProblem): Said => say("decode.at-byte", { problem: said, offset });

/** A scalar alone is JSON too, but is read better as the text that it is. */
const LOOKS_LIKE_JSON = /^\s*[[{]/;
