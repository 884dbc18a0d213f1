import { nameFailure, type Failure, type FailureReason } from "../../model/failure.ts";
import { say, type Told } from "../../model/said.ts";

/** What Chrome's text of a connection's error tells: read here, and never again. */
export interface ToldError {
  readonly message: Told;
  readonly failure?: Failure;
}

/**
 * `words`: Chrome's, in English; undefined where it gave none. `url`: of the connection, may be empty. `isRefused`: the user
 * has Chrome take the network for gone there.
 */
export function readError(words: string | undefined, url: string, isRefused = false): ToldError {
  if (words === undefined || words.trim() === "") return { message: say("capture.error-without-words") };
  const failure = readFailure(words);
  if (isRefused && failure?.reason === "network") return { message: say("capture.error-by-rule", { words }) };
  if (failure === undefined) return { message: say("capture.error", { words }) };
  return { message: say("capture.error-known", { what: nameFailure(failure, URL.parse(url)?.host ?? ""), words }), failure };
}

function readFailure(words: string): Failure | undefined {
  const status = /(?:unexpected response code: |^)(\d{3})\b/i.exec(words)?.[1];
  if (status !== undefined) return { reason: "status", status: Number(status) };
  const reason = MEANINGS.find(([pattern]) => pattern.test(words))?.[1];
  if (reason === undefined) return undefined;
  // Chrome asks its user for no password for a WebSocket: so it says of a server's 401 (a proxy's 407 it words otherwise).
  return reason === "authentication" ? { reason, status: 401 } : { reason };
}

/** By the words of Chromium's net/websockets and net/base/net_error_list.h, the narrower first. */
const MEANINGS: readonly (readonly [RegExp, Exclude<FailureReason, "status">])[] = [
  [/^HTTP Authentication failed/i, "authentication"],
  [/Incorrect 'Sec-WebSocket-Accept'/i, "accept"],
  [/'Upgrade' header is missing|'Connection' header/i, "upgrade"],
  [/Sent non-empty 'Sec-WebSocket-Protocol'/i, "no-subprotocol"],
  [/'Sec-WebSocket-Protocol' header/i, "subprotocol"],
  [/unsupported extension|permessage-deflate/i, "extension"],
  [/opening handshake timed out|ERR_CONNECTION_TIMED_OUT|ERR_TIMED_OUT/i, "timeout"],
  [/closed before receiving a handshake response|ERR_EMPTY_RESPONSE|ERR_CONNECTION_CLOSED|ERR_CONNECTION_RESET/i, "hung-up"],
  [/closed before the connection (is|was) established/i, "page-closed"],
  [/ERR_CONNECTION_REFUSED/i, "refused"],
  [/ERR_NAME_NOT_RESOLVED/i, "host"],
  [/ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK/i, "network"],
  [/ERR_CERT_|ERR_SSL_|certificate/i, "tls"],
  [/ERR_UNSAFE_PORT|port .*blocked/i, "port"],
  [/ERR_BLOCKED_BY_CLIENT/i, "blocked"],
  [/ERR_BLOCKED_BY_CSP|Content Security Policy|violates/i, "csp"],
  [/ERR_PROXY|ERR_TUNNEL|Proxy authentication/i, "proxy"],
];
