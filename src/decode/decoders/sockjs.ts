import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../sockjs/sockjs-session.ts"));

/**
 * SockJS (sockjs.github.io/sockjs-protocol): messages as texts in a JSON array, one or several a frame; what each text
 * holds (STOMP, DDP, JSON) is decoded in its place.
 *
 * Versions: 0.3.
 *
 * Sure from the URL's server and session; else from an array of texts with its `a`. The heart's `h` is a heartbeat, `c[…]` the close.
 */
export const sockJs = {
  id: "sockjs",
  name: "SockJS",
  claims: "connection",
  carries: true,
  suits: ({ url }) => /\/\d{3}\/[\w-]{6,32}\/websocket(?:[?#]|$)/.test(url),
  recognises: ({ direction }, head) => direction === "received" && head.startsWith('a["'),
  load: session.load,
  open: (context): DecodeSession => session.get().openSockJs(context),
} as const satisfies Decoder;
