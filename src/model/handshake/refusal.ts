import { say, type Said } from "../said.ts";
import { printable, problem, type HandshakeFinding } from "./finding.ts";

const LONGEST_REASON = 300;

/**
 * A handshake that ended without a response that Chrome shows: of a refusal (401, 403, a wrong accept, a blocked port)
 * it reports only a text. `ending` is that text, or holds it.
 */
export function explainRefusal(ending: string): HandshakeFinding {
  const title = say("handshake.status");
  const told = ending.trim();
  if (told === "") return problem(title, say("handshake.ended"));
  const reason = `${printable(told.slice(0, LONGEST_REASON)).replace(/\.$/, "")}${told.length > LONGEST_REASON ? "…" : ""}`;
  return problem(title, say("handshake.failed", { reason: say("join.quoted", { text: reason }) }), ...meaningOf(told), say("handshake.no-response"));
}

/** The status of a refused handshake, where Chrome's text names it. */
export function refusedStatus(ending: string): number | undefined {
  const status = /(?:unexpected response code: |^)(\d{3})\b/i.exec(ending)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** What a failure means and where to look, by the words of Chromium's net/websockets and net/base/net_error_list.h. */
function meaningOf(text: string): readonly Said[] {
  const status = refusedStatus(text);
  if (status !== undefined) return [STATUS_MEANINGS[status] ?? say("handshake.means-status", { status })];
  const meaning = MEANINGS.find(([words]) => words.test(text))?.[1];
  return meaning === undefined ? [] : [meaning];
}

const REDIRECT = say("handshake.means-redirect");
const GATEWAY = say("handshake.means-gateway");

const STATUS_MEANINGS: Readonly<Record<number, Said>> = {
  200: say("handshake.means-200"),
  301: REDIRECT,
  302: REDIRECT,
  303: REDIRECT,
  307: REDIRECT,
  308: REDIRECT,
  400: say("handshake.means-400"),
  401: say("handshake.means-401"),
  403: say("handshake.means-403"),
  404: say("handshake.means-404"),
  426: say("handshake.means-426"),
  429: say("handshake.means-429"),
  500: say("handshake.means-500"),
  502: GATEWAY,
  503: say("handshake.means-503"),
  504: GATEWAY,
};

const MEANINGS: readonly (readonly [RegExp, Said])[] = [
  [/HTTP Authentication failed/i, say("handshake.means-authentication")],
  [/Incorrect 'Sec-WebSocket-Accept'/i, say("handshake.means-accept")],
  [/'Upgrade' header is missing|'Connection' header/i, say("handshake.means-upgrade")],
  [/Sent non-empty 'Sec-WebSocket-Protocol'/i, say("handshake.means-no-subprotocol")],
  [/'Sec-WebSocket-Protocol' header/i, say("handshake.means-subprotocol")],
  [/unsupported extension|permessage-deflate/i, say("handshake.means-extension")],
  [/opening handshake timed out|ERR_CONNECTION_TIMED_OUT|ERR_TIMED_OUT/i, say("handshake.means-timeout")],
  [/closed before receiving a handshake response|ERR_EMPTY_RESPONSE|ERR_CONNECTION_CLOSED|ERR_CONNECTION_RESET/i, say("handshake.means-hung-up")],
  [/closed before the connection (is|was) established/i, say("handshake.means-page-closed")],
  [/ERR_CONNECTION_REFUSED/i, say("handshake.means-refused")],
  [/ERR_NAME_NOT_RESOLVED/i, say("handshake.means-host")],
  [/ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK/i, say("handshake.means-network")],
  [/ERR_CERT_|ERR_SSL_|certificate/i, say("handshake.means-tls")],
  [/ERR_UNSAFE_PORT|port .*blocked/i, say("handshake.means-port")],
  [/ERR_BLOCKED_BY_CLIENT/i, say("handshake.means-blocked")],
  [/ERR_BLOCKED_BY_CSP|Content Security Policy|violates/i, say("handshake.means-csp")],
  [/ERR_PROXY|ERR_TUNNEL/i, say("handshake.means-proxy")],
];
