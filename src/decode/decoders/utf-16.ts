import { OPCODE_BINARY } from "../../model/frame.ts";
import { utf16Of } from "../charset/evidence.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../charset/charset-session.ts"));

/**
 * Text in UTF-16, in binary messages; what it says is decoded in its place.
 *
 * Sure from the mark of its byte order; else where it begins as JSON or XML and is valid to its end. Where the user chose it, text
 * without either is read with the low byte first.
 */
export const utf16 = {
  id: "utf-16",
  name: "UTF-16",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && utf16Of(bytes) !== undefined,
  load: session.load,
  open: (context): DecodeSession => session.get().openCharset(utf16, context, (bytes) => utf16Of(bytes) ?? (context.isPinned && bytes.length % 2 === 0 ? "utf-16le" : undefined)),
} as const satisfies Decoder;
