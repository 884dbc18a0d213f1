import type { Direction } from "./frame.ts";

/** What the user has done to messages between the page and the wire; as it is written, kept and shared. */
export interface MessageRule {
  readonly id: string;
  readonly name: string;
  readonly direction: Direction;
  /** In the filter language, as far as a page can test it; empty: all. */
  readonly filter: string;
  readonly action: RuleAction;
  /** It ends after so many; null: never. */
  readonly most: number | null;
}

/** One that is yet to be written: which messages it is for stands there, what is done to them does not. */
export const newRule = (id: string, name: string, direction: Direction, filter: string): MessageRule => ({ id, name: name.slice(0, LONGEST_NAME), direction, filter, action: { type: "edit", edits: "" }, most: null });

export type RuleAction =
  /** The page does not get it; or it is not sent. */
  | { readonly type: "drop" }
  /** A change a line: `.path = value`, `.path = .path / 2`, `"text" -> "other"`. */
  | { readonly type: "edit"; readonly edits: string }
  | { readonly type: "delay"; readonly milliseconds: number }
  /** Only of what is sent; `{{.path}}` in the text is the value there of what was sent. `instead`: the server is not sent it. */
  | { readonly type: "answer"; readonly text: string; readonly instead: boolean }
  /** Until the user lets it go. */
  | { readonly type: "hold" };

export const RULE_ACTIONS = ["drop", "edit", "delay", "answer", "hold"] as const satisfies readonly RuleAction["type"][];

/** Rules that are kept, and a delay in milliseconds, at most. */
export const MOST_RULES = 200;
export const LONGEST_DELAY = 600_000;
const LONGEST_TEXT = 100_000;
const LONGEST_NAME = 80;

/**
 * A rule as the page has it: data, never code. A member that has no value is null and not left out, since a page can add to
 * what all objects inherit.
 */
export interface PageRule {
  readonly id: string;
  readonly direction: Direction;
  readonly condition: PageCondition;
  readonly action: PageAction;
  readonly most: number | null;
}

export type PageCondition =
  | { readonly kind: "every" | "some"; readonly parts: readonly PageCondition[] }
  | { readonly kind: "not"; readonly part: PageCondition }
  /** `source` of a regular expression that is a text and nothing else, for the flags `iu`. */
  | { readonly kind: "text"; readonly source: string }
  /** These, in their order, with anything between. */
  | { readonly kind: "url"; readonly sources: readonly string[] }
  /** A pattern of the user's, found in the text. */
  | { readonly kind: "pattern"; readonly program: PatternProgram }
  | { readonly kind: "url-pattern"; readonly program: PatternProgram }
  /**
   * What a message calls itself, or is about: the value of the first of these keys that it has, in it or in one of `holders`.
   * From `weak` on they count only with a value like a name. `hasEvents`: it is asked what the message is, not what it is about, which protocols
   * with places of their own say there (`agent/rules/read-labels.ts`).
   */
  | { readonly kind: "label"; readonly keys: readonly string[]; readonly weak: number; readonly holders: readonly string[]; readonly hasEvents: boolean; readonly program: PatternProgram }
  /** Bytes, both ends with them; null: no end. */
  | { readonly kind: "size"; readonly low: number | null; readonly high: number | null }
  | { readonly kind: "opcode"; readonly opcode: number }
  | { readonly kind: "direction"; readonly direction: Direction }
  | { readonly kind: "value"; readonly path: readonly PageStep[]; readonly test: PageTest | null };

/** Both null: every entry. */
export interface PageStep {
  readonly key: string | null;
  readonly index: number | null;
}

export interface PageTest {
  readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=" | "~";
  /** `text` of a `literal` is `true`, `false` or `null`, and of `~` the source of a regular expression as above. */
  readonly type: "string" | "number" | "literal";
  readonly text: string;
  /** Of `~`, where a pattern of the user's stands for the text. */
  readonly program: PatternProgram | null;
}

/** A pattern as steps that one pass over a text goes through; it ends whatever the text. */
export interface PatternProgram {
  readonly flags: string;
  readonly steps: readonly PatternStep[];
  readonly begin: number;
  /** Sources of what one character matches. */
  readonly atoms: readonly string[];
}

/** What a step does not have is -1, or empty. */
export interface PatternStep {
  /** `one`: a character of an atom; `either`: two ways on; `at`: a place in the text; `done`: found. */
  readonly kind: "one" | "either" | "at" | "done";
  readonly atom: number;
  readonly place: "" | "begin" | "end" | "word" | "no word";
  readonly to: number;
  readonly or: number;
}

export type PageEdit =
  | { readonly type: "set"; readonly path: readonly PageStep[]; readonly json: string }
  | { readonly type: "compute"; readonly path: readonly PageStep[]; readonly sign: "+" | "-" | "*" | "/"; readonly by: number }
  | { readonly type: "replace"; readonly text: string; readonly by: string };

export type PageAction =
  | { readonly type: "drop" | "hold" }
  | { readonly type: "edit"; readonly edits: readonly PageEdit[] }
  | { readonly type: "delay"; readonly milliseconds: number }
  | { readonly type: "answer"; readonly parts: readonly PageAnswerPart[]; readonly instead: boolean };

/** A text, and behind it a value of the message that is answered; null: none. `isQuoted`: it stands in a JSON string. */
export interface PageAnswerPart {
  readonly text: string;
  readonly path: readonly PageStep[] | null;
  readonly isQuoted: boolean;
}

/**
 * What a rule did, as its row says it: `changed` is what was made of a message, `replaced` what the page had sent before;
 * `answered` was sent by the page and answered here, `made` is the answer.
 */
export const RULE_DEEDS = ["dropped", "changed", "replaced", "delayed", "answered", "made", "held"] as const;
export type RuleDeed = (typeof RULE_DEEDS)[number];

export const isRuleDeed = (value: unknown): value is RuleDeed => RULE_DEEDS.some((deed) => deed === value);

/** A rule and a message that it was applied to. */
export interface Ruled {
  readonly rule: string;
  readonly did: RuleDeed;
}

/** Rules out of storage or a file, as far as they are valid; how many were not. */
export function readMessageRules(stored: unknown): { readonly rules: readonly MessageRule[]; readonly refused: number } {
  const list: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const ids = new Set<string>();
  const rules = list.slice(0, MOST_RULES).flatMap((value) => {
    const rule = readRule(value);
    if (rule === undefined || ids.has(rule.id)) return [];
    ids.add(rule.id);
    return rule;
  });
  return { rules, refused: list.length - rules.length };
}

function readRule(value: unknown): MessageRule | undefined {
  const { id, name, direction, filter, action, most } = asRecord(value);
  const read = readAction(action);
  if (!isText(id, LONGEST_NAME) || id === "" || !isText(name, LONGEST_NAME) || !isText(filter, 10_000) || read === undefined) return undefined;
  if (direction !== "sent" && direction !== "received") return undefined;
  if (read.type === "answer" && direction !== "sent") return undefined;
  if (most !== null && !(typeof most === "number" && Number.isSafeInteger(most) && most > 0)) return undefined;
  return { id, name, direction, filter, action: read, most };
}

function readAction(value: unknown): RuleAction | undefined {
  const { type, edits, milliseconds, text, instead } = asRecord(value);
  switch (RULE_ACTIONS.find((one) => one === type)) {
    case "drop":
      return { type: "drop" };
    case "hold":
      return { type: "hold" };
    case "edit":
      return isText(edits, LONGEST_TEXT) ? { type: "edit", edits } : undefined;
    case "delay":
      return typeof milliseconds === "number" && milliseconds >= 0 && milliseconds <= LONGEST_DELAY ? { type: "delay", milliseconds } : undefined;
    case "answer":
      return isText(text, LONGEST_TEXT) && typeof instead === "boolean" ? { type: "answer", text, instead } : undefined;
    case undefined:
      return undefined;
  }
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {});
const isText = (value: unknown, longest: number): value is string => typeof value === "string" && value.length <= longest;
