import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../event-source/event-source-session.ts"));

/**
 * Server-Sent Events (HTML §9.2): the browser has read the stream, so a message is one event's data; its name and id stand
 * beside it. The data is text, and where it is JSON it is read as such.
 *
 * Versions: the one that HTML has.
 *
 * Sure of: every message of an EventSource. Cost: as JSON's.
 */
export const eventSource = {
  id: "sse",
  name: "Server-Sent Events",
  claims: "connection",
  readsAsText: true,
  suits: ({ transport }) => transport === "event-source",
  load: session.load,
  open: (context): DecodeSession => session.get().openEventSource(context),
} as const satisfies Decoder;
