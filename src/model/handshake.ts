import { assertNever } from "./assert-never.ts";
import type { WebSocketConnection } from "./connection.ts";
import type { HandshakeCheck, Seen } from "./handshake/check.ts";
import type { HandshakeFinding } from "./handshake/finding.ts";
import { HANDSHAKE_CHECKS } from "./handshake/registry.ts";

export type { HandshakeFinding } from "./handshake/finding.ts";

export interface HandshakeReport {
  readonly findings: readonly HandshakeFinding[];
}

/**
 * What an opening handshake's headers mean (RFC 6455 §4, RFC 7692, RFC 8441), each with a verdict: `ok`, `note` (right,
 * and worth knowing), `problem` (against a standard) or `unknown` (the capture could not see it). Takes what a server
 * sends as it is: never throws, and takes time linear in the headers.
 */
export function explainHandshake(connection: WebSocketConnection, checks: readonly HandshakeCheck[] = HANDSHAKE_CHECKS): HandshakeReport {
  const { requestHeaders, responseHeaders, status } = connection.handshake;
  const seen: Seen = { hasRequest: requestHeaders.length > 0, hasResponse: status !== undefined || responseHeaders.length > 0 };
  return { findings: checks.flatMap((check) => (canAsk(check, seen) ? check.explain(connection, seen).map((finding) => ({ ...finding, link: check.link })) : [])) };
}

function canAsk({ needs }: HandshakeCheck, { hasRequest, hasResponse }: Seen): boolean {
  switch (needs) {
    case "nothing":
      return true;
    case "either":
      return hasRequest || hasResponse;
    case "request":
      return hasRequest;
    case "response":
      return hasResponse;
    default:
      return assertNever(needs);
  }
}
