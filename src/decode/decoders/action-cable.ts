import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * Action Cable of Rails (rails/rails, actioncable/lib/action_cable), whose identifiers and data are JSON within strings.
 *
 * Versions: `actioncable-v1-json`.
 *
 * Sure from the subprotocol; else from a command or an answer with an identifier. A subscribe is a request, its
 * confirmation or rejection the answer; the topic is the channel. A message is named by its action, or by its type.
 */
export const actionCable = jsonProtocol({
  id: "action-cable",
  name: "Action Cable",
  suits: ({ subprotocol }) => /^actioncable-v\d/.test(subprotocol),
  sure: headPattern(
    String.raw`\{…"command":"(?:subscribe|unsubscribe|message)",…"identifier":"\{`,
    String.raw`\{…"identifier":"\{\\"channel\\"`,
    String.raw`\{"type":"ping","message":\d{10}\}$`,
  ),
  reader: lazily(() => import("../json-protocol/readers/action-cable.ts")),
});
