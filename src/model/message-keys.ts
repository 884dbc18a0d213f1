/** Keys that say what a message is, as protocols in the wild name them, in order of rank: of two keys, the earlier counts. */

/**
 * Keys whose value names the kind of message. Those of the first list mean it wherever they stand; those of the second
 * often hold something else, so they count only where the first has nothing, and only with a value like a name.
 */
export const LABEL_KEYS = [
  "type", "event", "op", "method", "action", "cmd", "command", "opcode", "operation",
  "msgType", "msg_type", "messageType", "message_type", "eventType", "event_type", "eventName", "event_name",
] as const;
export const WEAK_LABEL_KEYS = ["kind", "ev", "evt", "e", "msg", "t", "T", "channel", "table"] as const;

/** Keys whose value names what it is about. */
export const TOPIC_KEYS = [
  "channel", "topic", "stream", "symbol", "sym", "subject", "room", "destination", "instrument", "instId", "product_id",
  "pair", "market", "table",
] as const;

/** Objects in which a topic stands where the message itself has none (OKX `arg`, JSON-RPC `params`). */
export const TOPIC_HOLDERS = ["params", "arg", "subscription"] as const;
