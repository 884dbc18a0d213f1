import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * Pusher Channels (pusher.com/docs, "Pusher Channels Protocol"), which Soketi and Laravel Reverb speak, too. Data is JSON
 * within a string.
 *
 * Versions: 7.
 *
 * Sure from the URL's `/app/<key>?protocol=`; else from an event of `pusher:`. A subscribe is a request, the channel's
 * `subscription_succeeded` or `subscription_error` the answer.
 */
export const pusher = jsonProtocol({
  id: "pusher",
  name: "Pusher",
  suits: ({ url }) => /\/app\/[^/?#]+\?(?:[^#]*&)?protocol=\d/.test(url),
  sure: headPattern('\\{…"event":"pusher(?:_internal)?:'),
  reader: lazily(() => import("../json-protocol/readers/pusher.ts")),
});
