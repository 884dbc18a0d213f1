import type { MessageKind } from "../../model/message-kind.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";

/**
 * Jupyter's kernels (jupyter-client.readthedocs.io, "Messaging in Jupyter") in JSON.
 *
 * Sure from a kernel's channels in the URL, unless a subprotocol says that they are binary; else from a header with a
 * message's type. A `…_request` is a request, the `…_reply` to it the answer; the topic is the channel.
 */
export const jupyter = jsonProtocol({
  id: "jupyter",
  name: "Jupyter",
  suits: ({ url, subprotocol }) => /\/api\/kernels\/[^/]+\/channels/.test(url) && subprotocol === "",
  sure: headPattern(String.raw`\{(?:"buffers":\[\],)?(?:"channel":"\w+",)?(?:"content":\{…)?"header":\{…"(?:msg_id|msg_type|session)":"`),
  reader: () => (message) => {
    const type = message.text("header", "msg_type") ?? message.text("msg_type");
    if (type === undefined) return undefined;
    const isRequest = type.endsWith("_request");
    const parent = message.id("parent_header", "msg_id");
    const isReply = type.endsWith("_reply") && parent !== undefined;
    const status = message.text("content", "status");
    const kind: MessageKind = type === "error" || status === "error" ? "error" : isReply ? "answer" : isRequest ? "request" : type === "status" ? "control" : "event";
    return { label: type, kind, id: isRequest ? message.id("header", "msg_id") : undefined, answers: isReply ? parent : undefined, topic: message.text("channel"), what: type, body: message.at("content") };
  },
});
