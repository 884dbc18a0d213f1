import { OPCODE_BINARY } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { bodyMessage, brokenBody } from "../body-message.ts";
import type { DecodeContext, Decoded, DecodeSession } from "../decoder.ts";
import { bson } from "../decoders/bson.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { areSureValues } from "../fields/sure-values.ts";
import { bytesSaid } from "../summary.ts";
import { isBsonLong } from "./bson-head.ts";
import { readBson } from "./read-bson.ts";

const HEAD_BYTES = 4096;

export function openBson({ isPinned, maxBytes }: DecodeContext): DecodeSession {
  const fields = new FieldReader();
  /** An earlier message was sure. */
  let isExpected = isPinned;
  return {
    decode: ({ bytes, opcode, direction }): Decoded | undefined => {
      if (!isPinned && (opcode !== OPCODE_BINARY || !isBsonLong(bytes))) return undefined;
      const isPartial = bytes.length > maxBytes;
      const { document, problem } = readBson(isPartial ? bytes.subarray(0, HEAD_BYTES) : bytes);
      if (isPartial ? !isExpected : !isPinned && (document === undefined || problem !== undefined || (!isExpected && !areSureValues(document)))) return undefined;
      isExpected = true;
      if (problem !== undefined && !isPartial) return brokenBody(bson, { to: problem.offset, problem, value: document, summary: document === undefined ? bytesSaid(bytes.length) : undefined });
      return bodyMessage(bson, {
        fields: fields.read(isPartial ? undefined : document, direction),
        what: say(isPartial ? "decode.too-long" : "decode.map"),
        to: bytes.length,
        problem: undefined,
        value: isPartial ? undefined : document,
        summary: isPartial ? bytesSaid(bytes.length) : undefined,
        isPartial,
      });
    },
  };
}
