import { OPCODE_BINARY } from "../../model/frame.ts";
import { areZstdBlocks, zstdStart } from "../carried/zstd-mark.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../carried/zstd-session.ts"), ({ loadZstd }) => loadZstd());

/**
 * Zstandard (RFC 8878): each message by itself, also behind a few bytes of a vendor's own, or one stream over all messages of a
 * direction, flushed after each (Discord's `zstd-stream`); what it holds is decoded in its place.
 *
 * Sure from its mark and from where its blocks end. Of a stream whose first message was not seen nothing can be unpacked, and it
 * is said to be so where the URL asks for it. At most 32 MiB are unpacked of a message, by a window of at most 32 MiB. Not known:
 * dictionaries.
 */
export const zstd = {
  id: "zstd",
  name: "Zstandard",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && (zstdStart(bytes) !== undefined || areZstdBlocks(bytes)),
  load: session.load,
  open: (context): DecodeSession => session.get().openZstd(context),
} as const satisfies Decoder;
