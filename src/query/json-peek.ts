import type { ValueQuery } from "./query.ts";
import { numberTest } from "./value-test.ts";

/** A message's JSON text, where it stands in a longer string. */
export interface JsonPlace {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Undefined: it cannot tell; read the text. */
export type JsonPeek = (place: JsonPlace) => boolean | undefined;

/** Longer texts are read: a pattern's own stack is bounded. */
const MOST_TEXT = 1 << 16;
/** How deep values beside the path may nest; the pattern doubles with each level. */
const DEPTH = 4;
/** After this many texts that it could not tell, it gives up where those are the most. */
const PATIENCE = 100;

const SPACE = "[ \\n\\r\\t]*";
const STRING = '"[^"\\\\\\u0000-\\u001f]*"';
const NUMBER = "-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";

/**
 * Answers `.key.key > number` from the text, without making values: one pattern that takes a whole JSON object (RFC
 * 8259) and catches the number at the path. It takes nothing but JSON without escapes, so what it answers is what
 * parsing would; anything else it leaves to the parser. Several times as fast as `JSON.parse`. Undefined where the query
 * is of another form.
 */
export function createJsonPeek({ path, test }: ValueQuery): JsonPeek | undefined {
  if (test === null || test.operator === "~" || test.operator === "!=" || test.operand.kind !== "number") return undefined;
  const keys: string[] = [];
  for (const step of path) {
    // A key that JSON writes with an escape is left to the parser.
    if (step.kind !== "key" || step.deep || !PLAIN_KEY.test(step.key)) return undefined;
    keys.push(`"${step.key}"`);
  }
  if (keys.length === 0 || keys.length > DEPTH) return undefined;
  const pattern = new RegExp(`${SPACE}${objectPattern(keys)}${SPACE}`, "y");
  const passes = numberTest(test.operator, test.operand.text);
  let told = 0;
  let untold = 0;
  return ({ text, from, to }) => {
    if (to - from > MOST_TEXT || (untold > PATIENCE && untold > told)) return undefined;
    pattern.lastIndex = from;
    const literal = pattern.exec(text)?.[1];
    if (literal === undefined || pattern.lastIndex !== to) {
      untold++;
      return undefined;
    }
    told++;
    return passes.literal(literal);
  };
}

/** A key that JSON writes as it is, and that cannot stand between two strings. */
export const PLAIN_KEY = /^[\w $-]+$/;

/** An object that has a number at the path; the number is caught. */
function objectPattern(keys: readonly string[]): string {
  const [key = "", ...rest] = keys;
  const value = rest.length === 0 ? `(${NUMBER})` : objectPattern(rest);
  const entry = `${STRING}${SPACE}:${SPACE}${valuePattern(DEPTH)}${SPACE}`;
  const name = key.replaceAll("$", String.raw`\$`);
  // A key that comes twice has two values: such a text is left to the reader.
  return `\\{${SPACE}(?:(?!${name})${entry},${SPACE})*?${name}${SPACE}:${SPACE}${value}${SPACE}(?:,${SPACE}(?!${name})${entry})*\\}`;
}

/** Any value whose containers nest `depth` deep at most. Each way through it is told by the next character. */
function valuePattern(depth: number): string {
  const scalar = `${STRING}|${NUMBER}|true|false|null`;
  if (depth === 0) return `(?:${scalar})`;
  const value = valuePattern(depth - 1);
  const object = `\\{${SPACE}(?:${STRING}${SPACE}:${SPACE}${value}${SPACE}(?:,${SPACE}(?=")|(?=\\})))*\\}`;
  const array = `\\[${SPACE}(?:${value}${SPACE}(?:,${SPACE}(?!\\])|(?=\\])))*\\]`;
  return `(?:${scalar}|${object}|${array})`;
}
