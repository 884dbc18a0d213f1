import { OPCODE_BINARY } from "../../model/frame.ts";
import { isHeader } from "../amqp/protocol-header.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../amqp/amqp-session.ts"));

/**
 * AMQP 1.0 over WebSocket (docs.oasis-open.org/amqp-bindmap/amqp-wsb), as Azure's buses speak it: a stream of frames, cut into
 * messages anywhere.
 *
 * Sure from the subprotocol; else from the protocol's header. A frame is named by its performative; an empty one is a
 * heartbeat. Not known: the fields of a performative, and so which disposition settles which transfer.
 */
export const amqp = {
  id: "amqp",
  name: "AMQP",
  claims: "connection",
  suits: ({ subprotocol }) => /^amqp/i.test(subprotocol),
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && isHeader(bytes, 0),
  load: session.load,
  open: (context): DecodeSession => session.get().openAmqp(context),
} as const satisfies Decoder;
