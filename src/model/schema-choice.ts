import type { Direction } from "./frame.ts";

/** Which messages are of a type. What it leaves out it does not ask; the first rule that fits counts. */
export interface TypeRule {
  /** The full name of a message type: `shop.Order`. */
  readonly type: string;
  readonly direction?: Direction | undefined;
  /** Of what is carried by another protocol: its topic, `*` for any characters. */
  readonly topic?: string | undefined;
  /** The number of the message's first field, and its value where it has one: `1`, `1=5`. */
  readonly first?: string | undefined;
}

/** `message`: a frame is one. `delimited`: each has its length before it, several in a frame, cut anywhere. */
export const FRAMINGS = ["message", "delimited"] as const;
export type Framing = (typeof FRAMINGS)[number];

/** The schema that the user opened for a connection, and what is what in it. Plain data; it crosses threads and is kept as JSON. */
export interface SchemaChoice {
  /** The names of the files, for people. */
  readonly files: readonly string[];
  /** As the decode room compiled it. */
  readonly schema: string;
  readonly rules: readonly TypeRule[];
  readonly framing: Framing;
}

/** Characters of a compiled schema: some ten thousand fields. */
export const MOST_SCHEMA = 1 << 20;
const MOST_RULES = 100;
const MOST_FILES = 1000;

/** What a text holds that was kept; undefined where it is none. */
export function readSchemaChoice(text: string): SchemaChoice | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return isSchemaChoice(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSchemaChoice(value: unknown): value is SchemaChoice {
  if (!isRecord(value)) return false;
  const { files, schema, rules, framing } = value;
  return (
    Array.isArray(files) && files.length <= MOST_FILES && files.every((file) => typeof file === "string") &&
    typeof schema === "string" && schema.length <= MOST_SCHEMA &&
    Array.isArray(rules) && rules.length <= MOST_RULES && rules.every(isRule) &&
    FRAMINGS.some((known) => known === framing)
  );
}

function isRule(value: unknown): value is TypeRule {
  if (!isRecord(value)) return false;
  const { type, direction, topic, first } = value;
  return typeof type === "string" && (direction === undefined || direction === "sent" || direction === "received") && isMaybeText(topic) && isMaybeText(first);
}

const isMaybeText = (value: unknown): boolean => value === undefined || typeof value === "string";
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

/**
 * A rule in one line: `shop.Order`, `received shop.Trade`, `received topic=trades/* shop.Trade`, `first=1=5 shop.Trade`.
 * Undefined where it is none.
 */
export function parseTypeRule(text: string): TypeRule | undefined {
  const words = text.trim().split(/\s+/);
  const type = words.pop() ?? "";
  if (!/^[\w.]+$/.test(type)) return undefined;
  const rule: { type: string; direction?: Direction; topic?: string; first?: string } = { type };
  for (const word of words) {
    const [, name = "", value = ""] = /^(topic|first)=(.+)$/.exec(word) ?? [];
    if (word === "sent" || word === "received") rule.direction = word;
    else if (name === "topic") rule.topic = value;
    else if (name === "first" && isFirstField(value)) rule.first = value;
    else return undefined;
  }
  return rule;
}

/** Whether a text says a first field: `1`, `1=5`. */
export const isFirstField = (text: string): boolean => /^\d+(?:=|$)/.test(text);
