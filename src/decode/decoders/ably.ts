import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * Ably Realtime in JSON.
 *
 * Versions: 6.
 *
 * Sure from the host; else from a connected message. A published message is a request by its serial, the `ack` of that
 * serial the answer; an attach is one, and the channel's `attached` the answer. A message is named by the name that its
 * sender gave it. Not known: an `ack` of several serials pairs with the first; the MessagePack form is told as MessagePack.
 */
export const ably = jsonProtocol({
  id: "ably",
  name: "Ably",
  suits: ({ url }) => /^wss?:\/\/[^/]*\bably(?:-realtime)?\.(?:io|com|net)(?::\d+)?\//.test(url),
  sure: headPattern(String.raw`\{"action":4,"connectionId":"`, String.raw`\{"action":4,…"connectionDetails":\{`),
  reader: lazily(() => import("../json-protocol/readers/ably.ts")),
});
