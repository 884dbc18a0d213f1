import { OPCODE_TEXT, type Direction } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { OBJECT } from "../../model/value-document.ts";
import { bodyMessage, brokenBody } from "../body-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode, KnownMessage } from "../decoder.ts";
import { json } from "../decoders/json.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { splitLines, splitRecords } from "../records/split-records.ts";
import { oneLine } from "../summary.ts";
import { decodeHead, isUtf8 } from "../utf8-text.ts";
import { describeJson, isMessageLike } from "./describe-json.ts";
import { JsonShapes } from "./json-shapes.ts";
import { HEAD_BYTES, JSON_TEXT, KnownJson } from "./known-json.ts";
import { lendJson, readJson, type JsonRead } from "./read-json.ts";

export const openJson = (context: DecodeContext): DecodeSession => new JsonSession(context);

class JsonSession implements DecodeSession {
  readonly #fields = new FieldReader();
  readonly #shapes: Record<Direction, JsonShapes> = { sent: new JsonShapes(this.#fields, "sent"), received: new JsonShapes(this.#fields, "received") };
  readonly #context: DecodeContext;
  /** This connection has sent JSON, so what begins like it is meant to be it. */
  #isExpected = false;
  /**
   * A text of this direction ended too early, and no whole one came since: it may have been the first of several pieces
   * (Firebase cuts at 16,384 characters), so what comes now is no proof of anything broken.
   */
  readonly #isCut: Record<Direction, boolean> = { sent: false, received: false };
  /** The message that comes is of no shape that came before. */
  #isUnknown = false;

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, direction } = frame;
    const { isPinned, maxBytes, wantsValue } = this.#context;
    if (!isPinned && !beginsContainer(bytes)) return undefined;
    if (bytes.length > maxBytes) return this.#decodeHead(frame);
    const known = this.#isUnknown || frame.opcode !== OPCODE_TEXT ? undefined : this.known(bytes, 0, bytes.length, direction);
    this.#isUnknown = false;
    if (known !== undefined) return known.whole(bytes);
    let read = wantsValue ? readJson(bytes) : lendJson(bytes);
    if (!isPinned && (read.problem?.reason === "several" || read.problem?.reason === "tail")) {
      // Another decoder tells these apart.
      if (splitRecords(frame) !== undefined || splitLines(frame) !== undefined) return undefined;
      read = wantsValue ? read : lendJson(bytes);
    }
    if (!this.#isWhole(read, frame)) {
      if (read.problem?.reason === "cut") this.#isCut[direction] = true;
      if (!isPinned && (read.problem?.reason === "cut" || !this.#isMeant(frame))) return undefined;
      return broken(read, bytes, wantsValue);
    }
    const fields = this.#fields.read(read.document, direction);
    this.#isExpected = true;
    this.#isCut[direction] = false;
    const told = bodyMessage(json, { fields, what: describeJson(read.document), to: bytes.length, problem: read.problem, value: wantsValue ? read.document : undefined, late: JSON_TEXT, bytes, isJson: true });
    // Last of all: what was lent is lost by it.
    if (read.problem === undefined && read.document !== undefined && !wantsValue && frame.opcode === OPCODE_TEXT) this.#shapes[direction].learn(bytes, read.document);
    return told;
  }

  known(bytes: Uint8Array, from: number, to: number, direction: Direction): KnownMessage | undefined {
    if (this.#context.wantsValue || to - from > this.#context.maxBytes) return undefined;
    const fields = this.#shapes[direction].read(bytes, from, to);
    this.#isUnknown = fields === undefined;
    if (fields === undefined) return undefined;
    this.#isExpected = true;
    this.#isCut[direction] = false;
    return new KnownJson(fields);
  }

  /** Whether all values were read that there are, and what stands beside them casts no doubt on them. */
  #isWhole({ document, problem }: JsonRead, { bytes, opcode }: FrameToDecode): boolean {
    if (document === undefined || problem?.reason === "cut" || problem?.reason === "broken") return false;
    if (problem?.reason === "several" && !this.#context.isPinned && !this.#isExpected && !isMessageLike(document)) return false;
    if (opcode === OPCODE_TEXT) return problem?.reason !== "rest";
    if (problem?.reason === "rest" && !isMessageLike(document)) return false;
    return isUtf8(bytes, 0, problem?.reason === "rest" ? problem.offset : bytes.length);
  }

  /** Whether a message that is no JSON was meant to be it. */
  #isMeant({ bytes, opcode, direction }: FrameToDecode): boolean {
    if (!this.#isExpected || this.#isCut[direction]) return false;
    return MEANT.test(decodeHead(bytes, HEAD_BYTES)) && (opcode === OPCODE_TEXT || isUtf8(bytes, 0, bytes.length));
  }

  #decodeHead({ bytes, direction }: FrameToDecode): Decoded | undefined {
    const head = bytes.subarray(0, HEAD_BYTES);
    const { document } = lendJson(head);
    // Without an object's first entry there is nothing to be sure of.
    const isSure = document !== undefined && document.kindOf(0) === OBJECT && document.childrenOf(0) > 0;
    if (!isSure && !this.#isExpected && !this.#context.isPinned) return undefined;
    const fields = this.#fields.read(document, direction);
    return bodyMessage(json, { fields, what: say("decode.too-long"), to: bytes.length, problem: undefined, summary: () => oneLine(decodeHead(bytes, HEAD_BYTES)), isPartial: true });
  }
}

/** An object's first key, or an array's first entry: `[12:30] hello` is neither. */
const MEANT = /^\s*(?:\{\s*"|\[\s*[[{"])/;
const BRACE = 0x7b;
const BRACKET = 0x5b;

/** Whether the first byte that is no space or byte order mark begins an object or an array. */
function beginsContainer(bytes: Uint8Array): boolean {
  for (let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === BRACE || byte === BRACKET) return true;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return false;
}

function broken({ document, problem }: JsonRead, bytes: Uint8Array, wantsValue: boolean): Decoded {
  const told = problem ?? { said: say("decode.not-utf8"), offset: 0 };
  return brokenBody(json, { to: told.offset, problem: told, value: wantsValue ? document : () => readJson(bytes).document, summary: () => oneLine(decodeHead(bytes, HEAD_BYTES)) });
}
