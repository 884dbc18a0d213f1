import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../records/json-lines-session.ts"));

/**
 * JSON lines (NDJSON), in text and in binary that is UTF-8: each line is a message.
 *
 * Sure of: two lines at least, each of which is a whole JSON object or array, the first much like a message.
 */
export const jsonLines = {
  id: "json-lines",
  name: "JSON lines",
  claims: "message",
  bodyIsText: true,
  readsAsText: true,
  load: session.load,
  open: (context): DecodeSession => session.get().openJsonLines(context),
} as const satisfies Decoder;
