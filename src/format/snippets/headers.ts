import type { Header } from "../../model/connection.ts";
import { separateHeaders } from "../../model/headers.ts";

/** Libraries set these, or a browser did for reasons of its own. */
const LEFT_OUT = /^(?::.*|host|connection|upgrade|pragma|cache-control|accept|accept-encoding|accept-language|keep-alive|proxy-connection|te|trailer|transfer-encoding|content-length|content-type|expect|if-.*|priority|dnt|sec-websocket-.*|sec-fetch-.*|sec-ch-.*|sec-gpc)$/;

/** Those that a server may ask for; a name each: several values of one are one field (RFC 9110 §5.2), but for cookies. */
export function headersThatMatter(headers: readonly Header[]): readonly Header[] {
  const byName = new Map<string, { readonly name: string; value: string }>();
  for (const { name: written, value: text } of separateHeaders(headers)) {
    const name = written.trim();
    const key = name.toLowerCase();
    if (!isToken(name) || LEFT_OUT.test(key)) continue;
    const value = text.replace(/[^\t\u0020-\u007E\u0080-\u{10FFFF}]+/gu, " ").trim();
    const known = byName.get(key);
    if (known === undefined) byName.set(key, { name, value });
    else known.value += `${key === "cookie" ? "; " : ", "}${value}`;
  }
  return [...byName.values()];
}

/** RFC 9110 §5.6.2: nothing else can be the name of a header or a subprotocol. */
export const isToken = (text: string): boolean => /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(text);
