/** White space, then a bracket, a separator or a scalar (RFC 8259). Each is matched without a way back into it: linear. */
// oxlint-disable-next-line eslint/no-control-regex -- RFC 8259 §7: none of them stands in a string
const TOKEN = /[\t\n\r ]*([{}[\],:]|"[^"\\\0-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\0-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const SPACE = /[\t\n\r ]*/y;

type Expected = "value" | "value or ]" | "name" | "name or }" | ":" | "more or end";

/**
 * Where a text stops being JSON, in UTF-16 units: the token that may not stand there, or the end, where something is still to
 * come; undefined where all of it is JSON. What `JSON.parse` says of it names no place in a short text. Cost: one pass.
 */
export function jsonFaultAt(text: string): number | undefined {
  const open: ("{" | "[")[] = [];
  let expected: Expected | undefined = "value";
  for (let at = 0; ; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1];
    SPACE.lastIndex = at;
    const from = at + (SPACE.exec(text)?.[0].length ?? 0);
    const isWhole: boolean = open.length === 0 && expected === "more or end";
    if (token === undefined) return isWhole && from === text.length ? undefined : from;
    expected = isWhole ? undefined : after(token, expected, open);
    if (expected === undefined) return from;
    at = TOKEN.lastIndex;
  }
}

/** What is expected behind a token, in the brackets that are open then; undefined where it may not stand there. */
function after(token: string, expected: Expected, open: ("{" | "[")[]): Expected | undefined {
  const inner = open.at(-1);
  switch (token) {
    case "{":
    case "[":
      if (expected !== "value" && expected !== "value or ]") return undefined;
      open.push(token);
      return token === "{" ? "name or }" : "value or ]";
    case "}":
      if (expected !== "name or }" && !(expected === "more or end" && inner === "{")) return undefined;
      open.pop();
      return "more or end";
    case "]":
      if (expected !== "value or ]" && !(expected === "more or end" && inner === "[")) return undefined;
      open.pop();
      return "more or end";
    case ",":
      if (expected !== "more or end") return undefined;
      return inner === "{" ? "name" : "value";
    case ":":
      return expected === ":" ? "value" : undefined;
    default:
      if (expected === "name" || expected === "name or }") return token.startsWith('"') ? ":" : undefined;
      return expected === "value" || expected === "value or ]" ? "more or end" : undefined;
  }
}
