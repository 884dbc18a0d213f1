import type { Header } from "../../model/connection.ts";
import { isSetByClient, isToken, separateHeaders } from "../../model/headers.ts";

/** Those that a server may ask for; a name each: several values of one are one field (RFC 9110 §5.2), but for cookies. */
export function headersThatMatter(headers: readonly Header[]): readonly Header[] {
  const byName = new Map<string, { readonly name: string; value: string }>();
  for (const { name: written, value: text } of separateHeaders(headers)) {
    const name = written.trim();
    const key = name.toLowerCase();
    if (!isToken(name) || isSetByClient(key)) continue;
    const value = text.replace(/[^\t\u0020-\u007E\u0080-\u{10FFFF}]+/gu, " ").trim();
    const known = byName.get(key);
    if (known === undefined) byName.set(key, { name, value });
    else known.value += `${key === "cookie" ? "; " : ", "}${value}`;
  }
  return [...byName.values()];
}
