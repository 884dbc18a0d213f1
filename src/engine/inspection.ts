import { isMessage, opcodeOf, isPayloadUnreported, directionOf, kindOf, isMasked } from "../model/frame.ts";
import type { FrameIndex } from "../model/units.ts";
import { jsonTextOf } from "../decode/json-text.ts";
import { readJson } from "../decode/json/json-document.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { Decoded } from "../decode/decoder.ts";
import type { FrameDetails, LayerDetails, TextLine, TreeLine } from "./contract.ts";
import { decodeAt, decoderAt, labelAt, READ_AS_TEXT } from "./decoded-row.ts";
import { pairDetails } from "./pair-details.ts";
import { JsonTree } from "./json-tree.ts";
import { payloadAsText, toBase64 } from "./payload-text.ts";
import { textOpcode, unreportedText } from "./row-text.ts";
import { TextLines } from "./text-lines.ts";

/** One frame laid open for the inspector. Made once a frame: its text and tree are kept while it is looked at. */
export class Inspection {
  readonly frame: FrameIndex;
  readonly generation: number;
  readonly #capture: CaptureLog;
  readonly #text: string | undefined;
  readonly #tree: JsonTree | undefined;
  /** What its decoder made of it; undefined where none took it, or where it is read as it stands. */
  readonly #decoded: Decoded | undefined;
  #problem: string | undefined;
  #lines: TextLines | undefined;

  /** Cost: a decoding of the payload, and a pass over it where it looks like JSON. */
  constructor(capture: CaptureLog, frame: FrameIndex) {
    this.frame = frame;
    this.generation = capture.generation;
    this.#capture = capture;
    this.#decoded = decodedForInspector(capture, frame);
    const bits = capture.log.bitsAt(frame);
    this.#text = payloadAsText(capture.log.payloadAt(frame), textOpcode(bits));
    const json = isMessage(bits) ? this.#jsonText() : undefined;
    const read = json === undefined ? undefined : readJson(json);
    if (read !== undefined && "document" in read) this.#tree = new JsonTree(read.document);
    else if (read !== undefined) this.#problem = `Not quite JSON: ${read.problem.message} at character ${read.problem.offset + 1}.`;
  }

  /** What the tree shows: the payload itself where it is JSON, else what its decoder made of it. */
  #jsonText(): string | undefined {
    if (this.#decoded !== undefined) {
      const { problem } = this.#decoded;
      if (problem !== undefined) this.#problem = `${problem.message} (byte ${problem.offset})`;
      return jsonTextOf(this.#decoded);
    }
    return this.#text !== undefined && LOOKS_LIKE_JSON.test(this.#text) ? this.#text : undefined;
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
      label: labelAt(this.#capture, this.frame),
      size: log.sizeAt(this.frame),
      connection: table.connections.get(log.connectionAt(this.frame)) ?? null,
      layers: this.#layers(),
      pair: pairDetails(this.#capture, this.frame),
      pinned: mark?.pinned ?? false,
      userNote: mark?.note ?? "",
      treeLines: this.#tree?.length ?? null,
      textLines: this.#text === undefined ? null : this.#textLines(columns).length,
      note: isUnreported ? `${unreportedText(log.sizeAt(this.frame))}.` : (this.#problem ?? null),
    };
  }

  #layers(): LayerDetails[] {
    if (this.#decoded === undefined) return this.#tree === undefined ? [] : [{ name: "JSON", what: "", problem: null }];
    return this.#decoded.layers.map(({ name, what, problem }) => ({
      name,
      what,
      problem: problem === undefined ? null : `${problem.message} (byte ${problem.offset})`,
    }));
  }

  treeLines(from: number, to: number): TreeLine[] {
    return this.#tree?.lines(from, to) ?? [];
  }

  toggleTree(line: number, all: boolean): number {
    return this.#tree?.toggle(line, all) ?? 0;
  }

  textLines(columns: number, from: number, to: number): TextLine[] {
    return this.#text === undefined ? [] : this.#textLines(columns).lines(from, to);
  }

  /** The payload for the clipboard: its text, or base64 where it is none. */
  payloadText(): string {
    return this.#text ?? toBase64(this.#capture.log.payloadAt(this.frame));
  }

  #textLines(columns: number): TextLines {
    if (this.#lines?.columns !== columns) this.#lines = new TextLines(this.#text ?? "", columns);
    return this.#lines;
  }
}

function decodedForInspector(capture: CaptureLog, frame: FrameIndex): Decoded | undefined {
  const decoder = decoderAt(capture, frame);
  return decoder === undefined || READ_AS_TEXT.has(decoder) ? undefined : decodeAt(capture, frame);
}

/** A scalar alone is JSON too, but is read better as the text that it is. */
const LOOKS_LIKE_JSON = /^\s*[[{]/;
