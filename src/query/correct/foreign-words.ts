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
  "ip.addr": "host",
  "ip.host": "host",
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
  ...sizes(["body", "data", "frame", "message", "payload", "text"]),
  path: "url",
  row: "near",
  rtt: "latency",
  subprotocol: "protocol",
  // 简体中文
  类型: "type",
  大小: "size",
  延迟: "latency",
  连接: "conn",
  主题: "topic",
  时间: "time",
  协议: "protocol",
  子协议: "protocol",
};

function sizes(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => [`${name}.length`, `${name}.len`, `${name}.size`]).map((name) => [name, "size"]));
}

/** Names of a row's place in the table, before a number. */
export const ROW_NAMES: ReadonlySet<string> = new Set(["frame", "line", "row"]);

/** Names of figures that stand in the text of an event: which one. */
export const EVENT_FIGURES: Readonly<Record<string, "close" | "error">> = {
  close: "close",
  closecode: "close",
  "close-code": "close",
  "close.code": "close",
  code: "close",
  "http.response.code": "error",
  status: "error",
  "status-code": "error",
  statuscode: "error",
  关闭码: "close",
};

/** What a program calls the message that it has at hand, before the name of something in it. */
export const OBJECT_NAMES = /^(?:(?:_source|body|d|data|e|ev|event|evt|fields|frame|it|item|json|m|message|msg|obj|packet|payload|row|x)\.)+(?=[^.])/i;

/** Who a message is from or to, by the names of other tools: the page's side, or the server's. */
export const PARTIES: Readonly<Record<string, "page" | "server">> = { browser: "page", client: "page", server: "server", backend: "server" };

/** Names of a message as a whole. */
export const TEXT_NAMES: ReadonlySet<string> = new Set(["body", "content", "data", "frame", "message", "payload", "text", "tcp", "websocket", "websocket.payload", "websocket.payload.text", "data-text-lines"]);

/** Names of what `is:` says. */
export const TRAIT_NAMES: ReadonlySet<string> = new Set(["dir", "direction", "has", "is", "status", "方向"]);

/** Words before what `is:` says that say nothing more, and those that deny it. */
export const SHOWING: ReadonlySet<string> = new Set(["all", "just", "only", "show"]);
export const DENYING: ReadonlySet<string> = new Set(["except", "exclude", "hide", "ignore", "no", "skip", "without"]);

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
  ping: "heartbeat",
  pings: "heartbeat",
  pong: "heartbeat",
  request: "request",
  requests: "request",
  answer: "answer",
  answers: "answer",
  response: "answer",
  responses: "answer",
  text: "text",
  发送: "sent",
  已发送: "sent",
  接收: "received",
  已接收: "received",
  错误: "error",
  心跳: "heartbeat",
  关闭: "close",
  打开: "open",
  二进制: "binary",
};

/** Comparisons in words. */
export const WORD_SIGNS: Readonly<Record<string, "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "matches">> = {
  contains: "~",
  contain: "~",
  includes: "~",
  include: "~",
  has: "~",
  包含: "~",
  matches: "matches",
  eq: "=",
  equals: "=",
  equal: "=",
  ne: "!=",
  gt: ">",
  ge: ">=",
  lt: "<",
  le: "<=",
};
