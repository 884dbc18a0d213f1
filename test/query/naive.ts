import { directionOf, isPayloadUnreported, kindOf, opcodeOf, originOf } from "../../src/model/frame.ts";
import type { FieldValue, PathStep, Query, ValueTest } from "../../src/query/query.ts";
import { toJson } from "../../src/decode/value-json.ts";
import { BYTES } from "../../src/model/value-document.ts";
import { PAIR_STATES, type ConnectionFacts } from "../../src/query/query-row.ts";
import { CONNECTIONS, CONTEXT, decodedOf, looseRoots, type Loose, type MadeRow } from "./rows.ts";

/**
 * The filter language said a second time, as plainly as it can be: every row alone, every text decoded, every JSON
 * parsed, nothing remembered. What the real one answers must be the same.
 */
export function naiveTest(query: Query, row: MadeRow, index: number): boolean {
  switch (query.kind) {
    case "everything":
      return true;
    case "and":
      return query.parts.every((part) => naiveTest(part, row, index));
    case "or":
      return query.parts.some((part) => naiveTest(part, row, index));
    case "not":
      return !naiveTest(query.part, row, index);
    case "text":
      return textsOf(row).some((text) => holds(text, query.text));
    case "pattern":
      return textsOf(row).some((text) => new RegExp(query.source, query.flags).test(text));
    case "field":
      return naiveField(query.name, query.value, row, index);
    case "value":
      return valuesAt(looseRoots(decodedOf(row)?.value), query.path).some((value) => naiveValue(value, query.test));
  }
}

const connectionOf = (row: MadeRow): ConnectionFacts => row.of ?? (CONNECTIONS[row.connection] as ConnectionFacts);
const textOf = (row: MadeRow): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(row.bytes);
const textsOf = (row: MadeRow): string[] => [textOf(row), ...derivedOf(row), connectionOf(row).url];

/** What decoders put together of messages, as JSON. */
function derivedOf({ said }: MadeRow): string[] {
  if (said === undefined || said === null || !("derives" in said) || said.derives !== "value" || said.value === undefined) return [];
  const { value } = said;
  return [toJson(value, 0, (node) => (value.kindOf(node) === BYTES ? "null" : undefined))];
}

/** Character by character: the same where simple case folding makes them so. */
const isSame = (a: string, b: string): boolean => new RegExp(`^\\u{${(a.codePointAt(0) ?? 0).toString(16)}}$`, "iu").test(b);

function equalsFolded(a: string, b: string): boolean {
  const [left, right] = [Array.from(a), Array.from(b)];
  return left.length === right.length && left.every((character, i) => isSame(character, right[i] ?? ""));
}

export function holds(text: string, sought: string): boolean {
  const characters = Array.from(text);
  const length = Array.from(sought).length;
  return characters.some((_, i) => equalsFolded(sought, characters.slice(i, i + length).join(""))) || sought === "";
}

/** `*` by trying every length of what it stands for. */
function isLike(text: string, wanted: FieldValue): boolean {
  if (wanted.kind === "pattern") return new RegExp(wanted.source, wanted.flags).test(text);
  if (wanted.kind === "quoted" || !wanted.text.includes("*")) return equalsFolded(wanted.text, text);
  const star = wanted.text.indexOf("*");
  const characters = Array.from(text);
  const head = Array.from(wanted.text.slice(0, star)).length;
  if (!equalsFolded(wanted.text.slice(0, star), characters.slice(0, head).join(""))) return false;
  const rest = wanted.text.slice(star + 1);
  return characters
    .concat("")
    .some((_, i) => i >= head && isLike(characters.slice(i).join(""), { kind: "bare", text: rest })) || (head === characters.length && rest === "");
}

function isIn(text: string, wanted: FieldValue): boolean {
  if (wanted.kind === "pattern") return isLike(text, wanted);
  const characters = Array.from(text).concat("");
  return characters.some((_, i) => characters.some((__, j) => j >= i && isLike(characters.slice(i, j).join(""), wanted))) || isLike(text, wanted);
}

function naiveField(name: string, value: FieldValue, row: MadeRow, index: number): boolean {
  const text = value.kind === "pattern" ? "" : value.text;
  const kind = kindOf(row.bits);
  const connection = connectionOf(row);
  const facts = decodedOf(row);
  const hasConnection = connection.id > 0;
  switch (name) {
    case "is":
      return naiveIs(text, row);
    case "conn":
      return hasConnection && within(connection.id, text, (end) => Number(end.replace("#", "")));
    case "url":
      return hasConnection && isIn(connection.url, value);
    case "host": {
      const authority = /:\/\/(?:.*@)?([^/?#]*)/.exec(connection.url)?.[1];
      return authority !== undefined && [authority, authority.split(":")[0] ?? ""].some((one) => isLike(one, value));
    }
    case "target":
      return hasConnection && (isLike(connection.targetType ?? "", value) || isIn(connection.targetName, value) || isIn(connection.targetUrl, value));
    case "protocol":
      return (hasConnection ? [connection.subprotocol] : []).concat(facts?.decoder ?? "").some((one) => one !== "" && isLike(one, value));
    case "type":
      return isLike(kind === "message" ? facts?.label || (opcodeOf(row.bits) === 1 ? "text" : "binary") : kind === "pause" ? "paused" : kind, value);
    case "topic":
      return facts !== undefined && isLike(facts.topic ?? "", value);
    case "id":
      return [facts?.id, facts?.answers].some((one) => one !== undefined && isLike(one, value));
    case "from":
      return kind === "message" && originOf(row.bits) === ({ you: "user" }[text] ?? text);
    case "opcode":
      return kind === "message" && opcodeOf(row.bits) === ({ text: 1, binary: 2, "0xa": 10 }[text] ?? Number(text));
    case "size":
      return kind === "message" && (row.bytes.length > 0 || !isPayloadUnreported(row.bits)) && within(row.bytes.length, text, (end) => Number.parseFloat(end) * (end.endsWith("kib") ? 1024 : end.includes("k") ? 1000 : 1));
    case "latency":
      return row.latency !== null && within(row.latency, text, (end) => milliseconds(end));
    case "near": {
      const [, center, around = "10"] = /^#?(\d+)(?:\D+(\d+))?$/.exec(text) ?? [];
      return index + 1 >= Number(center) - Number(around) && index + 1 <= Number(center) + Number(around);
    }
    case "last":
      return row.time >= CONTEXT.now - milliseconds(text) / 1000;
    case "time":
      return naiveTime(text, row.time);
    default:
      throw new Error(`The naive evaluator does not know ${name}:`);
  }
}

function naiveIs(trait: string, row: MadeRow): boolean {
  const kind = kindOf(row.bits);
  const pair = PAIR_STATES[row.pair];
  const facts = decodedOf(row);
  const answers: Readonly<Record<string, boolean>> = {
    sent: directionOf(row.bits) === "sent",
    received: directionOf(row.bits) === "received",
    text: kind === "message" && opcodeOf(row.bits) === 1,
    binary: kind === "message" && opcodeOf(row.bits) === 2,
    error: kind === "error",
    open: kind === "open",
    close: kind === "close",
    handshake: kind === "open" || kind === "error",
    navigation: kind === "navigation",
    request: pair === "request" || pair === "unanswered request",
    answer: pair === "answer",
    unanswered: pair === "unanswered request",
    pinned: row.isPinned,
    heartbeat: facts?.kind === "heartbeat",
    json: facts?.isJson === true,
  };
  return answers[trait] as boolean;
}

function naiveTime(text: string, time: number): boolean {
  if (text.startsWith("last:")) return time >= CONTEXT.now - milliseconds(text.slice(5)) / 1000;
  if (!text.includes(":")) return within((time - CONTEXT.start) * 1000, text, milliseconds);
  const date = new Date(((CONTEXT.anchors[0]?.wallTime ?? 0) + time - 100 + CONTEXT.utcOffset * 60) * 1000);
  const ofDay = date.getTime() - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  const read = (end: string): number => end.split(":").reduce((sum, part, i) => sum + Number(part) * ([3_600_000, 60_000, 1_000][i] ?? 0), 0);
  const [low, high] = text.split("..").map(read);
  if (low !== undefined && high !== undefined && low > high) return ofDay >= low || ofDay <= high;
  return within(ofDay, text, read);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function milliseconds(text: string): number {
  if (/^[\d.]+$/.test(text)) return Number(text);
  return [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ""] ?? 0), 0);
}

function within(value: number, text: string, read: (end: string) => number): boolean {
  if (text.includes("..")) {
    const [low = "", high = ""] = text.split("..");
    return (low === "" || value >= read(low)) && (high === "" || value <= read(high));
  }
  const [, operator = "", end = ""] = /^(<=|>=|<|>|=|)(.*)$/.exec(text) ?? [];
  return ordered(operator === "" ? "=" : operator, value, read(end));
}

function ordered(operator: string, a: number | bigint | string, b: number | bigint | string): boolean {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return !(a < b) && !(a > b);
  }
}

function valuesAt(roots: readonly Loose[], path: readonly PathStep[]): readonly Loose[] {
  let values = roots;
  for (const step of path) values = (step.deep ? values.flatMap(withAllBelow) : values).flatMap((value) => entriesAt(value, step));
  return values;
}

function entriesOf(value: Loose): readonly (readonly [string | number, Loose])[] {
  if (typeof value !== "object" || value === null || "literal" in value) return [];
  return "list" in value ? value.list.map((entry, i) => [i, entry]) : value.entries;
}

const withAllBelow = (value: Loose): Loose[] => [value, ...entriesOf(value).flatMap(([, entry]) => withAllBelow(entry))];

function entriesAt(value: Loose, step: PathStep): readonly Loose[] {
  const entries = entriesOf(value);
  if (step.kind === "every") return entries.map(([, entry]) => entry);
  const wanted = step.kind === "key" ? step.key : step.index < 0 ? entries.length + step.index : step.index;
  return entries.flatMap(([key, entry]) => (key === wanted ? [entry] : []));
}

function naiveValue(value: Loose, test: ValueTest | null): boolean {
  if (test === null) return true;
  const { operator, operand } = test;
  const literal = typeof value === "object" && value !== null && "literal" in value ? value.literal : undefined;
  if (operator === "~") {
    const text = typeof value === "boolean" ? String(value) : (literal ?? value);
    if (typeof text !== "string") return false;
    return operand.kind === "pattern" ? new RegExp(operand.source, operand.flags).test(text) : holds(text, operand.text);
  }
  if (operand.kind === "literal") return (value === operand.value) === (operator === "=");
  if (operand.kind === "string") {
    if (operator === "=" || operator === "!=") return (value === operand.text) === (operator === "=");
    return typeof value === "string" && ordered(operator, value, operand.text);
  }
  if (operator === "=") return literal !== undefined && decimalOrdered("=", literal, operand.text);
  if (operator === "!=") return !(literal !== undefined && decimalOrdered("=", literal, operand.text));
  const number = typeof value === "string" && /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(value) ? value : literal;
  return number !== undefined && decimalOrdered(operator, number, operand.text);
}

/** Both as whole numbers of one power of ten. */
export function decimalOrdered(operator: string, a: string, b: string): boolean {
  const read = (text: string): [bigint, number] => {
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d*)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
    return [BigInt(`${whole}${fraction}` || "0") * (sign === "-" ? -1n : 1n), Number(exponent) - fraction.length];
  };
  const [x, y] = [read(a), read(b)];
  const least = Math.min(x[1], y[1]);
  return ordered(operator, x[0] * 10n ** BigInt(x[1] - least), y[0] * 10n ** BigInt(y[1] - least));
}
