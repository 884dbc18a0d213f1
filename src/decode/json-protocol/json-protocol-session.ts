import { OPCODE_TEXT } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { ARRAY, OBJECT, type ValueDocument } from "../../model/value-document.ts";
import { brokenBody } from "../body-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { lendJson, readJson, type JsonRead } from "../json/read-json.ts";
import { recordMessage, severalRecords, type RecordFields } from "../records/record-message.ts";
import type { RecordRange } from "../records/record-range.ts";
import { splitLines } from "../records/split-records.ts";
import { oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import { JsonMessage } from "./json-message.ts";
import type { JsonProtocol, JsonReader, ReadMessage } from "./json-protocol.ts";

export const openJsonProtocol = (context: DecodeContext, protocol: JsonProtocol<string>, reader: JsonReader): DecodeSession => new JsonProtocolSession(context, protocol, reader);

const HEAD_BYTES = 4096;

class JsonProtocolSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #protocol: JsonProtocol<string>;
  readonly #read: ReadMessage;

  constructor(context: DecodeContext, protocol: JsonProtocol<string>, reader: JsonReader) {
    this.#context = context;
    this.#protocol = protocol;
    this.#read = reader(context.connection);
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode, direction } = frame;
    const { isPinned, maxBytes } = this.#context;
    if (opcode !== OPCODE_TEXT && !isPinned) return undefined;
    const isPartial = bytes.length > maxBytes;
    const read = lendJson(isPartial ? bytes.subarray(0, HEAD_BYTES) : bytes);
    const { document, problem } = read;
    if (document !== undefined && (isPartial || problem === undefined)) {
      if (!isPartial && this.#protocol.several === "batch" && isBatch(document)) return this.#tellApart(frame, entriesOf(document));
      const fields = this.#read(new JsonMessage(document, direction));
      if (fields !== undefined) return recordMessage(this.#protocol, frame, { from: 0, to: bytes.length }, document, fields, { isPartial });
    } else if (problem?.reason === "several" && this.#protocol.several === "lines") {
      const lines = splitLines(frame);
      if (lines !== undefined) return this.#tellApart(frame, lines);
    }
    return this.#heartbeat(bytes) ?? (isPinned ? this.#broken(read, bytes) : undefined);
  }

  /** A frame of several messages, each of which must be the protocol's. */
  #tellApart(frame: FrameToDecode, ranges: readonly RecordRange[]): Decoded | undefined {
    const { direction, bytes } = frame;
    let isStrange = false;
    const several = severalRecords(this.#protocol, frame, ranges, (document) => {
      const fields = document && this.#read(new JsonMessage(document, direction));
      if (fields === undefined) isStrange = true;
      return fields ?? NO_FIELDS;
    });
    if (!isStrange) return several;
    return this.#context.isPinned ? this.#broken(readJson(bytes), bytes) : undefined;
  }

  #heartbeat(bytes: Uint8Array): Decoded | undefined {
    const { heartbeats = [] } = this.#protocol;
    const text = bytes.length <= LONGEST_HEARTBEAT ? decodeHead(bytes, LONGEST_HEARTBEAT) : "";
    if (!heartbeats.includes(text)) return undefined;
    return recordMessage(this.#protocol, { bytes }, { from: 0, to: bytes.length }, undefined, { ...NO_FIELDS, label: text, kind: "heartbeat", what: text }, { isText: true });
  }

  #broken({ problem }: JsonRead, bytes: Uint8Array): Decoded {
    const told = problem ?? { said: say("decode.records-none", { format: this.#protocol.name }), offset: 0 };
    return brokenBody(this.#protocol, { to: told.offset, problem: told, value: () => readJson(bytes).document, summary: () => oneLine(decodeHead(bytes, HEAD_BYTES)) });
  }
}

const LONGEST_HEARTBEAT = 16;
const NO_FIELDS: RecordFields = { label: undefined, kind: "event", id: undefined, answers: undefined, topic: undefined };

/** An array of objects, one at least. */
function isBatch(document: ValueDocument): boolean {
  if (document.kindOf(0) !== ARRAY || document.childrenOf(0) === 0) return false;
  for (let node = 1; node < document.endOf(0); node = document.endOf(node)) if (document.kindOf(node) !== OBJECT) return false;
  return true;
}

function entriesOf(document: ValueDocument): RecordRange[] {
  const ranges: RecordRange[] = [];
  for (let node = 1; node < document.endOf(0); node = document.endOf(node)) ranges.push({ from: document.fromOf(node), to: document.toOf(node) });
  return ranges;
}
