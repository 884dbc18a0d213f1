import type { Header } from "../../model/connection.ts";
import { headerValues } from "../../model/headers.ts";

export interface NamedCookie {
  readonly name: string;
  readonly value: string;
}

export interface SetCookie extends NamedCookie {
  /** Of the hosts that it goes to; null: to the one that set it alone. */
  readonly domain: string | null;
}

/** The cookies that an answer sets (RFC 6265 §5.2): what a line has before its first `;`. */
export const cookiesSet = (lines: readonly string[]): readonly SetCookie[] =>
  lines.flatMap((line) => {
    const [pair = "", ...attributes] = line.split(";");
    const domain = attributes.map((one) => /^\s*domain\s*=\s*\.?(.*?)\s*$/i.exec(one)?.[1]?.toLowerCase()).findLast((one) => one !== undefined && one !== "");
    return pairOf(pair).map((cookie) => ({ ...cookie, domain: domain ?? null }));
  });

/** Whether a cookie that an answer of `from` set is sent to `to`, as far as their hosts tell (RFC 6265 §5.1.3). */
export function goesTo({ domain }: SetCookie, from: string, to: string): boolean {
  if (!URL.canParse(from) || !URL.canParse(to)) return false;
  const [setter, host] = [new URL(from).hostname, new URL(to).hostname];
  return domain === null ? host === setter : isOfDomain(host, domain) && isOfDomain(setter, domain);
}

const isOfDomain = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** The cookies of a request. */
export const cookiesSent = (headers: readonly Header[]): readonly NamedCookie[] => headerValues(headers, "cookie").flatMap((value) => value.split(";").flatMap(pairOf));

function pairOf(text: string): readonly NamedCookie[] {
  const equals = text.indexOf("=");
  return equals <= 0 ? [] : [{ name: text.slice(0, equals).trim(), value: text.slice(equals + 1).trim() }];
}
