import { OPCODE_TEXT } from "../../model/frame.ts";
import { STRING } from "../../model/value-document.ts";
import { carry } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { MOST_MESSAGES, type DecodeContext, type Decoded, type DecodeSession, type FrameMessage, type FrameToDecode } from "../decoder.ts";
import { sockJs } from "../decoders/sockjs.ts";
import { lendJson, readJson } from "../json/read-json.ts";
import { frameOf } from "../records/record-message.ts";
import type { RecordRange } from "../records/record-range.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";

export const openSockJs = (context: DecodeContext): DecodeSession => new SockJsSession(context);

const HEAD_BYTES = 4096;
const ENCODER = new TextEncoder();
const QUOTE = 0x22;

class SockJsSession implements DecodeSession {
  readonly #context: DecodeContext;

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode } = frame;
    if (opcode !== OPCODE_TEXT && !this.#context.isPinned) return undefined;
    const [first] = bytes;
    if (bytes.length === 1 && (first === OPEN || first === HEARTBEAT)) return own(bytes, first === OPEN ? "open" : "heartbeat", first === OPEN ? "control" : "heartbeat");
    if (first === CLOSE && bytes[1] === BRACKET) return own(bytes, "close", "control", () => readJson(bytes, 1).document);
    // A message alone, out of a frame of several.
    if (first === QUOTE) return this.#carry(frame, { from: 0, to: bytes.length }) ?? this.#none(bytes);
    const texts = textsIn(bytes, first === ARRAY ? 1 : 0);
    if (texts === undefined || texts.length === 0) return this.#none(bytes);
    const messages: FrameMessage[] = [];
    for (const range of texts.slice(0, MOST_MESSAGES)) {
      const decoded = this.#carry(frame, range);
      if (decoded !== undefined) messages.push({ ...range, decoded });
    }
    return frameOf(sockJs, messages, { length: bytes.length, value: () => readJson(bytes, first === ARRAY ? 1 : 0).document });
  }

  #carry(frame: FrameToDecode, { from, to }: RecordRange): Decoded | undefined {
    const { document, problem } = readJson(frame.bytes, from, to);
    if (document === undefined || problem !== undefined || document.kindOf(0) !== STRING) return undefined;
    const layer = { stage: "transport", name: sockJs.name, what: "message", from, to, problem: undefined } as const;
    return carry(sockJs, this.#context, frame, ENCODER.encode(document.textOf(0)), { layer, isText: true });
  }

  #none(bytes: Uint8Array): Decoded | undefined {
    return this.#context.isPinned ? streamBroken(sockJs, bytes.length) : undefined;
  }
}

const OPEN = 0x6f;
const HEARTBEAT = 0x68;
const CLOSE = 0x63;
const ARRAY = 0x61;
const BRACKET = 0x5b;

/** The places of the texts of an array of nothing else, quotes and all. */
function textsIn(bytes: Uint8Array, from: number): readonly RecordRange[] | undefined {
  if (bytes[from] !== BRACKET) return undefined;
  const { document, problem } = lendJson(bytes, from);
  if (document === undefined || problem !== undefined) return undefined;
  const ranges: RecordRange[] = [];
  for (let node = 1; node < document.endOf(0); node = document.endOf(node)) {
    if (document.kindOf(node) !== STRING) return undefined;
    ranges.push({ from: document.fromOf(node), to: document.toOf(node) });
  }
  return ranges;
}

function own(bytes: Uint8Array, label: string, kind: Decoded["kind"], value?: () => Decoded["value"]): Decoded {
  return new DecodedMessage({
    decoder: sockJs.id,
    label,
    kind,
    value,
    summary: () => oneLine(decodeHead(bytes, HEAD_BYTES)),
    layers: [{ stage: "transport", name: sockJs.name, what: label, from: 0, to: bytes.length, problem: undefined }],
  });
}
