import { OPCODE_TEXT } from "../../model/frame.ts";
import type { DecodeContext, Decoder, DecodeSession } from "../decoder.ts";
import { JsonMessage } from "../json-protocol/json-message.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { severalRecords, type RecordFields } from "../records/record-message.ts";
import type { RecordRange } from "../records/record-range.ts";
import { wampReader } from "../wamp/wamp-reader.ts";

const alone = jsonProtocol({
  id: "wamp",
  name: "WAMP",
  suits: ({ subprotocol }) => subprotocol === "wamp.2.json" || subprotocol === BATCHED,
  sure: headPattern(String.raw`\[1,"[\w.]+",\{…"roles":\{`, String.raw`\[2,\d+,\{…"roles":\{`),
  reader: wampReader,
});

/**
 * WAMP 2 (wamp-proto.org) in JSON, a message a frame, or several of them, each ended by 0x18 (`wamp.2.json.batched`).
 *
 * Sure from the subprotocol `wamp.2.json` or `wamp.2.json.batched`. Calls, subscriptions and registrations are requests by
 * their ids, and what answers them is told by the protocol. A message is named by its procedure or topic, else by its code; an
 * event has the topic that was subscribed.
 */
export const wamp = {
  ...alone,
  open: (context: DecodeContext): DecodeSession => (context.connection.subprotocol === BATCHED ? openBatched(context) : alone.open(context)),
} as const satisfies Decoder;

const BATCHED = "wamp.2.json.batched";
/** ASCII's CAN. */
const END = 0x18;
const NO_FIELDS: RecordFields = { label: undefined, kind: "error", id: undefined, answers: undefined, topic: undefined };

function openBatched(context: DecodeContext): DecodeSession {
  const read = wampReader();
  const lone = alone.open(context);
  return {
    decode: (frame) => {
      const { bytes, opcode, direction } = frame;
      if (opcode !== OPCODE_TEXT || bytes[bytes.length - 1] !== END || bytes.length > context.maxBytes) return lone.decode(frame);
      return severalRecords(alone, frame, rangesIn(bytes), (document) => (document === undefined ? undefined : read(new JsonMessage(document, direction))) ?? NO_FIELDS);
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
