import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * Jupyter's kernels (jupyter-client.readthedocs.io, "Messaging in Jupyter", version 5) in JSON.
 *
 * Versions: 5.
 *
 * Sure from a kernel's channels in the URL, unless a subprotocol says that they are binary; else from a header with a
 * message's type. A `…_request` is a request, the `…_reply` to it the answer; the topic is the channel.
 */
export const jupyter = jsonProtocol({
  id: "jupyter",
  name: "Jupyter",
  suits: ({ url, subprotocol }) => /\/api\/kernels\/[^/]+\/channels/.test(url) && subprotocol === "",
  sure: headPattern(String.raw`\{(?:"buffers":\[\],)?(?:"channel":"\w+",)?(?:"content":\{…)?"header":\{…"(?:msg_id|msg_type|session)":"`),
  reader: lazily(() => import("../json-protocol/readers/jupyter.ts")),
});
