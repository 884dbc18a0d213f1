import type { Header } from "./connection.ts";

/**
 * The values of one header field, name compared without case, in their order, without the space around them.
 * A value that CDP joined from duplicates by a line feed counts as several.
 */
export function headerValues(headers: readonly Header[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (const header of headers) {
    if (header.name.trim().toLowerCase() !== wanted) continue;
    for (const value of header.value.split("\n")) values.push(value.trim());
  }
  return values;
}

/** One entry for each value: what CDP joined by a line feed is taken apart. */
export function separateHeaders(headers: readonly Header[]): readonly Header[] {
  if (!headers.some((header) => header.value.includes("\n"))) return headers;
  return headers.flatMap(({ name, value }) => value.split("\n").map((one) => ({ name, value: one.trim() })));
}

/** Libraries set these, or a browser did for reasons of its own. */
const SET_BY_CLIENT = /^(?::.*|host|connection|upgrade|pragma|cache-control|accept|accept-encoding|accept-language|keep-alive|proxy-connection|te|trailer|transfer-encoding|content-length|content-type|expect|if-.*|priority|dnt|sec-websocket-.*|sec-fetch-.*|sec-ch-.*|sec-gpc)$/;

/** Whether whatever opens a connection sets the header of this name by itself. */
export const isSetByClient = (name: string): boolean => SET_BY_CLIENT.test(name.trim().toLowerCase());

/** RFC 9110 §5.6.2: nothing else can be the name of a header or a subprotocol. */
export const isToken = (text: string): boolean => /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(text);

/** Null: it is none, or holds what no header can (RFC 9110 §5.5). */
export function readHeader(line: string): Header | null {
  const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/s.exec(line.trim()) ?? [];
  // oxlint-disable-next-line no-control-regex -- these are what it is for
  return isToken(name) && !/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value) ? { name, value } : null;
}
