import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../message-pack/message-pack-session.ts"));

/**
 * MessagePack (github.com/msgpack/msgpack/blob/master/spec.md), in binary messages.
 *
 * Almost any byte begins some MessagePack value, so content alone makes sure only where the message is whole maps or arrays
 * with names in them: see `areSureValues`. After one such message on a connection, and where the subprotocol says so, every
 * whole map or array is one. Cost: a walk over the bytes.
 */
export const messagePack = {
  id: "msgpack",
  name: "MessagePack",
  claims: "message",
  suits: ({ subprotocol }) => /^(?:msgpack|messagepack)$/i.test(subprotocol),
  recognises: ({ opcode }) => opcode === OPCODE_BINARY,
  load: session.load,
  open: (context): DecodeSession => session.get().openMessagePack(context),
  encode: (value) => [{ opcode: OPCODE_BINARY, bytes: session.get().writeMessagePack(value) }],
} as const satisfies Decoder;
