import type { Header } from "../../model/connection.ts";
import { cookieExpiry, parseCookieHeader, parseSetCookie } from "../../model/cookies.ts";
import { headerValues } from "../../model/headers.ts";
import type { EpochMilliseconds } from "../../model/units.ts";
import type { HarCookie } from "./har-types.ts";

export const requestCookies = (headers: readonly Header[]): readonly HarCookie[] =>
  headerValues(headers, "cookie").flatMap(parseCookieHeader);

/** `setAt`: when the response came, from which Max-Age counts. An attribute that the header does not have is absent. */
export function responseCookies(headers: readonly Header[], setAt: EpochMilliseconds | undefined): readonly HarCookie[] {
  return headerValues(headers, "set-cookie").flatMap((value) => {
    const cookie = parseSetCookie(value);
    if (cookie === null) return [];
    const expires = cookieExpiry(cookie, setAt);
    return [
      {
        name: cookie.name,
        value: cookie.value,
        ...(cookie.path === undefined ? {} : { path: cookie.path }),
        ...(cookie.domain === undefined ? {} : { domain: cookie.domain }),
        ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
        httpOnly: cookie.httpOnly,
        secure: cookie.secure,
        ...(cookie.sameSite === undefined ? {} : { sameSite: cookie.sameSite }),
      },
    ];
  });
}
