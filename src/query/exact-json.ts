/** Whether a text may hold an integer that a double cannot: 2^53 has 16 digits. */
export const hasLongNumber = (text: string): boolean => LONG.test(text);

const LONG = /\d{16}/;

/** Strings, so that digits in them are passed over; and numbers. Each alternative takes at least one character. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\[^])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const INTEGER = /^-?\d{16,}$/;

/**
 * `JSON.parse`, but integers that a double cannot hold become bigints. Undefined where the text is no JSON. Cost: two
 * parsings and a pass. (A reviver's `context.source` would tell the digits, but not every JavaScript engine has it.)
 */
export function parseExactly(text: string): unknown {
  try {
    // First as it is: what follows would take a number in a key's place.
    JSON.parse(text);
  } catch {
    return undefined;
  }
  let mark = "integer ";
  while (text.includes(mark)) mark += "+";
  const marked = text.replace(STRING_OR_NUMBER, (token) =>
    INTEGER.test(token) && !Number.isSafeInteger(Number(token)) ? `"${mark}${token}"` : token,
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}
