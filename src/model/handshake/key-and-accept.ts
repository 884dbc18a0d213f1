import { computeAccept, isWellFormedKey } from "../accept-key.ts";
import type { Connection } from "../connection.ts";
import { headerValues } from "../headers.ts";
import { note, ok, problem, quote, quoteAll, unknown, type HandshakeFinding } from "./finding.ts";
import { isExtendedConnect } from "./opening.ts";

const KEY = "Sec-WebSocket-Key";
const ACCEPT = "Sec-WebSocket-Accept";

/** The key of a request (RFC 6455 §4.1, item 7): one, of 16 bytes in base64. */
export function explainKey(connection: Connection): readonly HandshakeFinding[] {
  const keys = headerValues(connection.handshake.requestHeaders, KEY);
  const [key] = keys;
  if (isExtendedConnect(connection)) return key === undefined ? [] : [superfluous(KEY)];
  if (key === undefined) return [problem(KEY, "The request has no key, so an HTTP/1.1 server must refuse it.")];
  if (keys.length > 1) {
    return [problem(KEY, `The request has ${keys.length} keys: ${quoteAll(keys)}. There must be exactly one.`)];
  }
  return isWellFormedKey(key)
    ? [ok(KEY, "16 bytes in base64, as it should be.")]
    : [problem(KEY, `${quote(key)} is not 16 bytes in base64.`)];
}

/** The answer to the key (RFC 6455 §4.2.2, item 5.4). */
export function explainAccept(connection: Connection): readonly HandshakeFinding[] {
  const [key] = headerValues(connection.handshake.requestHeaders, KEY);
  const accepts = headerValues(connection.handshake.responseHeaders, ACCEPT);
  const [accept] = accepts;
  if (isExtendedConnect(connection)) return accept === undefined ? [] : [superfluous(ACCEPT)];
  if (accept === undefined) {
    return [problem(ACCEPT, "The response has none: what answered may be no WebSocket server.")];
  }
  if (accepts.length > 1) {
    return [problem(ACCEPT, `The response has ${accepts.length}: ${quoteAll(accepts)}. There must be exactly one.`)];
  }
  if (key === undefined) {
    return [unknown(ACCEPT, `The server answered ${quote(accept)}; without the request's key that cannot be checked.`)];
  }
  const expected = computeAccept(key);
  return accept === expected
    ? [
        ok(
          ACCEPT,
          `${expected} is what the key gives:`,
          "the answer comes from a WebSocket server that read this very request.",
        ),
      ]
    : [
        problem(
          ACCEPT,
          `The server answered ${quote(accept)}, but the key gives "${expected}":`,
          "the answer belongs to another request (a cache, a proxy), or the server computes it wrongly.",
        ),
      ];
}

const superfluous = (header: string): HandshakeFinding =>
  note(header, `Over HTTP/2 ${header} has no use (RFC 8441 §5); it stands here all the same and means nothing.`);
