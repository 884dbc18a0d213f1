import type { Connection, Handshake, Header } from "../connection.ts";
import { headerValues } from "../headers.ts";
import { note, ok, problem, quote, quoteAll, unknown, type HandshakeFinding } from "./finding.ts";

/**
 * Whether the handshake went over HTTP/2 or later, as an extended CONNECT that 2xx answers (RFC 8441 §5, RFC 9220).
 * It has no key, no accept and no Upgrade, and Chrome names its protocol nowhere: over HTTP/1.1 a browser's request
 * always has the key, and only 101 opens a socket.
 */
export function isExtendedConnect({ handshake, state, openedAt }: Connection): boolean {
  const { status, requestHeaders } = handshake;
  if (status === 101) return false;
  const isUpgrade =
    headerValues(requestHeaders, "sec-websocket-key").length > 0 || headerValues(requestHeaders, "upgrade").length > 0;
  if (requestHeaders.length > 0 && !isUpgrade) return true;
  return isSuccess(status) && (requestHeaders.length === 0 || state === "open" || openedAt !== undefined);
}

const isSuccess = (status: number | undefined): boolean => status !== undefined && status >= 200 && status <= 299;

export function explainStatus(connection: Connection): HandshakeFinding {
  const { status, statusText } = connection.handshake;
  if (status === undefined) return unknown("Status", "Chrome did not report the status of the answer.");
  if (status === 101) return ok("Status", "101: the server changed from HTTP/1.1 to WebSocket.");
  const isExtended = isExtendedConnect(connection);
  if (isExtended && isSuccess(status)) {
    return ok(
      "Status",
      `${status}: the socket runs over HTTP/2 (RFC 8441), where ${status} opens it.`,
      "There is no 101, no Upgrade header and no key to check, and that is right.",
    );
  }
  const words = statusText === undefined || statusText === "" ? "" : ` ${quote(statusText)}`;
  const rule = isExtended ? "over HTTP/2 only 200 opens a WebSocket" : "over HTTP/1.1 only 101 opens a WebSocket";
  return problem("Status", `The server answered ${status}${words}; ${rule}.`);
}

/** `Upgrade: websocket` and `Connection: Upgrade`, both ways (RFC 6455 §4.1 and §4.2.2). Nothing over HTTP/2. */
export function explainUpgrade(connection: Connection): readonly HandshakeFinding[] {
  if (isExtendedConnect(connection)) return [];
  const { requestHeaders, responseHeaders } = connection.handshake;
  const faults = [
    ...(requestHeaders.length > 0 ? upgradeFaults("request", requestHeaders) : []),
    ...upgradeFaults("response", responseHeaders),
  ];
  return faults.length === 0
    ? [ok("Upgrade", "Upgrade: websocket and Connection: Upgrade stand where they must.")]
    : [problem("Upgrade", ...faults)];
}

function upgradeFaults(side: string, headers: readonly Header[]): readonly string[] {
  const faults: string[] = [];
  const upgrade = headerValues(headers, "upgrade");
  const connection = headerValues(headers, "connection");
  if (upgrade.length === 0) faults.push(`The ${side} has no Upgrade header: a proxy may have dropped it.`);
  else if (!tokensOf(upgrade).has("websocket")) {
    faults.push(`The ${side} says Upgrade: ${quoteAll(upgrade)} instead of websocket.`);
  }
  if (connection.length === 0) faults.push(`The ${side} has no Connection header: a proxy may have dropped it.`);
  else if (!tokensOf(connection).has("upgrade")) {
    faults.push(`The ${side} says Connection: ${quoteAll(connection)} without Upgrade.`);
  }
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
    findings.push(ok(title, "13, the version of RFC 6455 and the only one in use."));
  } else if (asked.length > 0) {
    findings.push(problem(title, `The request asks for ${quoteAll(asked)}; the only version in use is 13.`));
  } else if (hasRequest) {
    findings.push(problem(title, "The request names no version; it must be 13."));
  }
  if (answered.length > 0) {
    findings.push(
      note(
        title,
        `The server names the versions that it takes: ${quoteAll(answered)}.`,
        "Servers do so when they refuse the one asked for.",
      ),
    );
  }
  return findings;
}
