import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * Centrifugo (centrifugal.dev, "Client protocol") in JSON: commands and replies, one or several a frame, each on a line.
 *
 * Versions: 2.
 *
 * Sure from the path `/connection/websocket`; else from a connect or a push. A command with an id is a request, the reply
 * of that id the answer; an empty object is a ping, and the page's answer to it.
 */
export const centrifugo = jsonProtocol({
  id: "centrifugo",
  name: "Centrifugo",
  suits: ({ url, subprotocol }) => /\/connection\/websocket(?:[?#]|$)/.test(url) && subprotocol !== "centrifuge-protobuf",
  sure: headPattern(
    String.raw`\{(?:"id":\d+,)?"connect":\{(?:\}|"(?:token|data|name|client|version|subs|headers)":)`,
    String.raw`\{"push":\{(?:"channel":"[^"]*",)?"(?:pub|join|leave|subscribe|unsubscribe|message|disconnect)":\{`,
    String.raw`\{"id":\d+,"subscribe":\{"channel":"`,
  ),
  several: "lines",
  reader: lazily(() => import("../json-protocol/readers/centrifugo.ts")),
});
