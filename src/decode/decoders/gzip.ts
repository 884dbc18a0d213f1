import { OPCODE_BINARY } from "../../model/frame.ts";
import { findGzip } from "../carried/wrappings.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../carried/gzip-session.ts"), ({ loadInflate }) => loadInflate());

/**
 * gzip (RFC 1952), each message by itself, also behind a few bytes of a vendor's own; what it holds is decoded in its place.
 *
 * Sure from its header and from the length at its end. At most 32 MiB are unpacked of a message.
 */
export const gzip = {
  id: "gzip",
  name: "gzip",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && findGzip(bytes) !== undefined,
  load: session.load,
  open: (context): DecodeSession => session.get().openGzip(context),
} as const satisfies Decoder;
