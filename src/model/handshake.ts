import { assertNever } from "./assert-never.ts";
import type { WebSocketConnection } from "./connection.ts";
import { explainExtensions } from "./handshake/extensions.ts";
import { unknown, type HandshakeFinding } from "./handshake/finding.ts";
import { explainAccept, explainKey } from "./handshake/key-and-accept.ts";
import { explainStatus, explainUpgrade, explainVersion } from "./handshake/opening.ts";
import { explainRefusal } from "./handshake/refusal.ts";
import { explainCredentials, explainEncryption, explainOrigin } from "./handshake/security.ts";
import { explainSubprotocol } from "./handshake/subprotocol.ts";
import { say } from "./said.ts";

export type { HandshakeFinding } from "./handshake/finding.ts";

export interface HandshakeReport {
  readonly findings: readonly HandshakeFinding[];
}

/**
 * What an opening handshake's headers mean (RFC 6455 §4, RFC 7692, RFC 8441), each with a verdict: `ok`, `note` (right,
 * and worth knowing), `problem` (against a standard) or `unknown` (the capture could not see it). Takes what a server
 * sends as it is: never throws, and takes time linear in the headers.
 */
export function explainHandshake(connection: WebSocketConnection): HandshakeReport {
  const { handshake } = connection;
  const hasRequest = handshake.requestHeaders.length > 0;
  const hasResponse = handshake.status !== undefined || handshake.responseHeaders.length > 0;
  if (!hasRequest && !hasResponse) return { findings: [explainNothing(connection), ...explainEncryption(connection)] };
  return {
    findings: [
      hasResponse ? explainStatus(connection) : explainNoResponse(connection),
      ...(hasResponse ? explainUpgrade(connection) : []),
      ...(hasRequest ? explainKey(connection) : []),
      ...(hasResponse ? explainAccept(connection) : []),
      ...explainVersion(handshake, hasRequest),
      ...explainSubprotocol(handshake, hasRequest, hasResponse),
      ...explainExtensions(handshake, hasRequest, hasResponse),
      ...explainEncryption(connection),
      ...(hasRequest ? explainOrigin(connection) : []),
      ...explainCredentials(connection, hasRequest),
    ],
  };
}

function explainNothing(connection: WebSocketConnection): HandshakeFinding {
  if (connection.seenFromStart) return explainNoResponse(connection);
  return unknown(say("handshake.handshake"), say("handshake.not-seen"));
}

function explainNoResponse(connection: WebSocketConnection): HandshakeFinding {
  switch (connection.state) {
    case "connecting":
      return unknown(say("handshake.status"), say("handshake.no-answer-yet"));
    case "open":
      return unknown(say("handshake.status"), say("handshake.answer-not-reported"));
    case "closed":
    case "failed":
      return explainRefusal(connection.ending ?? "");
    default:
      return assertNever(connection.state);
  }
}
