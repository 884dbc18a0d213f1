import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../cbor/cbor-session.ts"));

/**
 * CBOR (RFC 8949), in binary messages.
 *
 * Sure from the tag that says so; else where the message is whole maps or arrays with names in them. After one such message
 * on a connection every whole map or array is one. A date is told as its time, any other tag as an object of it and its
 * value. Label, ids and topic are found as in JSON.
 */
export const cbor = {
  id: "cbor",
  name: "CBOR",
  claims: "message",
  suits: ({ subprotocol }) => subprotocol === "cbor",
  recognises: ({ opcode }) => opcode === OPCODE_BINARY,
  load: session.load,
  open: (context): DecodeSession => session.get().openCbor(context),
  encode: (value) => [{ opcode: OPCODE_BINARY, bytes: session.get().writeCbor(value) }],
} as const satisfies Decoder;
