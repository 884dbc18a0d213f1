import type { Handshake, Header, WebSocketConnection } from "../connection.ts";
import { say, type Said } from "../said.ts";
import { headerValues } from "../headers.ts";
import { note, ok, problem, quote, quoteAll, unknown, type HandshakeFinding } from "./finding.ts";

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

const isSuccess = (status: number | undefined): boolean => status !== undefined && status >= 200 && status <= 299;

export function explainStatus(connection: WebSocketConnection): HandshakeFinding {
  const title = say("handshake.status");
  const { status, statusText } = connection.handshake;
  if (status === undefined) return unknown(title, say("handshake.status-not-reported"));
  if (status === 101) return ok(title, say("handshake.status-101"));
  const isExtended = isExtendedConnect(connection);
  if (isExtended && isSuccess(status)) return ok(title, say("handshake.status-h2", { status }));
  const answered = statusText === undefined || statusText === "" ? status : say("handshake.status-text", { status, text: quote(statusText) });
  return problem(title, isExtended ? say("handshake.status-wrong-h2", { status: answered }) : say("handshake.status-wrong", { status: answered }));
}

/** `Upgrade: websocket` and `Connection: Upgrade`, both ways (RFC 6455 §4.1 and §4.2.2). Nothing over HTTP/2. */
export function explainUpgrade(connection: WebSocketConnection): readonly HandshakeFinding[] {
  if (isExtendedConnect(connection)) return [];
  const { requestHeaders, responseHeaders } = connection.handshake;
  const faults = [
    ...(requestHeaders.length > 0 ? upgradeFaults("request", requestHeaders) : []),
    ...upgradeFaults("response", responseHeaders),
  ];
  return faults.length === 0
    ? [ok("Upgrade", say("handshake.upgrade-ok"))]
    : [problem("Upgrade", ...faults)];
}

function upgradeFaults(side: "request" | "response", headers: readonly Header[]): readonly Said[] {
  const faults: Said[] = [];
  const upgrade = headerValues(headers, "upgrade");
  const connection = headerValues(headers, "connection");
  if (upgrade.length === 0) faults.push(say("handshake.upgrade-missing", { side, header: "Upgrade" }));
  else if (!tokensOf(upgrade).has("websocket")) faults.push(say("handshake.upgrade-wrong", { side, values: quoteAll(upgrade) }));
  if (connection.length === 0) faults.push(say("handshake.upgrade-missing", { side, header: "Connection" }));
  else if (!tokensOf(connection).has("upgrade")) faults.push(say("handshake.connection-wrong", { side, values: quoteAll(connection) }));
  return faults;
}

const MOST_TOKENS = 64;

const tokensOf = (values: readonly string[]): ReadonlySet<string> =>
  new Set(values.flatMap((value) => value.split(",", MOST_TOKENS)).map((token) => token.trim().toLowerCase()));

/** Sec-WebSocket-Version: 13 in the request; in a response, what a server would rather have (RFC 6455 §4.4). */
export function explainVersion(handshake: Handshake, hasRequest: boolean): readonly HandshakeFinding[] {
  const title = "Sec-WebSocket-Version";
  const findings: HandshakeFinding[] = [];
  const asked = headerValues(handshake.requestHeaders, title);
  const answered = headerValues(handshake.responseHeaders, title);
  if (asked.length === 1 && asked[0] === "13") {
    findings.push(ok(title, say("handshake.version-ok")));
  } else if (asked.length > 0) {
    findings.push(problem(title, say("handshake.version-wrong", { values: quoteAll(asked) })));
  } else if (hasRequest) {
    findings.push(problem(title, say("handshake.version-missing")));
  }
  if (answered.length > 0) {
    findings.push(note(title, say("handshake.version-answered", { values: quoteAll(answered) })));
  }
  return findings;
}
