import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { PACKED } from "../wamp/packed.ts";

const session = lazily(() => import("../wamp/packed-session.ts"));

/**
 * WAMP 2 (wamp-proto.org) in MessagePack or CBOR, a message a frame, or several of them, each behind its length (the
 * `.batched` ones).
 *
 * Versions: 2.
 *
 * Sure from the subprotocol: `wamp.2.msgpack`, `wamp.2.cbor`, and either with `.batched`. Pairs, names and topics are those of
 * WAMP in JSON.
 */
export const wampPacked = {
  id: "wamp-packed",
  name: "WAMP (packed)",
  claims: "connection",
  suits: ({ subprotocol }) => PACKED.test(subprotocol),
  load: session.load,
  open: (context): DecodeSession => session.get().openPacked(context),
} as const satisfies Decoder;
