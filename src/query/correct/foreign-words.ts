/** What other tools call what a field of ours says. */
export const FIELD_ALIASES: Readonly<Record<string, string>> = {
  // Chrome's network panel
  domain: "host",
  hostname: "host",
  method: "type",
  "larger-than": "size",
  "resource-type": "transport",
  // Wireshark
  "frame.len": "size",
  "frame.number": "near",
  "websocket.opcode": "opcode",
  "websocket.payload_length": "size",
  "http.host": "host",
  // What one would call it
  bytes: "size",
  channel: "topic",
  connection: "conn",
  socket: "conn",
  duration: "latency",
  event: "type",
  kind: "type",
  label: "type",
  len: "size",
  length: "size",
  path: "url",
  row: "near",
  rtt: "latency",
  subprotocol: "protocol",
};

/** Names of a message as a whole. */
export const TEXT_NAMES: ReadonlySet<string> = new Set(["body", "content", "data", "frame", "message", "payload", "text", "tcp", "websocket", "websocket.payload", "websocket.payload.text", "data-text-lines"]);

/** Names of what `is:` says. */
export const TRAIT_NAMES: ReadonlySet<string> = new Set(["dir", "direction", "has", "is", "status"]);

/** Words for what `is:` says. */
export const TRAITS: Readonly<Record<string, string>> = {
  in: "received",
  incoming: "received",
  inbound: "received",
  down: "received",
  recv: "received",
  received: "received",
  receive: "received",
  server: "received",
  out: "sent",
  outgoing: "sent",
  outbound: "sent",
  up: "sent",
  send: "sent",
  sent: "sent",
  client: "sent",
  error: "error",
  errors: "error",
  failed: "error",
  binary: "binary",
  json: "json",
  closed: "close",
  close: "close",
  opened: "open",
  running: "open",
  heartbeat: "heartbeat",
  heartbeats: "heartbeat",
  unanswered: "unanswered",
  pending: "unanswered",
  pinned: "pinned",
};

/** Comparisons in words. */
export const WORD_SIGNS: Readonly<Record<string, "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "matches">> = {
  contains: "~",
  includes: "~",
  like: "~",
  matches: "matches",
  eq: "=",
  equals: "=",
  is: "=",
  ne: "!=",
  gt: ">",
  ge: ">=",
  lt: "<",
  le: "<=",
};
