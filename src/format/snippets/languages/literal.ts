import type { Phrase, Variable } from "../script.ts";

/** What an editor shows as itself: anything else (controls, marks of direction, odd spaces, halves of pairs) is escaped. */
const ESCAPED = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|["'\\]/gu;

/**
 * Text between quotes, for languages that have both kinds: between those that need fewer escapes. `escape` is given each
 * character that may not stand there as it is.
 */
export function quoted(text: string, escape: (char: string) => string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  return quote + escaped(text, quote, escape) + quote;
}

export const escaped = (text: string, quote: string, escape: (char: string) => string): string =>
  text.replace(ESCAPED, (char) => (char === "\\" || char === quote ? `\\${char}` : char === '"' || char === "'" ? char : escape(char)));

export const hex = (char: string, digits: number): string => (char.codePointAt(0) ?? 0).toString(16).padStart(digits, "0");

/** A phrase as an expression: its parts joined by `plus`. */
export function joined(phrase: Phrase, text: (part: string) => string, variable: (variable: Variable) => string, plus = " + "): string {
  if (phrase.length === 0) return text("");
  return phrase.map((part) => (typeof part === "string" ? text(part) : variable(part))).join(plus);
}

/** Words in one line that holds nothing but what shows, for a comment that ends with its line. */
export function oneLine(text: string): string {
  const line = text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]+/gu, " ").trim();
  return line.length > MOST_COMMENT ? `${line.slice(0, MOST_COMMENT).replace(/[\uD800-\uDBFF]$/, "")}…` : line;
}

const MOST_COMMENT = 300;

export const hexBytes = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Seconds as a number that is short to read: 0.5, 12, 0.013. */
export const seconds = (milliseconds: number): string => String(Math.round(milliseconds) / 1000);
