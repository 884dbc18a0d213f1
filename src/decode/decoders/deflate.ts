import { mayBe, openGuessed, type GuessedPacking } from "../carried/guessed-packing.ts";
import { inflate, loadInflate } from "../carried/inflate.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";

/**
 * Raw deflate (RFC 1951), each message by itself; what it holds is decoded in its place.
 *
 * Sure only where it unpacks to its end and what comes of it is a text that begins as JSON; the first 16 binary messages are tried. At
 * most 32 MiB are unpacked of a message.
 */
export const deflate = {
  id: "deflate",
  name: "Deflate",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => mayBe(PACKING, bytes, opcode),
  load: loadInflate,
  open: (context): DecodeSession => openGuessed(deflate, PACKING, context),
} as const satisfies Decoder;

const PACKING: GuessedPacking = {
  /** A last block of the kinds that hold something compressed, as whole messages begin; in it, most bytes say nothing (RFC 1951 §3.2.3). */
  mayBegin: ([first = 0]) => (first & 7) === 3 || (first & 7) === 5,
  unpack: inflate,
};
