import type { MessageKind } from "../../../model/message-kind.ts";
import type { JsonReader } from "../json-protocol.ts";
import { Recent } from "../recent.ts";

const KINDS: ReadonlyMap<string, MessageKind> = new Map([
  ["connect", "control"],
  ["connected", "control"],
  ["failed", "error"],
  ["error", "error"],
  ["unsub", "control"],
  ["updated", "control"],
  ["added", "event"],
  ["changed", "event"],
  ["removed", "event"],
  ["addedBefore", "event"],
  ["movedBefore", "event"],
]);

/** What a DDP message says. */
export const reader: JsonReader = () => {
  const asked = { method: new Recent<string>(), sub: new Recent<string>() };
  return (message) => {
    const msg = message.text("msg");
    const none = { id: undefined, answers: undefined, topic: undefined } as const;
    if (msg === undefined) return message.has("server_id") ? { ...none, label: "server_id", kind: "control", what: "server_id" } : undefined;
    const id = message.id("id");
    const said = { label: msg, what: msg } as const;
    const hasError = message.has("error");
    switch (msg) {
      case "method":
      case "sub": {
        const name = message.text(msg === "sub" ? "name" : "method");
        if (id !== undefined && name !== undefined) asked[msg].set(id, name);
        return { ...none, label: name ?? msg, kind: "request", id, topic: name, namespace: msg, what: msg, body: message.at("params") };
      }
      case "result":
        return { ...none, ...said, kind: hasError ? "error" : "answer", answers: id, topic: asked.method.get(id), namespace: "method", body: message.at(hasError ? "error" : "result") };
      case "nosub":
        return { ...none, ...said, kind: hasError ? "error" : "answer", answers: id, topic: asked.sub.get(id), namespace: "sub", body: message.at("error") };
      case "ready": {
        // It may name several; the first is its pair.
        const first = message.idOf(message.entries(message.at("subs"), 1)[0] ?? -1);
        return { ...none, ...said, kind: "answer", answers: first, topic: asked.sub.get(first), namespace: "sub", body: message.at("subs") };
      }
      case "ping":
        return { ...none, ...said, kind: "heartbeat", id, namespace: "ping" };
      case "pong":
        return { ...none, ...said, kind: "heartbeat", answers: id, namespace: "ping" };
      default: {
        const kind = KINDS.get(msg);
        if (kind === undefined) return undefined;
        return { ...none, ...said, kind, topic: message.text("collection"), body: message.at("fields") };
      }
    }
  };
};
