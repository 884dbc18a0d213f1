import { say, type Said, type Told } from "../said.ts";

/** One thing that a handshake's headers mean. */
export interface HandshakeFinding {
  /** What it is about: a header's or an extension's name, or words for what has none. */
  readonly title: Told;
  readonly verdict: "ok" | "note" | "problem" | "unknown";
  /** One sentence or a few. */
  readonly said: readonly Said[];
  /** It is right, and will hurt. */
  readonly isConcern?: true;
  /** The part of a standard, or the page of MDN, that says more. */
  readonly link?: string;
}

type Find = (title: Told, ...said: readonly Said[]) => HandshakeFinding;

const finding =
  (verdict: HandshakeFinding["verdict"]): Find =>
  (title, ...said) => ({ title, verdict, said });

/** As the standards have it. */
export const ok = finding("ok");
/** Right, and worth knowing. */
export const note = finding("note");
/** Right, and will hurt: listed among the findings. */
export const concern: Find = (title, ...said) => ({ ...note(title, ...said), isConcern: true });
/** Against a standard, or failed: listed among the findings. */
export const problem = finding("problem");
/** The capture could not see it. */
export const unknown = finding("unknown");

const LONGEST_QUOTE = 80;
const MOST_QUOTES = 12;

/** A value from a header, to stand in a sentence: quoted, short, and without characters that hide or turn text. */
export function quote(value: string): Said {
  return say("join.quoted", { text: `${printable(value.slice(0, LONGEST_QUOTE))}${value.length > LONGEST_QUOTE ? "…" : ""}` });
}

/** Several values in one sentence: `"a", "b" and 3 more`. */
export function quoteAll(values: readonly string[]): readonly Said[] {
  return quoteEach(values.map(quote));
}

/** The same for values that are quoted already. */
export function quoteEach(quoted: readonly Said[]): readonly Said[] {
  return quoted.length > MOST_QUOTES ? [...quoted.slice(0, MOST_QUOTES), say("join.more", { n: quoted.length - MOST_QUOTES })] : quoted;
}

/** Control and format characters (Unicode Cc, Cf, Co, Cs) become U+FFFD. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "\u{fffd}");
