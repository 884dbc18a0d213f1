import type { MessageKind } from "../../model/message-kind.ts";

/** By their numbers (HubProtocol.md). */
export const HUB_TYPES = ["", "Invocation", "StreamItem", "Completion", "StreamInvocation", "CancelInvocation", "Ping", "Close", "Ack", "Sequence"] as const;
export type HubType = (typeof HUB_TYPES)[number];

/** What the columns have of a hub message, whatever it was encoded in. */
export interface HubFields {
  readonly label: string;
  readonly kind: MessageKind;
  readonly id: string | undefined;
  readonly answers: string | undefined;
  readonly topic: undefined;
  readonly what: string;
}

/** An invocation with an id is a request, its completion the answer. */
export function hubFields(type: HubType, { target, id, hasError }: { readonly target: string | undefined; readonly id: string | undefined; readonly hasError: boolean }): HubFields {
  const none = { id: undefined, answers: undefined, topic: undefined, what: type } as const;
  const named = id === undefined ? type : `${type} ${id}`;
  switch (type) {
    case "Invocation":
    case "StreamInvocation":
      return { ...none, label: target === undefined || target === "" ? type : target, kind: id === undefined ? "event" : "request", id };
    case "Completion":
      return { ...none, label: named, kind: hasError ? "error" : "answer", answers: id };
    case "StreamItem":
      return { ...none, label: named, kind: "event", id };
    case "CancelInvocation":
      return { ...none, label: named, kind: "control" };
    case "Ping":
      return { ...none, label: type, kind: "heartbeat" };
    default:
      return { ...none, label: type, kind: hasError ? "error" : "control" };
  }
}
