/**
 * What a message is in its protocol:
 * a `request` can be answered; an `answer` names the request it belongs to; an `event` stands alone; a `heartbeat`
 * keeps the connection alive; `control` is the protocol's own housekeeping; an `error` says that something failed.
 */
export const MESSAGE_KINDS = ["request", "answer", "event", "heartbeat", "control", "error"] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
