import { computeAccept, isWellFormedKey } from "../accept-key.ts";
import type { WebSocketConnection } from "../connection.ts";
import { say } from "../said.ts";
import { headerValues } from "../headers.ts";
import { note, ok, problem, quote, quoteAll, unknown, type HandshakeFinding } from "./finding.ts";
import { isExtendedConnect } from "./opening.ts";

const KEY = "Sec-WebSocket-Key";
const ACCEPT = "Sec-WebSocket-Accept";

/** The key of a request (RFC 6455 §4.1, item 7): one, of 16 bytes in base64. */
export function explainKey(connection: WebSocketConnection): readonly HandshakeFinding[] {
  const keys = headerValues(connection.handshake.requestHeaders, KEY);
  const [key] = keys;
  if (isExtendedConnect(connection)) return key === undefined ? [] : [superfluous(KEY)];
  if (key === undefined) return [problem(KEY, say("handshake.key-missing"))];
  if (keys.length > 1) return [problem(KEY, say("handshake.key-many", { n: keys.length, values: quoteAll(keys) }))];
  return isWellFormedKey(key)
    ? [ok(KEY, say("handshake.key-ok"))]
    : [problem(KEY, say("handshake.key-wrong", { value: quote(key) }))];
}

/** The answer to the key (RFC 6455 §4.2.2, item 5.4). */
export function explainAccept(connection: WebSocketConnection): readonly HandshakeFinding[] {
  const [key] = headerValues(connection.handshake.requestHeaders, KEY);
  const accepts = headerValues(connection.handshake.responseHeaders, ACCEPT);
  const [accept] = accepts;
  if (isExtendedConnect(connection)) return accept === undefined ? [] : [superfluous(ACCEPT)];
  if (accept === undefined) return [problem(ACCEPT, say("handshake.accept-missing"))];
  if (accepts.length > 1) return [problem(ACCEPT, say("handshake.accept-many", { n: accepts.length, values: quoteAll(accepts) }))];
  const value = quote(accept);
  if (key === undefined) return [unknown(ACCEPT, say("handshake.accept-unchecked", { value }))];
  const expected = computeAccept(key);
  if (accept === expected) return [ok(ACCEPT, say("handshake.accept-ok", { value: expected }))];
  return [problem(ACCEPT, say("handshake.accept-wrong", { value, expected: quote(expected) }))];
}

const superfluous = (header: string): HandshakeFinding => note(header, say("handshake.superfluous", { header }));
