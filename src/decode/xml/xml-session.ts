import { bodyMessage, brokenBody } from "../body-message.ts";
import type { DecodeContext, Decoded, DecodeSession } from "../decoder.ts";
import { xml } from "../decoders/xml.ts";
import { oneLine } from "../summary.ts";
import { decodeHead, isUtf8 } from "../utf8-text.ts";
import { mayBeXml } from "./xml-head.ts";
import { readXml } from "./read-xml.ts";

const HEAD_BYTES = 4096;

export function openXml({ isPinned, maxBytes }: DecodeContext): DecodeSession {
  /** An earlier message was sure. */
  let isExpected = isPinned;
  return {
    decode: (frame): Decoded | undefined => {
      const { bytes } = frame;
      if (!isPinned && (!mayBeXml(frame) || bytes.length > maxBytes || !isUtf8(bytes, 0, bytes.length))) return undefined;
      const isPartial = bytes.length > maxBytes;
      const read = readXml(isPartial ? bytes.subarray(0, HEAD_BYTES) : bytes);
      const { root, isTelling, problem } = read;
      if (!isPinned && (problem !== undefined || !(isExpected || isTelling))) return undefined;
      const summary = (): string => oneLine(decodeHead(bytes, HEAD_BYTES));
      if (problem !== undefined && !isPartial) return brokenBody(xml, { to: problem.offset, problem, value: () => read.document, summary });
      isExpected = true;
      const fields = { label: root === "" ? undefined : root, kind: "event", id: undefined, answers: undefined, topic: undefined } as const;
      return bodyMessage(xml, { fields, what: root, to: bytes.length, problem: undefined, value: isPartial ? undefined : () => read.document, summary, isPartial });
    },
  };
}
