import type { ComparisonSign } from "./lenient-tokens.ts";
import type { TypedOperand } from "./value-query.ts";

const escaped = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);

export function startsWith(operand: TypedOperand): TypedOperand {
  return operand.kind === "pattern" ? operand : { kind: "pattern", source: `^${escaped(operand.text)}`, flags: "" };
}

export function endsWith(operand: TypedOperand): TypedOperand {
  return operand.kind === "pattern" ? operand : { kind: "pattern", source: `${escaped(operand.text)}$`, flags: "" };
}

/** A text as the pattern that it is, where it is one. */
export function patternOf(operand: TypedOperand): TypedOperand {
  if (operand.kind === "pattern") return operand;
  try {
    return { kind: "pattern", source: new RegExp(operand.text, "u").source, flags: "" };
  } catch {
    return operand;
  }
}

/** SQL's `%` and `_`: any run of characters, and any one. Answers what is held, or matched. */
export function likeOperand(operand: TypedOperand, { any = "%", one = "_" }: { readonly any?: "%" | "*"; readonly one?: "_" | null } = {}): TypedOperand {
  if (operand.kind === "pattern") return operand;
  const parts = operand.text.split(any);
  const isPlain = (text: string): boolean => one === null || !text.includes(one);
  // `%x%` holds it, as `~` says without a pattern, and so does a text without either sign.
  const [first = "", middle = "", last = ""] = parts;
  if (parts.length === 1 && isPlain(first)) return operand;
  if (parts.length === 3 && first === "" && last === "" && isPlain(middle)) return { ...operand, text: middle };
  const source = parts.map((part) => (one === null ? escaped(part) : escaped(part).replaceAll(one, "."))).join(".*");
  return { kind: "pattern", source: `^${source}$`.replace(/^\^\.\*|\.\*\$$/g, ""), flags: "" };
}

/** What a text inside a message is compared with: `=` with a star is a pattern, and so is `~` with `^` or `$`. */
export function textComparison(sign: ComparisonSign, operand: TypedOperand): readonly [ComparisonSign, TypedOperand] {
  if (operand.kind !== "word" || operand.text === "*") return [sign, operand];
  if ((sign === "=" || sign === "!=") && operand.text.includes("*")) return [sign === "=" ? "~" : "!~", likeOperand(operand, { any: "*", one: null })];
  if ((sign === "~" || sign === "!~") && /^\^|\$$|\.\*/.test(operand.text)) return [sign, patternOf(operand)];
  return [sign, operand];
}
