/** A piece of what somebody typed, in whatever language they had in mind. */
export type LenientToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "pattern"; readonly source: string; readonly flags: string }
  | { readonly kind: "operator"; readonly sign: ComparisonSign }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "and" }
  | { readonly kind: "or" }
  | { readonly kind: "not" }
  | { readonly kind: "open" }
  | { readonly kind: "close" };

/** A token that a condition begins with. */
export type BeginToken = Extract<LenientToken, { readonly kind: "text" | "pattern" | "word" }>;

export type ComparisonSign = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~";

/** What holds JSON together says nothing here. */
const SPACE = /[\s\u00a0\u3000{},]+/uy;
const QUOTED = /"((?:[^"\\]|\\[^])*)(?:"|$)|'((?:[^'\\]|\\[^])*)'|`([^`]*)`|“([^”]*)”/uy;
const PATTERN = /\/((?:[^/\\\s]|\\[^])+)\/([a-z]*)(?=[\s()]|$)/uy;
const COMPARISON = /===?|!==?|<>|>=|=>|<=|=<|=~|!~|[=<>~≥≤≠]/uy;
const SIGNS: Readonly<Record<string, ComparisonSign>> = { "==": "=", "===": "=", "!==": "!=", "<>": "!=", "≠": "!=", "=>": ">=", "≥": ">=", "=<": "<=", "≤": "<=", "=~": "~" };
/** In capitals or not, as words or as signs. */
const JOINS: Readonly<Record<string, "and" | "or" | "not">> = { and: "and", or: "or", not: "not", 且: "and", 并且: "and", 和: "and", 或: "or", 或者: "or", 非: "not", 不是: "not" };
const JOIN_SIGNS: readonly (readonly [string, "and" | "or" | "not"])[] = [["&&", "and"], ["&", "and"], ["||", "or"], ["|", "or"], ["!", "not"]];
/** An address is one word, whatever signs stand in it. */
const ADDRESS = /[a-z]+:\/\/[^\s()]+/iuy;
const WORD = /[^\s()"“”=<>~≥≤≠|&!{}]+/uy;

/** Cost: linear in the text. */
export function readLenientTokens(text: string): readonly LenientToken[] {
  const tokens: LenientToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null && found[0] !== "") at = pattern.lastIndex;
    return found;
  };
  while (at < text.length) {
    if (take(SPACE) !== null) continue;
    const quoted = take(QUOTED);
    if (quoted !== null) {
      tokens.push({ kind: "text", text: (quoted[1] ?? quoted[2] ?? quoted[3] ?? quoted[4] ?? "").replace(/\\(["'\\])/g, "$1") });
      continue;
    }
    const pattern = take(PATTERN);
    if (pattern !== null) {
      // All that matches is found anyhow.
      tokens.push({ kind: "pattern", source: pattern[1] as string, flags: (pattern[2] as string).replace(/[gy]/g, "") });
      continue;
    }
    const comparison = take(COMPARISON);
    if (comparison !== null) {
      tokens.push({ kind: "operator", sign: SIGNS[comparison[0]] ?? (comparison[0] as ComparisonSign) });
      continue;
    }
    const join = JOIN_SIGNS.find(([sign]) => text.startsWith(sign, at));
    if (join !== undefined) {
      tokens.push({ kind: join[1] });
      at += join[0].length;
      continue;
    }
    const first = text[at];
    if (first === "(" || first === ")") {
      tokens.push({ kind: first === "(" ? "open" : "close" });
      at++;
      continue;
    }
    if (first === "-" && /[A-Za-z(."'/]/.test(text[at + 1] ?? "")) {
      tokens.push({ kind: "not" });
      at++;
      continue;
    }
    const word = take(ADDRESS) ?? take(WORD);
    if (word === null) {
      at++;
      continue;
    }
    // What ends in a comma is one of a list.
    const one = word[0].replace(/[,;]+$/, "");
    const joined = JOINS[one.toLowerCase()];
    if (joined !== undefined) tokens.push({ kind: joined });
    else if (one !== "") tokens.push({ kind: "word", text: one });
  }
  return tokens;
}
