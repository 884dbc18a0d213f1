import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonReader } from "../json-protocol.ts";
import { Recent } from "../recent.ts";

/** What a tRPC message says. */
export const reader: JsonReader = () => {
  const asked = new Recent<{ readonly path: string | undefined; isAnswered: boolean }>();
  return (message) => {
    const method = message.text("method");
    const id = message.id("id");
    const none = { id: undefined, answers: undefined } as const;
    if (method !== undefined) {
      const isStop = method === "subscription.stop";
      const path = message.text("params", "path");
      const topic = isStop ? asked.get(id)?.path : path;
      const isCall = path !== undefined && id !== undefined;
      if (isCall) asked.set(id, { path, isAnswered: false });
      else if (!isStop && method !== "connectionParams" && method !== "reconnect") return undefined;
      return { ...none, label: path ?? method, kind: isCall ? "request" : "control", id: isCall || isStop ? id : undefined, topic, what: method, body: isCall ? message.at("params", "input") : 0 };
    }
    const error = message.at("error");
    const result = message.at("result");
    if (error === NO_NODE && result === NO_NODE) return message.has("params") ? { ...none, label: "connectionParams", kind: "control", topic: undefined, what: "connectionParams" } : undefined;
    const request = asked.get(id);
    const answers = request?.isAnswered === false ? id : undefined;
    if (request !== undefined) request.isAnswered = true;
    const type = error === NO_NODE ? (message.textOf(message.in(result, "type")) ?? "data") : "error";
    const data = message.in(result, "data");
    const kind = error === NO_NODE ? (answers === undefined ? (type === "data" ? "event" : "control") : "answer") : "error";
    return { ...none, label: type, kind, answers, id: answers === undefined ? id : undefined, topic: request?.path, what: id === undefined ? type : `${type} #${id}`, body: error === NO_NODE ? (data === NO_NODE ? result : data) : error };
  };
};
