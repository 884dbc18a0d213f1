/** What a stretch of a preview is; null: nothing to colour. */
export type TokenKind = "key" | "string" | "number" | "literal" | null;

export interface Token {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
}

/** JSON as it is, or behind what Engine.IO and Socket.IO put before it: `42/orders,17["order:place",…`. */
const BEFORE_JSON = /^\s*(?:\d{1,6}(?:-|(?=\D))(?:\/[^,]{0,60},)?\d{0,12})?\s*(?=[{[])/;
/**
 * A string (which may be cut off at the end of the preview) with the colon that makes it a key, a number, a literal.
 * Each alternative takes at least one character and none backtracks into another, so the scan is linear.
 */
const TOKEN = /"(?:[^"\\]|\\[^])*(?:"(\s*:)?|\\?$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;

/** Tokens of a message's first characters, back to back; one without a kind where it is no JSON. */
export function tokenizeJson(text: string): readonly Token[] {
  const before = BEFORE_JSON.exec(text);
  if (before === null) return [{ from: 0, to: text.length, kind: null }];
  const tokens: Token[] = [];
  const start = before[0].length;
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index < start) continue;
    const colon = match[1]?.length ?? 0;
    const to = match.index + match[0].length - colon;
    if (match.index > at) tokens.push({ from: at, to: match.index, kind: null });
    tokens.push({ from: match.index, to, kind: kindOf(match[0], colon) });
    at = to;
  }
  if (at < text.length) tokens.push({ from: at, to: text.length, kind: null });
  return tokens;
}

function kindOf(text: string, colon: number): TokenKind {
  if (text.startsWith('"')) return colon > 0 ? "key" : "string";
  return /[a-z]/.test(text[0] as string) ? "literal" : "number";
}
