import { assertNever } from "../assert-never.ts";
import type { Handshake, WebSocketConnection } from "../connection.ts";
import { cookieNames } from "../cookies.ts";
import { say, type Said } from "../said.ts";
import { headerValues } from "../headers.ts";
import { note, ok, problem, quote, quoteAll, unknown, type HandshakeFinding } from "./finding.ts";
import { compareOrigin, isLoopback, parsePlace, type Place } from "./origin.ts";

/** ws:// or wss://, and what that means beside the page's own scheme. Silent where the URL is not known. */
export function explainEncryption({ url, handshake }: WebSocketConnection): readonly HandshakeFinding[] {
  const title = say("handshake.encryption");
  const place = parsePlace(url);
  if (place === null) return [];
  if (place.isSecure) return [ok(title, say("handshake.wss"))];
  if (isLoopback(place.host)) return [ok(title, say("handshake.ws-local"))];
  const [origin = ""] = headerValues(handshake.requestHeaders, "origin");
  return origin.toLowerCase().startsWith("https://") ? [problem(title, say("handshake.ws"), say("handshake.mixed-content"))] : [note(title, say("handshake.ws"))];
}

/**
 * The Origin header beside the host (RFC 6454, RFC 6455 §10.2). The same-origin policy does not cover WebSocket: where
 * a server lets any origin in and knows the user by a cookie, any site can use the socket in the user's name.
 */
export function explainOrigin({ url, handshake }: WebSocketConnection): readonly HandshakeFinding[] {
  const title = "Origin";
  const origins = headerValues(handshake.requestHeaders, "origin");
  const [origin] = origins;
  if (origin === undefined) return [note(title, say("handshake.origin-missing"))];
  if (origins.length > 1) return [problem(title, say("handshake.origin-many", { n: origins.length, values: quoteAll(origins) }))];
  if (origin === "null") return [note(title, say("handshake.origin-null"))];
  const named = { origin: quote(origin) };
  if (/^[a-z-]*extension:\/\//i.test(origin)) return [note(title, say("handshake.origin-extension", named))];
  const relation = compareOrigin(origin, url);
  switch (relation) {
    case "unknown":
      return [unknown(title, say("handshake.origin-unknown", named))];
    case "same origin":
      return [ok(title, say("handshake.origin-same", named))];
    case "same host":
      return [ok(title, say("handshake.origin-same-host", named))];
    case "maybe same site":
      return [note(title, say("handshake.origin-maybe-same-site", named), riskOf(handshake))];
    case "cross-site":
      return [note(title, say("handshake.origin-cross-site", named), riskOf(handshake))];
    default:
      return assertNever(relation);
  }
}

const riskOf = ({ requestHeaders }: Handshake): Said =>
  say(headerValues(requestHeaders, "cookie").length === 0 ? "handshake.origin-no-cookie" : "handshake.origin-risk");

/** Cookies by name, Authorization by scheme, and tokens that stand in the URL. Never a value. */
export function explainCredentials(connection: WebSocketConnection, hasRequest: boolean): readonly HandshakeFinding[] {
  const { requestHeaders, responseHeaders } = connection.handshake;
  const place = parsePlace(connection.url);
  const findings: HandshakeFinding[] = hasRequest ? [explainCookies(cookieNames(requestHeaders), place)] : [];
  const set = cookieNames(responseHeaders);
  if (set.length > 0) findings.push(note("Set-Cookie", say("handshake.set-cookie", { names: quoteAll(set) })));
  const [authorization] = headerValues(requestHeaders, "authorization");
  if (authorization !== undefined) {
    const scheme = /^[\w-]{1,20}(?=\s)/.exec(authorization)?.[0];
    findings.push(note("Authorization", scheme === undefined ? say("handshake.authorization") : say("handshake.authorization-scheme", { scheme })));
  }
  return place === null ? findings : [...findings, ...explainUrl(place)];
}

function explainCookies(names: readonly string[], place: Place | null): HandshakeFinding {
  const title = say("handshake.cookies");
  if (names.length === 0) return ok(title, say("handshake.cookies-none"));
  const sent = say("handshake.cookies-sent", { names: quoteAll(names) });
  const advice = say("handshake.cookies-advice");
  return place !== null && !place.isSecure && !isLoopback(place.host)
    ? note(title, sent, say("handshake.cookies-plain"), advice)
    : ok(title, sent, advice);
}

function explainUrl(place: Place): readonly HandshakeFinding[] {
  const title = say("handshake.url-credentials");
  const findings: HandshakeFinding[] = [];
  const tokens = place.queryNames.filter((name) => TOKEN_NAMES.has(name.toLowerCase()));
  if (tokens.length > 0) findings.push(note(title, say("handshake.url-tokens", { names: quoteAll(tokens) })));
  if (place.hasUserInfo) findings.push(note(title, say("handshake.url-password")));
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
