import { OPCODE_BINARY } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { ARRAY, OBJECT, type ValueDocument } from "../../model/value-document.ts";
import { bodyMessage, brokenBody } from "../body-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { cbor } from "../decoders/cbor.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { bytesSaid } from "../summary.ts";
import { readCbor, readSureCbor } from "./read-cbor.ts";

export { writeCbor } from "./write-cbor.ts";

export const openCbor = (context: DecodeContext): DecodeSession => new CborSession(context);

class CborSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #fields = new FieldReader();
  #isExpected: boolean;

  constructor(context: DecodeContext) {
    this.#context = context;
    this.#isExpected = cbor.suits(context.connection);
  }

  decode({ bytes, opcode, direction }: FrameToDecode): Decoded | undefined {
    const { isPinned, maxBytes } = this.#context;
    if (!isPinned && (opcode !== OPCODE_BINARY || !isContainer(bytes[0] ?? 0))) return undefined;
    const isPartial = bytes.length > maxBytes;
    const isCertain = isPinned || this.#isExpected;
    if (isPartial && !isCertain) return undefined;
    const read = isCertain ? readCbor(isPartial ? bytes.subarray(0, HEAD_BYTES) : bytes) : readSureCbor(bytes);
    if (read === undefined || (read.problem !== undefined && !isPinned && !isPartial)) return undefined;
    const { document, problem } = read;
    if (document === undefined) return brokenBody(cbor, { to: problem?.offset ?? 0, problem, value: undefined, summary: bytesSaid(bytes.length) });
    if (problem === undefined) this.#isExpected = true;
    const fields = this.#fields.read(document, direction);
    const what = isPartial ? say("decode.too-long") : describe(document);
    return bodyMessage(cbor, { fields, what, to: isPartial ? bytes.length : (problem?.offset ?? bytes.length), problem: isPartial ? undefined : problem, value: isPartial ? undefined : document, summary: undefined, isPartial });
  }
}

const HEAD_BYTES = 4096;

/** Arrays, maps, and the tag of CBOR itself. */
const isContainer = (first: number): boolean => (first >= 0x80 && first <= 0x9f) || (first >= 0xa0 && first <= 0xbf) || first === 0xd9;

function describe(document: ValueDocument): ReturnType<typeof say> {
  if (document.kindOf(0) === ARRAY) return say("decode.array-of", { n: document.childrenOf(0) });
  return say(document.kindOf(0) === OBJECT ? "decode.map" : "decode.scalar");
}
