import { OPCODE_BINARY } from "../../model/frame.ts";
import { declares } from "../charset/evidence.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../charset/charset-session.ts"));
const NAMES = ["shift_jis", "shift-jis", "windows-31j", "sjis"];

/**
 * Text in Shift_JIS (encoding.spec.whatwg.org), in binary messages; what it says is decoded in its place.
 *
 * Sure from an XML declaration that says so; else only where the user chose it: bytes of one such set are mostly valid in another.
 */
export const shiftJis = {
  id: "shift-jis",
  name: "Shift_JIS",
  claims: "message",
  carries: true,
  recognises: (frame) => declares(frame, NAMES),
  load: session.load,
  open: (context): DecodeSession => session.get().openCharset(shiftJis, context, (bytes) => (context.isPinned || declares({ bytes, opcode: OPCODE_BINARY }, NAMES) ? "shift_jis" : undefined)),
} as const satisfies Decoder;
