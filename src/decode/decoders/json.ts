import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { toJsonLines } from "../value-json.ts";

const session = lazily(() => import("../json/json-session.ts"));

/**
 * JSON (RFC 8259), in text messages and in binary ones that are UTF-8.
 *
 * Sure of: a whole JSON object or array, with nothing more than a byte order mark before it or control characters behind
 * it; several of them, where the first is much like a message; in binary, such a one with other bytes behind it. A scalar
 * alone (`42`, `"ping"`) is JSON too, but more often just text, so it is claimed only where the user chose this decoder.
 * Cost: a pass over the bytes, one look at the keys of the message.
 */
export const json = {
  id: "json",
  name: "JSON",
  claims: "message",
  bodyIsText: true,
  readsAsText: true,
  encode: (value, { frame }) => [{ opcode: frame.opcode, bytes: encoder.encode(toJsonLines(value)) }],
  load: session.load,
  open: (context): DecodeSession => session.get().openJson(context),
} as const satisfies Decoder;

const encoder = new TextEncoder();
