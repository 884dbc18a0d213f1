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
