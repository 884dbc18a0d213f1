import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../records/json-records-session.ts"));

/**
 * JSON texts in one text message, each ended by 0x1E, ASCII's record separator: each is a message of its own.
 *
 * Sure of: a text that ends with 0x1E, with a whole JSON object or array before each of them.
 */
export const jsonRecords = {
  id: "json-records",
  name: "JSON records",
  claims: "message",
  bodyIsText: true,
  readsAsText: true,
  load: session.load,
  open: (context): DecodeSession => session.get().openJsonRecords(context),
} as const satisfies Decoder;
