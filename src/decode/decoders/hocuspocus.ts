import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../yjs/hocuspocus-session.ts"));

/**
 * Hocuspocus (ueberdosis/hocuspocus), which sends Yjs behind the name of the document.
 *
 * Versions: that of Hocuspocus 4.
 *
 * Sure from the message by which the client shows its token, the first that it sends. That is a request, and what grants or denies it
 * the answer. The topic is the document; an awareness message's value is the states by client. Not known: what an update changes.
 */
export const hocuspocus = {
  id: "hocuspocus",
  name: "Hocuspocus",
  claims: "connection",
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && bytes[(bytes[0] ?? 0) + 1] === 2 && bytes[(bytes[0] ?? 0) + 2] === 0,
  load: session.load,
  open: (context): DecodeSession => session.get().openHocuspocus(context),
} as const satisfies Decoder;
