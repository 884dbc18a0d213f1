import { assertNever } from "../assert-never.ts";
import type { Connection } from "../connection.ts";
import { cookieNames } from "../cookies.ts";
import { headerValues } from "../headers.ts";
import { note, ok, problem, quote, quoteAll, unknown, type HandshakeFinding } from "./finding.ts";
import { compareOrigin, isLoopback, parsePlace, type Place } from "./origin.ts";

/** ws:// or wss://, and what that means beside the page's own scheme. Silent where the URL is not known. */
export function explainEncryption({ url, handshake }: Connection): readonly HandshakeFinding[] {
  const title = "Encryption";
  const place = parsePlace(url);
  if (place === null) return [];
  if (place.isSecure) return [ok(title, "wss: the socket runs inside TLS.")];
  if (isLoopback(place.host)) return [ok(title, "ws: not encrypted, and the server is this very machine.")];
  const plain = [
    "The URL is ws://:",
    "unless the browser upgraded it (HSTS), everybody on the way can read and change what goes over it.",
  ];
  const [origin = ""] = headerValues(handshake.requestHeaders, "origin");
  return origin.toLowerCase().startsWith("https://")
    ? [problem(title, ...plain, "The page itself is https://, so this is mixed content, which browsers block.")]
    : [note(title, ...plain)];
}

/**
 * The Origin header beside the host (RFC 6454, RFC 6455 §10.2). The same-origin policy does not cover WebSocket: where
 * a server lets any origin in and knows the user by a cookie, any site can use the socket in the user's name.
 */
export function explainOrigin({ url, handshake }: Connection): readonly HandshakeFinding[] {
  const title = "Origin";
  const origins = headerValues(handshake.requestHeaders, "origin");
  const [origin] = origins;
  if (origin === undefined) {
    return [
      note(title, "The request has none. Browsers always send one, so the server cannot tell which site asks."),
    ];
  }
  if (origins.length > 1) return [problem(title, `The request has ${origins.length}: ${quoteAll(origins)}.`)];
  if (origin === "null") {
    return [
      note(
        title,
        '"null": the page has an opaque origin (a sandboxed frame, a data: or file: page).',
        "Any site can make such a page, so a server must not trust it.",
      ),
    ];
  }
  const named = quote(origin);
  if (/^[a-z-]*extension:\/\//i.test(origin)) {
    return [note(title, `${named}: a browser extension opened this socket, not a page.`)];
  }
  const relation = compareOrigin(origin, url);
  switch (relation) {
    case "unknown":
      return [unknown(title, `${named} cannot be compared with the socket's URL.`)];
    case "same origin":
      return [ok(title, `${named} is the socket's own host.`)];
    case "same host":
      return [ok(title, `${named} is the socket's host, with another port or scheme.`)];
    case "maybe same site":
      return [note(title, `${named} is another host than the socket's, perhaps of the same site.`, ...riskOf(handshake))];
    case "cross-site":
      return [note(title, `${named} is another site than the socket's host.`, ...riskOf(handshake))];
    default:
      return assertNever(relation);
  }
}

function riskOf({ requestHeaders }: Connection["handshake"]): readonly string[] {
  if (headerValues(requestHeaders, "cookie").length === 0) {
    return ["No cookie was sent, so the server cannot know the user by one."];
  }
  return [
    "Cookies were sent with it. The same-origin policy does not cover WebSocket:",
    "unless the server refuses origins that it does not know, any page can open this socket in the user's name",
    "and read it (cross-site WebSocket hijacking). Try the handshake with another Origin.",
  ];
}

/** Cookies by name, Authorization by scheme, and tokens that stand in the URL. Never a value. */
export function explainCredentials(connection: Connection, hasRequest: boolean): readonly HandshakeFinding[] {
  const { requestHeaders, responseHeaders } = connection.handshake;
  const place = parsePlace(connection.url);
  const findings: HandshakeFinding[] = hasRequest ? [explainCookies(cookieNames(requestHeaders), place)] : [];
  const set = cookieNames(responseHeaders);
  if (set.length > 0) findings.push(note("Set-Cookie", `The response sets ${quoteAll(set)}.`));
  const [authorization] = headerValues(requestHeaders, "authorization");
  if (authorization !== undefined) {
    const scheme = /^[\w-]{1,20}(?=\s)/.exec(authorization)?.[0];
    findings.push(
      note(
        "Authorization",
        `The request carries credentials${scheme === undefined ? "" : ` (${scheme})`}. A page cannot set this header`,
        "on a WebSocket: the browser took them from the URL, or from an earlier sign-in at this host.",
      ),
    );
  }
  return place === null ? findings : [...findings, ...explainUrl(place)];
}

function explainCookies(names: readonly string[], place: Place | null): HandshakeFinding {
  if (names.length === 0) return ok("Cookies", "The request sent none.");
  const sent = `The request sent ${quoteAll(names)}.`;
  const advice = "Where the server knows the user by them, it must check Origin, too.";
  return place !== null && !place.isSecure && !isLoopback(place.host)
    ? note("Cookies", sent, "They went over ws://, without encryption.", advice)
    : ok("Cookies", sent, advice);
}

function explainUrl(place: Place): readonly HandshakeFinding[] {
  const title = "Credentials in the URL";
  const findings: HandshakeFinding[] = [];
  const tokens = place.queryNames.filter((name) => TOKEN_NAMES.has(name.toLowerCase()));
  if (tokens.length > 0) {
    findings.push(
      note(title, `The query has ${quoteAll(tokens)}: servers and proxies log URLs, and every export holds them.`),
    );
  }
  if (place.hasUserInfo) findings.push(note(title, "The URL holds a user name or password."));
  return findings;
}

/** Query parameters that can hold nothing but a credential. */
const TOKEN_NAMES: ReadonlySet<string> = new Set([
  "access_token",
  "accesstoken",
  "api_key",
  "apikey",
  "auth_token",
  "authtoken",
  "bearer",
  "id_token",
  "jwt",
  "passwd",
  "password",
  "refresh_token",
  "secret",
  "session_token",
  "sessionid",
  "token",
]);
