import { OPCODE_BINARY } from "../../model/frame.ts";
import { isBsonLong } from "../bson/bson-head.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../bson/bson-session.ts"));

/**
 * BSON (bsonspec.org), in binary messages: a message a document.
 *
 * Sure of a message that is as long as it says at its start, and whole elements with names to its end; after one such message on
 * a connection names do not matter. A date is told as its time, a decimal as its digits, what else JSON has no word for as MongoDB's Extended JSON has it: `{"$oid":"…"}`. Label, ids and topic are found
 * as in JSON.
 */
export const bson = {
  id: "bson",
  name: "BSON",
  claims: "message",
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && isBsonLong(bytes),
  load: session.load,
  open: (context): DecodeSession => session.get().openBson(context),
} as const satisfies Decoder;
