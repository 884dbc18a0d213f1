import type { WebSocketConnection } from "../connection.ts";
import { headerValues } from "../headers.ts";
import { say } from "../said.ts";
import { note, type HandshakeFinding } from "./finding.ts";

/**
 * Whether the handshake went over HTTP/2 or later, as an extended CONNECT that 2xx answers (RFC 8441 §5, RFC 9220).
 * It has no key, no accept and no Upgrade, and Chrome names its protocol nowhere: over HTTP/1.1 a browser's request
 * always has the key, and only 101 opens a socket.
 */
export function isExtendedConnect({ handshake, state, openedAt }: WebSocketConnection): boolean {
  const { status, requestHeaders } = handshake;
  if (status === 101) return false;
  const isUpgrade =
    headerValues(requestHeaders, "sec-websocket-key").length > 0 || headerValues(requestHeaders, "upgrade").length > 0;
  if (requestHeaders.length > 0 && !isUpgrade) return true;
  return isSuccess(status) && (requestHeaders.length === 0 || state === "open" || openedAt !== undefined);
}

export const isSuccess = (status: number | undefined): boolean => status !== undefined && status >= 200 && status <= 299;

/** What such a handshake has no use for. */
export const superfluous = (header: string): HandshakeFinding => note(header, say("handshake.superfluous", { header }));
