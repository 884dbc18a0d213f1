import type { CapturedFacts } from "../captured.ts";
import { findField } from "../field-registry.ts";
import type { Query } from "../query.ts";
import { fieldQuery, readComparison, specialQuery, traitQuery } from "./comparison.ts";
import { joined } from "./joined.ts";
import { DENYING, FIELD_ALIASES, SHOWING, TEXT_NAMES, TRAIT_NAMES, TRAITS, WORD_SIGNS } from "./foreign-words.ts";
import type { ComparisonSign, LenientToken } from "./lenient-tokens.ts";
import { nearValues } from "./near-values.ts";
import { endsWith, likeOperand, patternOf, startsWith } from "./text-operands.ts";
import { valueQuery, type TypedOperand } from "./value-query.ts";

/** A condition in words, or as a call. */
export interface Worded {
  /** The likeliest first. */
  readonly meanings: readonly Query[];
  /** How many tokens behind the name are of it. */
  readonly length: number;
}

/** `px BETWEEN 1 AND 5`, `type in (a, b)`, `symbol.startsWith("B")`: what `name` and the tokens behind it say. Undefined where they are no such condition. */
export function readWorded(name: string, rest: readonly LenientToken[], facts: CapturedFacts): Worded | undefined {
  if (rest[0]?.kind === "open") return readCall(name, rest, facts);
  return readTrait(name, rest) ?? readPhrase(name, rest, facts) ?? readFieldAndValue(name, rest, facts);
}

/** `is error`, `only sent`, `errors only`, `no heartbeats`, `contains btc` */
function readTrait(name: string, rest: readonly LenientToken[]): Worded | undefined {
  const known = name.toLowerCase();
  const held = WORD_SIGNS[known] === "~" ? operandOf(rest[0]) : undefined;
  if (held !== undefined) return { meanings: [held.kind === "pattern" ? held : { kind: "text", text: held.text }], length: 1 };
  const isNegated = TRAIT_NAMES.has(known) && rest[0]?.kind === "not";
  const next = rest[isNegated ? 1 : 0];
  if (next?.kind !== "word") return undefined;
  if (TRAITS[known] !== undefined && SHOWING.has(next.text.toLowerCase())) return { meanings: [traitQuery("=", { kind: "word", text: name })].filter((query) => query !== undefined), length: 1 };
  if (!TRAIT_NAMES.has(known) && !SHOWING.has(known) && !DENYING.has(known)) return undefined;
  const trait = traitQuery(isNegated || DENYING.has(known) ? "!=" : "=", next);
  return trait === undefined ? undefined : { meanings: [trait], length: isNegated ? 2 : 1 };
}

/** `last 5s`, `conn #3`, `row 5`, `type trade`: a field of ours without its colon. */
function readFieldAndValue(name: string, [next]: readonly LenientToken[], facts: CapturedFacts): Worded | undefined {
  if (next?.kind !== "word" && next?.kind !== "text") return undefined;
  const known = name.toLowerCase();
  const query = specialQuery(known, "=", next) ?? fieldQuery(FIELD_ALIASES[known] ?? known, "=", next);
  return query === undefined ? undefined : { meanings: nearValues(query, facts), length: 1 };
}

/** The operand that a token is. */
export function operandOf(token: LenientToken | undefined): TypedOperand | undefined {
  return token?.kind === "word" || token?.kind === "text" || token?.kind === "pattern" ? token : undefined;
}

const ifAny = (meanings: readonly Query[], length: number): Worded | undefined => (meanings.length === 0 ? undefined : { meanings, length });

const NEGATED: Readonly<Partial<Record<ComparisonSign, ComparisonSign>>> = { "=": "!=", "!=": "=", "~": "!~", "!~": "~" };

function compare(name: string, sign: ComparisonSign, operand: TypedOperand, isNegated: boolean, facts: CapturedFacts): readonly Query[] {
  const other = NEGATED[sign];
  if (isNegated && other !== undefined) return readComparison(name, other, operand, facts);
  const meanings = readComparison(name, sign, operand, facts);
  return isNegated ? meanings.map((part) => ({ kind: "not", part })) : meanings;
}

function readPhrase(name: string, rest: readonly LenientToken[], facts: CapturedFacts): Worded | undefined {
  const wordAt = (at: number): string | undefined => {
    const token = rest[at];
    return token?.kind === "word" ? token.text.toLowerCase() : token?.kind === "not" ? "not" : undefined;
  };
  let at = 0;
  const hasCopula = /^(?:is|are|does|do|was)$/.test(wordAt(at) ?? "");
  if (hasCopula) at++;
  const isNegated = wordAt(at) === "not";
  if (isNegated) at++;
  const verb = wordAt(at);
  // `a not b`: two texts.
  if (verb === undefined && !hasCopula) return undefined;
  const compared = (sign: ComparisonSign, operandAt: number, change: (operand: TypedOperand) => TypedOperand = (operand) => operand): Worded | undefined => {
    const isCall = rest[operandAt]?.kind === "open" && rest[operandAt + 2]?.kind === "close";
    const operand = operandOf(rest[isCall ? operandAt + 1 : operandAt]);
    return operand === undefined ? undefined : ifAny(compare(name, sign, change(operand), isNegated, facts), operandAt + (isCall ? 3 : 1));
  };
  switch (verb) {
    case "in":
      return readList(name, rest, at + 1, isNegated, facts);
    case "between":
      return readBetween(name, rest, at + 1, isNegated, facts);
    case "like":
    case "ilike":
    case "rlike":
      return compared("~", at + 1, likeOperand);
    case "starts":
    case "begins":
    case "ends":
      return wordAt(at + 1) === "with" ? compared("~", at + 2, verb === "ends" ? endsWith : startsWith) : undefined;
    case "startswith":
    case "beginswith":
      return compared("~", at + 1, startsWith);
    case "endswith":
      return compared("~", at + 1, endsWith);
    default:
  }
  const sign = verb === undefined ? undefined : WORD_SIGNS[verb];
  if (sign !== undefined) return compared(sign === "matches" ? "~" : sign, at + 1, sign === "matches" ? patternOf : undefined);
  return hasCopula ? compared("=", at) : undefined;
}

/** `(a, b)`; braces and commas are no tokens. */
function readList(name: string, rest: readonly LenientToken[], from: number, isNegated: boolean, facts: CapturedFacts): Worded | undefined {
  const hasParentheses = rest[from]?.kind === "open";
  let at = hasParentheses ? from + 1 : from;
  const parts: (Query | undefined)[] = [];
  for (let operand = operandOf(rest[at]); operand !== undefined; operand = operandOf(rest[++at])) {
    const each = operand.kind === "word" ? operand.text.split(",").filter((text) => text !== "").map((text): TypedOperand => ({ kind: "word", text })) : [operand];
    parts.push(...each.map((one) => readComparison(name, "=", one, facts)[0]));
  }
  if (hasParentheses && rest[at]?.kind === "close") at++;
  const any = joined("or", parts);
  return any === undefined ? undefined : { meanings: [isNegated ? { kind: "not", part: any } : any], length: at };
}

function readBetween(name: string, rest: readonly LenientToken[], from: number, isNegated: boolean, facts: CapturedFacts): Worded | undefined {
  const low = operandOf(rest[from]);
  const to = rest[from + 1]?.kind === "and" ? from + 2 : from + 1;
  const high = operandOf(rest[to]);
  const both = low === undefined || high === undefined ? undefined : rangeQuery(name, low, high, facts);
  return both === undefined ? undefined : { meanings: [isNegated ? { kind: "not", part: both } : both], length: to + 1 };
}

/** From one to the other, both of which count. */
export function rangeQuery(name: string, low: TypedOperand, high: TypedOperand, facts: CapturedFacts): Query | undefined {
  if (low.kind === "pattern" || high.kind === "pattern") return undefined;
  const range = findField(name.toLowerCase()) === undefined ? undefined : fieldQuery(name.toLowerCase(), "=", { kind: "word", text: `${low.text}..${high.text}` });
  return range ?? joined("and", [readComparison(name, ">=", low, facts)[0], readComparison(name, "<=", high, facts)[0]]);
}

/** What a call of a function or method compares by. */
const METHODS: Readonly<Record<string, (operand: TypedOperand) => TypedOperand>> = {
  includes: (operand) => operand,
  contains: (operand) => operand,
  indexof: (operand) => operand,
  startswith: startsWith,
  endswith: endsWith,
  match: patternOf,
  matches: patternOf,
  search: patternOf,
  test: patternOf,
};
/** Functions that change nothing of which a filter knows. */
const PASSED = /^(?:lower|upper|lcase|ucase|tolower|toupper|tolowercase|touppercase|ascii_downcase|ascii_upcase|trim|str|string|tostring|int|float|number|tonumber|parseint|parsefloat|abs|any|all|filter|message|payload)$/;
const EXISTS = /^(?:has|exists|isset|defined|_exists_)$/;
const LENGTH = /^(?:len|length|size|bytes|strlen|count)$/;

function readCall(called: string, rest: readonly LenientToken[], facts: CapturedFacts): Worded | undefined {
  const operand = operandOf(rest[1]);
  const closesAt = operand === undefined ? 1 : 2;
  if (rest[closesAt]?.kind !== "close") return undefined;
  const behind = rest.slice(closesAt + 1);
  const dot = called.lastIndexOf(".");
  const [object, name] = [called.slice(0, Math.max(0, dot)), called.slice(dot + 1).toLowerCase()];
  const further = (of: string): Worded | undefined => {
    const worded = readOn(of, behind, facts);
    return worded === undefined ? undefined : { ...worded, length: worded.length + closesAt + 1 };
  };
  const regex = /^\/(.+)\/([a-z]*)\.test$/iu.exec(called);
  if (regex !== null) return { meanings: [{ kind: "pattern", source: regex[1] as string, flags: (regex[2] as string).replace(/[^imsuv]/g, "") }], length: closesAt + 1 };
  if (operand === undefined) return object !== "" && PASSED.test(name) ? further(object) : undefined;
  const method = METHODS[name];
  if (method !== undefined) {
    // Without an object, of the whole message.
    const meanings = readComparison(object === "" ? "payload" : object, "~", method(operand), facts);
    return meanings.length === 0 ? undefined : { meanings, length: closesAt + 1 };
  }
  if (operand.kind === "pattern") return undefined;
  if (EXISTS.test(name)) {
    const path = valueQuery(operand.text.startsWith(".") ? operand.text : `.${operand.text}`, "=", null);
    return path === undefined ? undefined : { meanings: [path], length: closesAt + 1 };
  }
  if (LENGTH.test(name) && TEXT_NAMES.has(operand.text.toLowerCase())) return further("size");
  return PASSED.test(name) ? further(operand.text) : undefined;
}

/** What is compared with what a call gave. */
function readOn(name: string, rest: readonly LenientToken[], facts: CapturedFacts): Worded | undefined {
  const [sign, right] = rest;
  const operand = operandOf(right);
  if (sign?.kind !== "operator" || operand === undefined) return readWorded(name, rest, facts);
  const meanings = readComparison(name, sign.sign, operand, facts);
  return meanings.length === 0 ? undefined : { meanings, length: 2 };
}
