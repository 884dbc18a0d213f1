import type { Header } from "./connection.ts";
import { headerValues } from "./headers.ts";
import { parseCookieDate } from "./cookie-date.ts";
import { epochMilliseconds, type EpochMilliseconds } from "./units.ts";

export interface Cookie {
  /** Empty for a cookie without a name, which browsers allow. */
  readonly name: string;
  readonly value: string;
}

/** What one Set-Cookie header says. An attribute that it does not have is absent. */
export interface SetCookie extends Cookie {
  readonly path?: string;
  readonly domain?: string;
  /** From Expires. */
  readonly expires?: EpochMilliseconds;
  /** Max-Age in seconds; it goes before `expires`. */
  readonly maxAge?: number;
  readonly sameSite?: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
}

/** The cookies of one Cookie header (RFC 6265 §4.2.1). Takes any text. */
export function parseCookieHeader(value: string): readonly Cookie[] {
  const cookies: Cookie[] = [];
  for (const part of value.split(";")) {
    const pair = part.trim();
    if (pair !== "") cookies.push(splitPair(pair));
  }
  return cookies;
}

/** One Set-Cookie header (RFC 6265 §5.2); null where it has neither a name nor a value. Takes any text. */
export function parseSetCookie(header: string): SetCookie | null {
  const [first = "", ...attributes] = header.split(";");
  const cookie = splitPair(first.trim());
  if (cookie.name === "" && cookie.value === "") return null;
  const found: { -readonly [Key in keyof SetCookie]: SetCookie[Key] } = { ...cookie, httpOnly: false, secure: false };
  for (const attribute of attributes) {
    const equals = attribute.indexOf("=");
    const name = (equals < 0 ? attribute : attribute.slice(0, equals)).trim().toLowerCase();
    const value = equals < 0 ? "" : attribute.slice(equals + 1).trim();
    if (name === "httponly") found.httpOnly = true;
    else if (name === "secure") found.secure = true;
    else if (name === "path") found.path = value;
    else if (name === "domain") found.domain = value.replace(/^\./, "").toLowerCase();
    else if (name === "samesite") found.sameSite = value;
    else if (name === "max-age" && /^-?\d+$/.test(value)) found.maxAge = Number(value);
    else if (name === "expires") {
      const expires = parseCookieDate(value);
      if (expires !== null) found.expires = expires;
    }
  }
  return found;
}

/** When a cookie ends; undefined for one that lasts as long as the browser runs, or where Max-Age counts from an unknown time. */
export function cookieExpiry(cookie: SetCookie, setAt: EpochMilliseconds | undefined): EpochMilliseconds | undefined {
  if (cookie.maxAge === undefined) return cookie.expires;
  if (cookie.maxAge <= 0) return epochMilliseconds(0);
  return setAt === undefined ? undefined : epochMilliseconds(Math.min(setAt + cookie.maxAge * 1000, LAST_DATE));
}

/** The names, never the values, of the cookies that a request sent (Cookie) or a response set (Set-Cookie), each once. */
export function cookieNames(headers: readonly Header[]): readonly string[] {
  const names = new Set<string>();
  for (const value of headerValues(headers, "cookie")) {
    for (const cookie of parseCookieHeader(value)) names.add(cookie.name);
  }
  for (const value of headerValues(headers, "set-cookie")) {
    const cookie = parseSetCookie(value);
    if (cookie !== null) names.add(cookie.name);
  }
  return [...names].map((name) => (name === "" ? "(no name)" : name));
}

/** A pair without `=` is a value without a name, as browsers read it (RFC 6265bis §5.6). */
function splitPair(pair: string): Cookie {
  const equals = pair.indexOf("=");
  if (equals < 0) return { name: "", value: pair };
  return { name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() };
}

/** The end of the years that ISO 8601 writes with four digits. */
const LAST_DATE = Date.UTC(9999, 11, 31);
