import { mayBe, openGuessed, type GuessedPacking } from "../carried/guessed-packing.ts";
import { loadBrotli, mayBeginBrotli, unbrotli } from "../carried/unbrotli.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";

/**
 * Brotli (RFC 7932), each message by itself; what it holds is decoded in its place.
 *
 * Sure only where it unpacks to its end and what comes of it is a text that begins as JSON; the first 16 binary messages are tried. At
 * most 32 MiB are shown of a message; the library cannot be stopped before it has unpacked all, so a bomb ends its thread. Not known:
 * one stream over many messages.
 */
export const brotli = {
  id: "brotli",
  name: "Brotli",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => mayBe(PACKING, bytes, opcode),
  load: loadBrotli,
  open: (context): DecodeSession => openGuessed(brotli, PACKING, context),
} as const satisfies Decoder;

/** A message that is packed holds no less than it takes, but for the few bytes around it. */
const AROUND = 8;

const PACKING: GuessedPacking = { mayBegin: (bytes) => mayBeginBrotli(bytes, Math.max(1, bytes.length - AROUND)), unpack: unbrotli };
