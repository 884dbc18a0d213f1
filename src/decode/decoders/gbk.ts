import { OPCODE_BINARY } from "../../model/frame.ts";
import { declares } from "../charset/evidence.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../charset/charset-session.ts"));
const NAMES = ["gbk", "gb2312", "gb18030"];

/**
 * Text in GBK or GB 18030 (encoding.spec.whatwg.org), in binary messages; what it says is decoded in its place.
 *
 * Sure from an XML declaration that says so; else only where the user chose it: bytes of one such set are mostly valid in another.
 */
export const gbk = {
  id: "gbk",
  name: "GBK",
  claims: "message",
  carries: true,
  recognises: (frame) => declares(frame, NAMES),
  load: session.load,
  open: (context): DecodeSession => session.get().openCharset(gbk, context, (bytes) => (context.isPinned || declares({ bytes, opcode: OPCODE_BINARY }, NAMES) ? "gb18030" : undefined)),
} as const satisfies Decoder;
