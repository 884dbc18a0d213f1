/** One thing that a handshake's headers mean, in words. */
export interface HandshakeFinding {
  /** What it is about: `Sec-WebSocket-Accept`, `Subprotocol`, `permessage-deflate` … */
  readonly title: string;
  readonly verdict: "ok" | "note" | "problem" | "unknown";
  /** A plain sentence or a few. */
  readonly text: string;
}

type Say = (title: string, ...sentences: readonly string[]) => HandshakeFinding;

const saying =
  (verdict: HandshakeFinding["verdict"]): Say =>
  (title, ...sentences) => ({ title, verdict, text: sentences.join(" ") });

/** As the standards have it. */
export const ok = saying("ok");
/** Right, and worth knowing. */
export const note = saying("note");
/** Against a standard, or failed. */
export const problem = saying("problem");
/** The capture could not see it. */
export const unknown = saying("unknown");

const LONGEST_QUOTE = 80;
const MOST_QUOTES = 12;

/** A value from a header, to stand in a sentence: quoted, short, and without characters that hide or turn text. */
export function quote(value: string): string {
  return `"${printable(value.slice(0, LONGEST_QUOTE))}${value.length > LONGEST_QUOTE ? "…" : ""}"`;
}

/** Several values in one sentence: `"a", "b" and 3 more`. */
export function quoteAll(values: readonly string[]): string {
  const named = values.slice(0, MOST_QUOTES).map(quote).join(", ");
  return values.length > MOST_QUOTES ? `${named} and ${values.length - MOST_QUOTES} more` : named;
}

/** Control and format characters (Unicode Cc, Cf, Co, Cs) become U+FFFD. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "\u{fffd}");
