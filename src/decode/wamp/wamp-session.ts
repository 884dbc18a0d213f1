import { OPCODE_TEXT } from "../../model/frame.ts";
import type { DecodeContext, DecodeSession } from "../decoder.ts";
import { wamp } from "../decoders/wamp.ts";
import { JsonMessage } from "../json-protocol/json-message.ts";
import { severalRecords, type RecordFields } from "../records/record-message.ts";
import type { RecordRange } from "../records/record-range.ts";
import { wampReader } from "./wamp-reader.ts";

export { wampReader };

/** ASCII's CAN. */
const END = 0x18;
const NO_FIELDS: RecordFields = { label: undefined, kind: "error", id: undefined, answers: undefined, topic: undefined };

/** `lone`: takes what is no batch. */
export function openBatched(context: DecodeContext, lone: DecodeSession): DecodeSession {
  const read = wampReader();
  return {
    decode: (frame) => {
      const { bytes, opcode, direction } = frame;
      if (opcode !== OPCODE_TEXT || bytes[bytes.length - 1] !== END || bytes.length > context.maxBytes) return lone.decode(frame);
      return severalRecords(wamp, frame, rangesIn(bytes), (document) => (document === undefined ? undefined : read(new JsonMessage(document, direction))) ?? NO_FIELDS);
    },
  };
}

function rangesIn(bytes: Uint8Array): readonly RecordRange[] {
  const ranges: RecordRange[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf(END, from);
    if (to > from) ranges.push({ from, to });
    from = to + 1;
  }
  return ranges;
}
