import type { SyntaxNode } from "@lezer/common";
import { say, type Said } from "../model/said.ts";
import { findField, unknownField } from "./field-registry.ts";
import { parser } from "./grammar/query-parser.ts";
import { readPath, unquote } from "./path.ts";
import { readPattern } from "./pattern.ts";
import {
  ORDER_OPERATORS,
  type FieldValue,
  type OrderOperator,
  type Query,
  type QueryProblem,
  type Read,
  type ValueTest,
} from "./query.ts";
import { findSyntaxProblem } from "./syntax-problem.ts";

export type ParsedQuery = { readonly query: Query } | { readonly problem: QueryProblem };

/** The longest filter that is read, in UTF-16 units. */
export const MOST_LENGTH = 10_000;
/** How deep parentheses and negations may nest: what comes after walks the query by recursion. */
export const MOST_DEPTH = 100;

/**
 * Reads the filter language (docs/filter-language.md). Any text is answered, with the first problem where it is no
 * query: what was expected, and where. Never throws. Cost: linear in the text.
 */
export function parseQuery(text: string): ParsedQuery {
  if (text.length > MOST_LENGTH) {
    return fail(say("query.too-long", { most: MOST_LENGTH }), MOST_LENGTH, text.length);
  }
  const { topNode } = parser.parse(text);
  const syntaxProblem = findSyntaxProblem(topNode, text);
  if (syntaxProblem !== undefined) return { problem: syntaxProblem };
  const condition = topNode.firstChild;
  if (condition === null) return { query: { kind: "everything" } };
  return new TreeReader(text).read(condition, 0);
}

/** Makes a query of the grammar's tree. */
class TreeReader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  read(node: SyntaxNode, depth: number): ParsedQuery {
    if (depth > MOST_DEPTH) {
      return fail(say("query.too-deep", { most: MOST_DEPTH }), node.from, node.to);
    }
    switch (node.name) {
      case "Or":
        return this.#readAll("or", node, depth);
      case "And":
        return this.#readAll("and", node, depth);
      case "Not": {
        const part = this.read(node.lastChild ?? node, depth + 1);
        return "problem" in part ? part : { query: { kind: "not", part: part.query } };
      }
      case "Group":
        return this.read(node.firstChild?.nextSibling ?? node, depth + 1);
      case "Field":
        return this.#readField(node);
      case "Value":
        return this.#readValue(node);
      case "Word":
        return { query: { kind: "text", text: this.#source(node) } };
      case "Quoted":
        return this.#mapText(node, (text) =>
          text === "" ? { problem: say("query.empty-quotes") } : { value: { kind: "text", text } },
        );
      case "Pattern":
        return this.#mapPattern(node, (pattern) => ({ kind: "pattern", ...pattern }));
      default:
        return fail(say("query.expected"), node.from, node.to);
    }
  }

  #readAll(kind: "and" | "or", node: SyntaxNode, depth: number): ParsedQuery {
    const parts: Query[] = [];
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (child.name === "OrOperator" || child.name === "AndOperator") continue;
      const part = this.read(child, depth);
      if ("problem" in part) return part;
      // `(a b) c` is `a b c`: one way to say a thing, so that what is printed reads as the same.
      if (part.query.kind === kind) parts.push(...part.query.parts);
      else parts.push(part.query);
    }
    return { query: { kind, parts } };
  }

  #readField(node: SyntaxNode): ParsedQuery {
    const [nameNode, valueNode] = childrenOf(node);
    if (nameNode === undefined || valueNode === undefined) return fail(say("query.expected"), node.from, node.to);
    const name = this.#source(nameNode).slice(0, -1).toLowerCase();
    const field = findField(name);
    if (field === undefined) {
      return fail(unknownField(name), nameNode.from, nameNode.to);
    }
    const fieldOf = (value: FieldValue): Read<Query> => {
      const read = field.read(value);
      return "problem" in read ? read : { value: { kind: "field", name, value } };
    };
    switch (valueNode.name) {
      case "Quoted":
        return this.#mapText(valueNode, (text) => fieldOf({ kind: "quoted", text }));
      case "Pattern": {
        const pattern = readPattern(this.#source(valueNode));
        const read = "problem" in pattern ? pattern : fieldOf({ kind: "pattern", ...pattern.value });
        return answer(read, valueNode);
      }
      default:
        return answer(fieldOf({ kind: "bare", text: this.#source(valueNode) }), valueNode);
    }
  }

  #readValue(node: SyntaxNode): ParsedQuery {
    const [pathNode, operatorNode, operandNode] = childrenOf(node);
    if (pathNode === undefined) return fail(say("query.path-missing"), node.from, node.to);
    const path = readPath(this.#source(pathNode));
    if ("problem" in path) {
      const from = pathNode.from + (path.from ?? 0);
      return fail(path.problem, Math.min(from, pathNode.to - 1), pathNode.to);
    }
    if (operatorNode === undefined || operandNode === undefined) {
      return { query: { kind: "value", path: path.value, test: null } };
    }
    const test = this.#readTest(this.#source(operatorNode), operandNode);
    return answer("problem" in test ? test : { value: { kind: "value", path: path.value, test: test.value } }, operandNode);
  }

  #readTest(sign: string, node: SyntaxNode): Read<ValueTest> {
    const operator = sign === "==" ? "=" : sign;
    if (node.name === "Pattern") {
      if (operator !== "~") return { problem: say("query.pattern-operator") };
      const pattern = readPattern(this.#source(node));
      return "problem" in pattern ? pattern : { value: { operator, operand: { kind: "pattern", ...pattern.value } } };
    }
    const source = this.#source(node);
    const text = node.name === "Quoted" ? readQuoted(source) : { value: source };
    if ("problem" in text) return text;
    const string = { kind: "string", text: text.value } as const;
    if (operator === "~") return { value: { operator, operand: string } };
    const literal = node.name === "Literal" ? ({ kind: "literal", value: LITERALS[source] ?? null } as const) : undefined;
    const ordered = node.name === "Number" ? ({ kind: "number", text: source } as const) : string;
    if (operator === "=" || operator === "!=") return { value: { operator, operand: literal ?? ordered } };
    if (!isOrderOperator(operator)) return { problem: say("query.unknown-operator", { operator: sign }) };
    return literal === undefined
      ? { value: { operator, operand: ordered } }
      : { problem: say("query.wrong-operand", { operator: sign, operand: source }) };
  }

  #mapText(node: SyntaxNode, make: (text: string) => Read<Query>): ParsedQuery {
    const text = readQuoted(this.#source(node));
    return answer("problem" in text ? text : make(text.value), node);
  }

  #mapPattern(node: SyntaxNode, make: (pattern: { source: string; flags: string }) => Query): ParsedQuery {
    const pattern = readPattern(this.#source(node));
    return answer("problem" in pattern ? pattern : { value: make(pattern.value) }, node);
  }

  #source(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to);
  }
}

const LITERALS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const CLOSED_QUOTE = /^"(?:[^"\\]|\\[^])*"$/;

function readQuoted(token: string): Read<string> {
  return CLOSED_QUOTE.test(token)
    ? { value: unquote(token.slice(1, -1)) }
    : { problem: say("query.open-quote") };
}

function isOrderOperator(operator: string): operator is OrderOperator {
  return (ORDER_OPERATORS as readonly string[]).includes(operator);
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

function answer(read: Read<Query>, node: SyntaxNode): ParsedQuery {
  return "problem" in read ? fail(read.problem, node.from, node.to) : { query: read.value };
}

function fail(message: Said, from: number, to: number): ParsedQuery {
  return { problem: { message, from, to } };
}
