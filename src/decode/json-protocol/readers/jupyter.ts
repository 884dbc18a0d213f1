import type { MessageKind } from "../../../model/message-kind.ts";
import type { JsonReader } from "../json-protocol.ts";

export const reader: JsonReader = () => (message) => {
  const type = message.text("header", "msg_type") ?? message.text("msg_type");
  if (type === undefined) return undefined;
  const isRequest = type.endsWith("_request");
  const parent = message.id("parent_header", "msg_id");
  const isReply = type.endsWith("_reply") && parent !== undefined;
  const status = message.text("content", "status");
  const kind: MessageKind = type === "error" || status === "error" ? "error" : isReply ? "answer" : isRequest ? "request" : type === "status" ? "control" : "event";
  return { label: type, kind, id: isRequest ? message.id("header", "msg_id") : undefined, answers: isReply ? parent : undefined, topic: message.text("channel"), what: type, body: message.at("content") };
};
