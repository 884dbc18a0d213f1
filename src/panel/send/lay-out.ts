/** JSON text over several lines. What stands in it stays as it is: no number loses a digit. */
export function layOut(json: string): string {
  let depth = 0;
  const parts: string[] = [];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g)) {
    if (token === "]" || token === "}") {
      depth--;
      const before = parts.at(-1);
      parts.push(before?.trim() === (token === "]" ? "[" : "{") ? token : `${lineAt(depth)}${token}`);
      continue;
    }
    const last = parts.at(-1)?.at(-1);
    if (last === "[" || last === "{" || last === ",") parts.push(lineAt(depth));
    parts.push(token === ":" ? ": " : token);
    if (token === "[" || token === "{") depth++;
  }
  return parts.join("");
}

const lineAt = (depth: number): string => `\n${"  ".repeat(depth)}`;
