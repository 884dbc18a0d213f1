import { cookieNames } from "../../cookies.ts";
import { headerValues } from "../../headers.ts";
import { say } from "../../said.ts";
import type { HandshakeCheck } from "../check.ts";
import { concern, note, ok, quoteAll, type HandshakeFinding } from "../finding.ts";
import { isLoopback, parsePlace, type Place } from "../origin.ts";

/** Cookies by name, Authorization by scheme, and tokens that stand in the URL. Never a value. */
export const credentials: HandshakeCheck = {
  id: "credentials",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-10.5",
  needs: "either",
  explain: (connection, { hasRequest }) => {
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
  },
};

function explainCookies(names: readonly string[], place: Place | null): HandshakeFinding {
  const title = say("handshake.cookies");
  if (names.length === 0) return ok(title, say("handshake.cookies-none"));
  const sent = say("handshake.cookies-sent", { names: quoteAll(names) });
  const advice = say("handshake.cookies-advice");
  return place !== null && !place.isSecure && !isLoopback(place.host)
    ? concern(title, sent, say("handshake.cookies-plain"), advice)
    : note(title, sent, advice);
}

function explainUrl(place: Place): readonly HandshakeFinding[] {
  const title = say("handshake.url-credentials");
  const findings: HandshakeFinding[] = [];
  const tokens = place.queryNames.filter((name) => TOKEN_NAMES.has(name.toLowerCase()));
  if (tokens.length > 0) findings.push(concern(title, say("handshake.url-tokens", { names: quoteAll(tokens) })));
  if (place.hasUserInfo) findings.push(concern(title, say("handshake.url-password")));
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
