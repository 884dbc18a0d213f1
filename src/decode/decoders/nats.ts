import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { decodeHead } from "../utf8-text.ts";

const session = lazily(() => import("../nats/nats-session.ts"));

/**
 * NATS (docs.nats.io, "Client protocol"): a stream of lines and payloads, cut into messages anywhere.
 *
 * Versions: 1, with headers.
 *
 * Sure from the server's INFO, or the client's CONNECT. A publication with a reply subject is a request, what is published
 * to that subject the answer; the topic is the subject. A payload is decoded by its own encoding.
 */
export const nats = {
  id: "nats",
  name: "NATS",
  claims: "connection",
  carries: true,
  recognises: ({ bytes }) => SURE.test(decodeHead(bytes, 64)),
  load: session.load,
  open: (context): DecodeSession => session.get().openNats(context),
} as const satisfies Decoder;

const SURE = /^(?:INFO \{"server_id":|CONNECT \{"(?:verbose|protocol|pedantic|lang|headers|tls_required)":)/;
