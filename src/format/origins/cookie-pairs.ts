import type { Header } from "../../model/connection.ts";
import { headerValues } from "../../model/headers.ts";

export interface NamedCookie {
  readonly name: string;
  readonly value: string;
}

/** The cookies that an answer sets (RFC 6265 §5.2): what a line has before its first `;`. */
export const cookiesSet = (lines: readonly string[]): readonly NamedCookie[] => lines.flatMap((line) => pairOf(line.split(";", 1)[0] ?? ""));

/** The cookies of a request. */
export const cookiesSent = (headers: readonly Header[]): readonly NamedCookie[] => headerValues(headers, "cookie").flatMap((value) => value.split(";").flatMap(pairOf));

function pairOf(text: string): readonly NamedCookie[] {
  const equals = text.indexOf("=");
  return equals <= 0 ? [] : [{ name: text.slice(0, equals).trim(), value: text.slice(equals + 1).trim() }];
}
