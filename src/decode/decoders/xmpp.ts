import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../xmpp/xmpp-session.ts"));

/**
 * XMPP over WebSocket (RFC 7395): each message is one stanza, or one of the framing's own.
 *
 * Versions: 1.0, framed as RFC 7395.
 *
 * Sure from the subprotocol; else from the framing's `open`. An `iq` of type get or set is a request, its result or error the
 * answer; it is named by what it asks. The topic is the other side's address. A stanza is a tree, as XML's are. Not known: what
 * it holds, beyond its first element.
 */
export const xmpp = {
  id: "xmpp",
  name: "XMPP",
  claims: "connection",
  suits: ({ subprotocol }) => subprotocol === "xmpp",
  marks: ["xmpp-framing"],
  recognises: (_frame, head) => /^\s*<open\s[^>]*urn:ietf:params:xml:ns:xmpp-framing/.test(head),
  load: session.load,
  open: (context): DecodeSession => session.get().openXmpp(context),
} as const satisfies Decoder;
