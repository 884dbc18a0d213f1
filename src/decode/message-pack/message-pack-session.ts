import { OPCODE_BINARY } from "../../model/frame.ts";
import { say, type Said } from "../../model/said.ts";
import { ARRAY, OBJECT, type ValueDocument } from "../../model/value-document.ts";
import { bodyMessage, brokenBody } from "../body-message.ts";
import type { MessageParts } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { messagePack } from "../decoders/message-pack.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { hasEnoughNames, isTextMap } from "../fields/sure-values.ts";
import { abbreviate, bytesSaid } from "../summary.ts";
import { isUtf8 } from "../utf8-text.ts";
import { lendMessagePack, lendSureMessagePack, readMessagePack, type MessagePackRead } from "./read-message-pack.ts";

export { writeMessagePack } from "./write-message-pack.ts";

export const openMessagePack = (context: DecodeContext): DecodeSession => new MessagePackSession(context);

const HEAD_BYTES = 4096;

class MessagePackSession implements DecodeSession {
  readonly #fields = new FieldReader();
  readonly #context: DecodeContext;
  /** The handshake or an earlier message was sure. */
  #isExpected: boolean;

  constructor(context: DecodeContext) {
    this.#context = context;
    this.#isExpected = messagePack.suits(context.connection);
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes } = frame;
    const { isPinned, maxBytes, wantsValue } = this.#context;
    if (frame.opcode !== OPCODE_BINARY && !isPinned) return undefined;
    if (!isPinned && !isContainer(bytes[0] ?? 0)) return undefined;
    if (bytes.length > maxBytes) return this.#decodeHead(frame);

    const isCertain = isPinned || this.#isExpected;
    if (!isCertain && (isWideText(bytes) || lendSureMessagePack(bytes) === undefined)) return undefined;
    const read = wantsValue ? readMessagePack(bytes) : lendMessagePack(bytes);
    const { document, problem } = read;
    const isWhole = problem === undefined || problem.reason === "several" || problem.reason === "text";
    // A message that breaks must at least begin as one.
    if (!isPinned && !isWhole && (document === undefined || !isTextMap(document, 0))) return undefined;
    const value = wantsValue ? document : () => readMessagePack(bytes).document;
    if (document === undefined || problem?.reason === "broken") return broken(read, bytes, value);
    if (isWhole) this.#isExpected = true;
    return this.#message(frame, read, value);
  }

  #decodeHead(frame: FrameToDecode): Decoded | undefined {
    const read = lendMessagePack(frame.bytes.subarray(0, HEAD_BYTES));
    const { document, isTight } = read;
    const isNamed = document !== undefined && isTight && isTextMap(document, 0) && hasEnoughNames(document, 0);
    if (!isNamed && !this.#context.isPinned && (!this.#isExpected || document?.kindOf(0) === OBJECT)) return undefined;
    return this.#message(frame, read, undefined, true);
  }

  #message({ bytes, direction }: FrameToDecode, { document, end, problem }: MessagePackRead, value: MessageParts["value"], isPartial = false): Decoded {
    const fields = this.#fields.read(document, direction);
    if (isPartial) return bodyMessage(messagePack, { fields, what: say("decode.too-long"), to: bytes.length, problem: undefined, value, summary: () => beginning(bytes.subarray(0, HEAD_BYTES)), isPartial });
    return bodyMessage(messagePack, { fields, what: describe(document), to: end, problem, value, summary: problem?.reason === "cut" ? () => beginning(bytes) : undefined });
  }
}

/** What is there of a value that goes on. */
function beginning(bytes: Uint8Array): string {
  const { document } = readMessagePack(bytes);
  return document === undefined ? "…" : `${abbreviate(document).slice(0, -1)}…`;
}

function broken({ document, end, problem }: MessagePackRead, bytes: Uint8Array, value: MessageParts["value"]): Decoded {
  return brokenBody(messagePack, { to: end, problem, value, summary: document === undefined ? bytesSaid(bytes.length) : undefined });
}

/** fixmap, fixarray, array 16 and 32, map 16 and 32. */
const isContainer = (first: number): boolean => (first >= 0x80 && first < 0xa0) || (first >= 0xdc && first <= 0xdf);

/** 0xdc to 0xdf also begin characters of UTF-8 (U+0700 to U+07FF), so such bytes may be a text. */
const isWideText = (bytes: Uint8Array): boolean => (bytes[0] ?? 0) >= 0xdc && isUtf8(bytes, 0, bytes.length);

function describe(document: ValueDocument | undefined): Said {
  if (document?.kindOf(0) === ARRAY) return say("decode.array-of", { n: document.childrenOf(0) });
  return say(document?.kindOf(0) === OBJECT ? "decode.map" : "decode.scalar");
}
