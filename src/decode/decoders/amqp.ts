import { OPCODE_BINARY } from "../../model/frame.ts";
import { isHeader } from "../amqp/protocol-header.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../amqp/amqp-session.ts"));

/**
 * AMQP 1.0 over WebSocket (docs.oasis-open.org/amqp-bindmap/amqp-wsb), as Azure's buses speak it: a stream of frames, cut into
 * messages anywhere.
 *
 * Versions: 1.0.
 *
 * Sure from the subprotocol; else from the protocol's header. A frame is named by its performative, whose fields are its value; a
 * transfer's also has the sections of its message: what an application made of bytes as JSON or text where it is that. An empty
 * frame is a heartbeat. An open, a begin and an attach are answered by the other side's own; the topic is the link's address. A
 * transfer has its delivery's number as its id, and so has the disposition that settles it, or it and others: so it is no answer.
 * A message over several transfers is put together, of 1,000 transfers and 4 MiB at most. Not known: one between whose transfers other
 * frames of their direction lie, and one whose last transfer the capture does not have: its frames are parts of a packet.
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
