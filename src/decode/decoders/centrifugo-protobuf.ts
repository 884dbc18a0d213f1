import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../centrifugo/protobuf-session.ts"));

/**
 * Centrifugo (centrifugal.dev, "Client protocol") in Protocol Buffers: commands and replies, one or several a frame, each behind
 * its length.
 *
 * Versions: 2.
 *
 * Sure from the subprotocol `centrifuge-protobuf`. Names, pairs and topics are those of its JSON. What is published, sent or
 * answered is decoded by its own encoding; of anything else the fields are told by their numbers.
 */
export const centrifugoProtobuf = {
  id: "centrifugo-protobuf",
  name: "Centrifugo (protobuf)",
  claims: "connection",
  carries: true,
  suits: ({ subprotocol }) => subprotocol === "centrifuge-protobuf",
  load: session.load,
  open: (context): DecodeSession => session.get().openCentrifugo(context),
} as const satisfies Decoder;
