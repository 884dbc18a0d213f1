import { maskNatives } from "../../agent/mask-natives.ts";
import { applyRules, type Limits } from "../../agent/rules/apply-rules.ts";
import { askForLife } from "../../agent/rules/ask-for-life.ts";
import { compileConditions } from "../../agent/rules/compile-condition.ts";
import { judgeMessages } from "../../agent/rules/judge-messages.ts";
import { keepWaiting } from "../../agent/rules/keep-waiting.ts";
import { listenBefore } from "../../agent/rules/listen-before.ts";
import { makeEdits } from "../../agent/rules/make-edits.ts";
import { maskFunctions } from "../../agent/rules/mask-functions.ts";
import { matchPatterns } from "../../agent/rules/match-patterns.ts";
import { readBytes } from "../../agent/rules/read-bytes.ts";
import { readLabels } from "../../agent/rules/read-labels.ts";
import { readMessages } from "../../agent/rules/read-messages.ts";
import { scanJson } from "../../agent/rules/scan-json.ts";
import { takeNatives } from "../../agent/rules/take-natives.ts";
import { takeReceived } from "../../agent/rules/take-received.ts";
import { takeSent } from "../../agent/rules/take-sent.ts";
import { tellDeeds } from "../../agent/rules/tell-deeds.ts";
import { isRuleDeed, type PageRule, type RuleDeed } from "../../model/message-rule.ts";

/** The agent's script as stack traces name it, so that an initiator can be read past it. */
export const RULES_URL = "framescope-rules.js";
/** Answers that a rule gives in a row, each within 0.1 s of the one before, until it is taken for one that answers itself. */
export const MOST_CHAIN = 1000;
/** Characters or bytes of a message that are read. */
const MOST_TEXT = 4 * 2 ** 20;
/** Steps of a pattern for one message: some tenths of a second of the page's time. */
const MOST_PATTERN_STEPS = 10_000_000;
/** As the decoders look at. */
const MOST_KEYS = 64;

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

const ROOMS = { readBytes, scanJson, readMessages, matchPatterns, readLabels, compileConditions, makeEdits, tellDeeds, keepWaiting, askForLife, listenBefore, judgeMessages, takeReceived, takeSent, maskNatives, maskFunctions };
const LIMITS: Limits = { script: RULES_URL, chain: MOST_CHAIN, text: MOST_TEXT, steps: MOST_PATTERN_STEPS, keys: MOST_KEYS, patience: PATIENCE_MS, waiting: MOST_WAITING, waitingSize: MOST_WAITING_SIZE };
const ROOMS_TEXT = `{ ${Object.entries(ROOMS).map(([name, room]) => `${name}: ${room.toString()}`).join(",\n")} }`;

/** Chrome's own functions in a realm, to be looked at before any of them is called. */
export const TAKE_NATIVES = `(${takeNatives.toString()})()`;

/** `natives`: what stands for them where the agent is called. */
function agentCall({ binding, secret }: RulesAgentNames, rules: readonly PageRule[], natives: string): string {
  const values = [binding, secret, rulesJson(rules), LIMITS].map((value) => JSON.stringify(value)).join(", ");
  return `(${applyRules.toString()})(${natives}, ${ROOMS_TEXT}, ${values})`;
}

/** To run before the first script of a document or worker; answers the function that the agent is spoken to by. */
export const rulesScript = (names: RulesAgentNames, rules: readonly PageRule[]): string =>
  // Strict, so that no function of the page's that it calls can ask who called.
  `(() => { "use strict"; return ${agentCall(names, rules, TAKE_NATIVES)}; })();\n//# sourceURL=${RULES_URL}`;

/** The same as a function of the natives (its `this`), for a realm that runs already. */
export const rulesFunction = (names: RulesAgentNames, rules: readonly PageRule[]): string =>
  `function () { "use strict"; return ${agentCall(names, rules, "this")}; }\n//# sourceURL=${RULES_URL}\n`;

/** What an agent says. */
export type RuleNote =
  | { readonly kind: "hello" | "ping" }
  | { readonly kind: "new"; readonly socket: number; readonly url: string }
  /** A socket that was open already; `n`: as it was asked for. */
  | { readonly kind: "met"; readonly socket: number; readonly n: string; readonly heard: number }
  /** It was not taken in: something came to it, or changed of what listens to it, meanwhile. */
  | { readonly kind: "again"; readonly n: string }
  | { readonly kind: "aside"; readonly rule: string; readonly why: "edit" | "answer" | "endless" | "slow" | "fault" }
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
  const { kind, socket, url, rule, why, n, heard, isSent, text, did, isText, data, of, goesOut, wire, wireIsText } = value;
  if (kind === "hello" || kind === "ping") return { kind };
  if (kind === "aside") return typeof rule === "string" ? { kind, rule, why: why === "edit" || why === "answer" || why === "endless" || why === "slow" ? why : "fault" } : undefined;
  if (kind === "full") return typeof rule === "string" ? { kind, rule } : undefined;
  if (kind === "again") return typeof n === "string" ? { kind, n } : undefined;
  if (kind === "free") return typeof n === "string" ? { kind, n } : undefined;
  if (typeof socket !== "number") return undefined;
  if (kind === "new") return typeof url === "string" ? { kind, socket, url } : undefined;
  if (kind === "met") return typeof n === "string" && typeof heard === "number" ? { kind, socket, n, heard } : undefined;
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
