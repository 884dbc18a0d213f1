import { LABEL_KEYS, TOPIC_HOLDERS, TOPIC_KEYS, WEAK_LABEL_KEYS } from "../model/message-keys.ts";
import type { MessageRule, PageAction, PageAnswerPart, PageCondition, PageEdit, PageRule, PageStep, PageTest, PatternProgram } from "../model/message-rule.ts";
import { assertNever } from "../model/assert-never.ts";
import { say, type Said } from "../model/said.ts";
import { linearPattern } from "./linear-pattern.ts";
import { parseQuery } from "./parse.ts";
import { readPath, unquote } from "./path.ts";
import { escapePattern } from "./pattern.ts";
import type { FieldQuery, FieldValue, PathStep, Query, Read, ValueTest } from "./query.ts";
import { readInterval } from "./interval.ts";
import { readSize } from "./units.ts";

/**
 * A rule made ready for the page, where no decoder runs, and a pattern of the user's only as steps that come to an end. What
 * asks for more is refused in words.
 */
export function pageRule({ id, direction, filter, action, most }: MessageRule): Read<PageRule> {
  const parsed = parseQuery(filter);
  if ("problem" in parsed) return { problem: parsed.problem.message };
  const condition = conditionOf(parsed.query);
  if ("problem" in condition) return condition;
  const made = actionOf(action);
  return "problem" in made ? made : { value: { id, direction, condition: condition.value, action: made.value, most } };
}

function conditionOf(query: Query): Read<PageCondition> {
  switch (query.kind) {
    case "everything":
      return { value: { kind: "every", parts: [] } };
    case "and":
    case "or": {
      const parts: PageCondition[] = [];
      for (const part of query.parts) {
        const read = conditionOf(part);
        if ("problem" in read) return read;
        parts.push(read.value);
      }
      return { value: { kind: query.kind === "and" ? "every" : "some", parts } };
    }
    case "not": {
      const read = conditionOf(query.part);
      return "problem" in read ? read : { value: { kind: "not", part: read.value } };
    }
    case "text":
      return { value: { kind: "text", source: escapePattern(query.text) } };
    case "pattern":
      return withProgram(query, (program) => ({ kind: "pattern", program }));
    case "field":
      return fieldOf(query);
    case "value": {
      const path = pathOf(query.path);
      if ("problem" in path) return path;
      if (query.test === null) return { value: { kind: "value", path: path.value, test: null } };
      const test = testOf(query.test);
      return "problem" in test ? test : { value: { kind: "value", path: path.value, test: test.value } };
    }
    default:
      return assertNever(query);
  }
}

const DIRECTIONS = ["sent", "received"] as const;
const OPCODES: Readonly<Record<string, number>> = { text: 1, binary: 2, "1": 1, "2": 2 };

function fieldOf({ name, value }: FieldQuery): Read<PageCondition> {
  if (name === "type") return labelOf(value, { keys: [...LABEL_KEYS, ...WEAK_LABEL_KEYS], weak: LABEL_KEYS.length, holders: [], hasEvents: true });
  if (name === "topic") return labelOf(value, { keys: TOPIC_KEYS, weak: TOPIC_KEYS.length, holders: TOPIC_HOLDERS, hasEvents: false });
  if (value.kind === "pattern") return name === "url" ? withProgram(value, (program) => ({ kind: "url-pattern", program })) : { problem: say("rules.no-field", { name: `${name}:/…/` }) };
  const text = value.text.toLowerCase();
  switch (name) {
    case "url": {
      const parts = value.kind === "bare" ? value.text.split(/\*+/u) : [value.text];
      return { value: { kind: "url", sources: parts.filter((part) => part !== "").map(escapePattern) } };
    }
    case "size": {
      const interval = readInterval(value.text, readSize);
      if (interval === undefined) return { problem: say("query.needs-size") };
      const low = interval.low === -Infinity ? null : interval.isLowOpen ? Math.floor(interval.low) + 1 : interval.low;
      const high = interval.high === Infinity ? null : interval.isHighOpen ? Math.ceil(interval.high) - 1 : interval.high;
      return { value: { kind: "size", low, high } };
    }
    case "opcode":
      return opcodeOf(OPCODES[text]);
    case "is": {
      const direction = DIRECTIONS.find((one) => one === text);
      if (direction !== undefined) return { value: { kind: "direction", direction } };
      if (text === "text" || text === "binary") return opcodeOf(OPCODES[text]);
      return { problem: say("rules.no-field", { name: `is:${text}` }) };
    }
    default:
      return { problem: say("rules.no-field", { name: `${name}:` }) };
  }
}

function withProgram({ source, flags }: { readonly source: string; readonly flags: string }, made: (program: PatternProgram) => PageCondition): Read<PageCondition> {
  const program = linearPattern(source, flags);
  return "problem" in program ? program : { value: made(program.value) };
}

/** The whole text, with anything for a `*` that is not in quotes; or the pattern anywhere in it. */
function labelOf(value: FieldValue, keys: Omit<Extract<PageCondition, { readonly kind: "label" }>, "kind" | "program">): Read<PageCondition> {
  const parts = value.kind === "bare" ? value.text.split(/\*+/u) : [value.kind === "quoted" ? value.text : ""];
  const pattern = value.kind === "pattern" ? value : { source: `^${parts.map(escapePattern).join(".*")}$`, flags: "isu" };
  return withProgram(pattern, (program) => ({ kind: "label", ...keys, program }));
}

const opcodeOf = (opcode: number | undefined): Read<PageCondition> =>
  opcode === undefined ? { problem: say("rules.no-opcode") } : { value: { kind: "opcode", opcode } };

function pathOf(path: readonly PathStep[]): Read<readonly PageStep[]> {
  const steps: PageStep[] = [];
  for (const step of path) {
    if (step.deep) return { problem: say("rules.no-deep-path") };
    steps.push({ key: step.kind === "key" ? step.key : null, index: step.kind === "index" ? step.index : null });
  }
  return { value: steps };
}

function testOf({ operator, operand }: ValueTest): Read<PageTest> {
  if (operand.kind === "pattern") {
    const program = linearPattern(operand.source, operand.flags);
    return "problem" in program ? program : { value: { operator, type: "string", text: "", program: program.value } };
  }
  if (operator === "~") return { value: { operator, type: "string", text: escapePattern(operand.kind === "string" ? operand.text : ""), program: null } };
  return { value: { operator, type: operand.kind, text: operand.kind === "literal" ? String(operand.value) : operand.text, program: null } };
}

function actionOf(action: MessageRule["action"]): Read<PageAction> {
  if (action.type === "answer") {
    const parts = answerOf(action.text);
    return "problem" in parts ? parts : { value: { type: "answer", parts: parts.value, instead: action.instead } };
  }
  if (action.type !== "edit") return { value: action };
  const edits: PageEdit[] = [];
  for (const [at, line] of action.edits.split("\n").entries()) {
    if (line.trim() === "") continue;
    const edit = editOf(line.trim());
    if ("problem" in edit) return { problem: say("rules.bad-line", { line: at + 1, why: edit.problem }) };
    edits.push(edit.value);
  }
  return edits.length === 0 ? { problem: say("rules.no-edit") } : { value: { type: "edit", edits } };
}

/** With a backslash before them, two braces mean nothing; with no path behind them neither. */
const FILLS = /(\\?)\{\{\s*([.$[][^]*?)\s*\}\}/gu;

function answerOf(text: string): Read<readonly PageAnswerPart[]> {
  const parts: PageAnswerPart[] = [];
  let literal = "";
  let at = 0;
  let isQuoted = false;
  const add = (piece: string): void => {
    literal += piece;
    for (const [unit] of piece.matchAll(/\\[^]|"/gu)) if (unit === '"') isQuoted = !isQuoted;
  };
  for (const { 0: whole, 1: escape, 2: place = "", index } of text.matchAll(FILLS)) {
    add(text.slice(at, index));
    at = index + whole.length;
    if (escape !== "") {
      add(whole.slice(1));
      continue;
    }
    const path = stepsOf(place);
    if ("problem" in path) return path;
    parts.push({ text: literal, path: path.value, isQuoted });
    literal = "";
  }
  add(text.slice(at));
  return { value: [...parts, { text: literal, path: null, isQuoted: false }] };
}

const REPLACE = /^"((?:[^"\\]|\\[^])+)"\s*->\s*"((?:[^"\\]|\\[^])*)"$/u;
const SET = /^((?:[.$[](?:"(?:[^"\\]|\\[^])*"|[^"=])*?))\s*=\s*([^]+)$/u;
const ARITHMETIC = /^([^]+?)\s*([-+*/])\s*(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)$/u;

function editOf(line: string): Read<PageEdit> {
  const replaced = REPLACE.exec(line);
  if (replaced !== null) return { value: { type: "replace", text: unquote(replaced[1] as string), by: unquote(replaced[2] as string) } };
  const [, place = "", value = ""] = SET.exec(line) ?? [];
  if (value === "") return { problem: say("rules.edit-form") };
  const path = stepsOf(place);
  if ("problem" in path) return path;
  if (path.value.length === 0) return { problem: say("rules.edit-form") };
  const [, own = "", sign = "", by = ""] = ARITHMETIC.exec(value) ?? [];
  if (own.startsWith(".") || own.startsWith("$") || own.startsWith("[")) {
    const same = stepsOf(own);
    if ("problem" in same) return same;
    if (JSON.stringify(same.value) !== JSON.stringify(path.value)) return { problem: say("rules.other-path") };
    if (sign === "/" && Number(by) === 0) return { problem: say("rules.by-zero") };
    return { value: { type: "compute", path: path.value, sign: sign as "+" | "-" | "*" | "/", by: Number(by) } };
  }
  const json = jsonOf(value);
  return json === undefined ? { problem: say("rules.not-json", { text: value.slice(0, 60) }) } : { value: { type: "set", path: path.value, json } };
}

function stepsOf(place: string): Read<readonly PageStep[]> {
  const path = readPath(place);
  return "problem" in path ? { problem: path.problem satisfies Said } : pathOf(path.value);
}

/** As it stands: numbers keep their digits. */
function jsonOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}
