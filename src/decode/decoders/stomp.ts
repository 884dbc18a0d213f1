import type { ConnectionFacts, Decoder, DecodeSession, EncodedMessage } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { STOMP_COMMANDS } from "../stomp/commands.ts";

const session = lazily(() => import("../stomp/stomp-session.ts"));

/**
 * STOMP 1.0 to 1.2 (stomp.github.io), in text and binary messages, a frame cut into several of them or several in one.
 *
 * Versions: 1.0, 1.1 and 1.2.
 *
 * Sure from a subprotocol `v1x.stomp`; else from a command with headers. What asks for a receipt is a request, the RECEIPT the
 * answer; a CONNECT is one, too. The topic is the destination, of a subscription also where only its id is told. A body
 * is decoded by its own encoding, and is the value.
 */
export const stomp = {
  id: "stomp",
  name: "STOMP",
  claims: "connection",
  carries: true,
  suits: ({ subprotocol }: ConnectionFacts): boolean => /^v1\d\.stomp$/.test(subprotocol),
  recognises: (_frame, head) => SURE.test(head),
  load: session.load,
  open: (context): DecodeSession => session.get().openStomp(context),
  encode: (value, { frame }): readonly EncodedMessage[] => [{ opcode: frame.opcode, bytes: session.get().writeStompBody(value, frame.bytes) }],
} as const satisfies Decoder;

const SURE = new RegExp(`^(?:${[...STOMP_COMMANDS].join("|")})\\r?\\n(?:[\\w-]+:[^\\n]*\\n|\\r?\\n\\0)`);
