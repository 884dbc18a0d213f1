import { mayBeDeflate } from "../carried/guessed-head.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../carried/deflate-session.ts"), ({ loadInflate }) => loadInflate());

/**
 * Raw deflate (RFC 1951), each message by itself; what it holds is decoded in its place.
 *
 * Sure only where it unpacks to its end and what comes of it is a text that begins and ends as JSON; the first 16 binary messages are tried.
 * Where the user chose it, it is found behind a few bytes of a vendor's, too. At most 32 MiB are unpacked of a message.
 */
export const deflate = {
  id: "deflate",
  name: "Deflate",
  claims: "message",
  carries: true,
  recognises: mayBeDeflate,
  load: session.load,
  open: (context): DecodeSession => session.get().openDeflate(context),
} as const satisfies Decoder;
