import { OPCODE_BINARY } from "../../model/frame.ts";
import { endsFlushed, MOST_BEFORE, zlibWrapping } from "../carried/wrappings.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../carried/zlib-session.ts"), ({ loadInflate }) => loadInflate());

/**
 * zlib (RFC 1950): each message by itself, also behind a few bytes of a vendor's own, or one stream over all messages of
 * a direction, flushed after each (Discord's `zlib-stream`); what it holds is decoded in its place.
 *
 * Sure of a message by its header and its check; of a stream by a header and a flush at the end, from its first message on.
 * Without that message nothing can be unpacked, and is said to be so where the URL asks for it. At most 32 MiB a message.
 */
export const zlib = {
  id: "zlib",
  name: "zlib",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && (endsFlushed(bytes) || mayHoldZlib(bytes)),
  load: session.load,
  open: (context): DecodeSession => session.get().openZlib(context),
} as const satisfies Decoder;

function mayHoldZlib(bytes: Uint8Array): boolean {
  for (let start = 0; start <= MOST_BEFORE; start++) if (zlibWrapping(bytes, start) !== undefined) return true;
  return false;
}
