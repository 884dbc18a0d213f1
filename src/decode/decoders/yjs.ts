import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { AWARENESS, isFilled } from "../yjs/awareness.ts";

const session = lazily(() => import("../yjs/yjs-session.ts"));

/**
 * Yjs over y-websocket (yjs/y-protocols): the sync of a document, and awareness: who is there, and where.
 *
 * Versions: 1 of y-protocols.
 *
 * Sure from an awareness message, whose states are JSON; what came before stays binary. An awareness message's value is
 * the states by client. Not known: what an update changes.
 */
export const yjs = {
  id: "yjs",
  name: "Yjs",
  claims: "connection",
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && bytes[0] === AWARENESS && isFilled(bytes),
  load: session.load,
  open: (context): DecodeSession => session.get().openYjs(context),
} as const satisfies Decoder;
