import { applyRules } from "../../agent/apply-rules.ts";
import { isRuleDeed, type PageRule, type RuleDeed } from "../../model/message-rule.ts";

/** The agent's script as stack traces name it, so that an initiator can be read past it. */
export const RULES_URL = "framescope-rules.js";
/** Answers that a rule gives in a row, each within 0.1 s of the one before, until it is taken for one that answers itself. */
export const MOST_CHAIN = 1000;
/** Characters or bytes of a message that are read. */
const MOST_TEXT = 4 * 2 ** 20;

/** How long an agent waits for an answer of ours before it takes itself away. */
const PATIENCE_MS = 15_000;
/** Messages, and bytes of them, that wait at once in a document or worker: of rules that delay and that hold. */
const MOST_WAITING = 1000;
const MOST_WAITING_SIZE = 64 * 2 ** 20;

/** Of one installation: neither name is ever seen by the page. */
export interface RulesAgentNames {
  readonly binding: string;
  readonly secret: string;
}

export const rulesJson = (rules: readonly PageRule[]): string => JSON.stringify(rules);

/** To run before the first script of a document or worker; answers the function that the agent is spoken to by. */
export function rulesScript({ binding, secret }: RulesAgentNames, rules: readonly PageRule[]): string {
  const values = [binding, secret, rulesJson(rules), MOST_CHAIN, MOST_TEXT, PATIENCE_MS, MOST_WAITING, MOST_WAITING_SIZE].map((value) => JSON.stringify(value)).join(", ");
  // Strict, so that no function of the page's that it calls can ask who called.
  return `(() => { "use strict"; return (${applyRules.toString()})(${values}); })();\n//# sourceURL=${RULES_URL}`;
}

/** What an agent says. */
export type RuleNote =
  | { readonly kind: "hello" | "ping" }
  | { readonly kind: "new"; readonly socket: number; readonly url: string }
  | { readonly kind: "aside"; readonly rule: string; readonly why: "edit" | "endless" | "fault" }
  | { readonly kind: "held"; readonly n: string; readonly socket: number; readonly rules: readonly string[]; readonly isSent: boolean; readonly text: string | null }
  | { readonly kind: "free"; readonly n: string }
  /** It would have had to wait, and too much waits already. */
  | { readonly kind: "full"; readonly rule: string }
  | RuleApplied;

export interface RuleApplied {
  readonly kind: "did";
  readonly socket: number;
  readonly isSent: boolean;
  /** Ids. */
  readonly rules: readonly string[];
  readonly did: RuleDeed;
  readonly isText: boolean;
  /** Text, or base64; null: not known. */
  readonly data: string | null;
  /** Of what came the number of the message; of answers the answer's. */
  readonly of: number;
  /** What goes over the wire next; undefined: nothing does. */
  readonly wire: { readonly isText: boolean; readonly data: string | null } | undefined;
}

/** Reads a `Runtime.bindingCalled`; undefined for one that is not this agent's. */
export function readRuleNote(params: unknown, { binding, secret }: RulesAgentNames): { readonly context: number; readonly note: RuleNote } | undefined {
  const { name, payload, executionContextId: context } = (params ?? {}) as { readonly name?: unknown; readonly payload?: unknown; readonly executionContextId?: unknown };
  if (name !== binding || typeof payload !== "string" || typeof context !== "number") return undefined;
  let value: Readonly<Record<string, unknown>>;
  try {
    value = JSON.parse(payload) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
  // The page may have caught sight of the binding, but never of this.
  const note = value["secret"] === secret ? readNote(value) : undefined;
  return note && { context, note };
}

function readNote(value: Readonly<Record<string, unknown>>): RuleNote | undefined {
  const { kind, socket, url, rule, why, n, isSent, text, did, isText, data, of, goesOut, wire, wireIsText } = value;
  if (kind === "hello" || kind === "ping") return { kind };
  if (kind === "aside") return typeof rule === "string" ? { kind, rule, why: why === "edit" || why === "endless" ? why : "fault" } : undefined;
  if (kind === "full") return typeof rule === "string" ? { kind, rule } : undefined;
  if (kind === "free") return typeof n === "string" ? { kind, n } : undefined;
  if (typeof socket !== "number") return undefined;
  if (kind === "new") return typeof url === "string" ? { kind, socket, url } : undefined;
  if (typeof isSent !== "boolean") return undefined;
  const rules = typeof value["rules"] === "string" ? value["rules"].split(",").filter((id) => id !== "") : [];
  if (kind === "held") return typeof n === "string" ? { kind, n, socket, rules, isSent, text: typeof text === "string" ? text : null } : undefined;
  if (kind !== "did" || !isRuleDeed(did) || typeof of !== "number") return undefined;
  return {
    kind,
    socket,
    isSent,
    rules,
    did,
    isText: isText === true,
    data: typeof data === "string" ? data : null,
    of,
    wire: goesOut === true ? { isText: wireIsText === true, data: typeof wire === "string" ? wire : null } : undefined,
  };
}
