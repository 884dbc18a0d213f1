/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Condition, ConditionCompiler, Test } from "./compile-condition.ts";
import type { AnswerPart, Edit, MessageMaker } from "./make-edits.ts";
import type { Message } from "./read-messages.ts";
import type { Natives } from "./take-natives.ts";

export interface Action {
  readonly type: string;
  readonly edits: readonly Edit[];
  readonly milliseconds: number;
  readonly parts: readonly AnswerPart[];
  readonly instead: boolean;
}

export interface Rule {
  readonly id: string;
  readonly isSent: boolean;
  readonly test: Test;
  readonly action: Action;
  /** Below zero: no end. */
  left: number;
  /** Answers in a row, each made soon after the one before was given. */
  chain: number;
  answeredAt: number;
}

export interface Verdict {
  /** As it was. */
  readonly before: unknown;
  isChanged: boolean;
  /** What the page gets, where `last` answers. */
  answer: string;
  /** Ids of the rules that were applied, with a comma behind each. */
  rules: string;
  /** What decides; null where it was only edited. */
  last: Rule | null;
}

export interface Judge {
  /** These rules from now on; JSON. */
  readonly load: (json: string) => void;
  /** Whether any rule is for messages that are sent, or received. */
  readonly isFor: (isSent: boolean) => boolean;
  /** Null: no rule is for it. */
  readonly judge: (message: Message) => Verdict | null;
}

/**
 * Tries the rules on a message, in their order; the edits are made in it. What cannot be applied is set aside, and told
 * (`aside`), as is what would have had to wait beside too much (`full`).
 */
export function judgeMessages(
  { apply, parse, now, clock }: Natives,
  { compile }: ConditionCompiler,
  { edit, answer }: MessageMaker,
  isTooMuch: (message: Message) => boolean,
  mostChain: number,
  told: { readonly aside: (rule: string, why: string) => void; readonly full: (rule: string) => void; readonly applied: () => void },
): Judge {
  let rules = { __proto__: null } as unknown as Record<number, Rule>;
  let count = 0;
  let tests = { sent: false, received: false };
  const load = (json: string): void => {
    const list = parse(json) as readonly { readonly id: string; readonly direction: string; readonly condition: Condition; readonly action: Action; readonly most: number | null }[];
    const loaded = { __proto__: null } as unknown as Record<number, Rule>;
    const loads = { sent: false, received: false };
    for (let i = 0; i < list.length; i++) {
      const one = list[i] as (typeof list)[number];
      const isSent = one.direction === "sent";
      loaded[i] = { id: one.id, isSent, test: compile(one.condition), action: one.action, left: one.most ?? -1, chain: 0, answeredAt: -1 };
      if (isSent) loads.sent = true;
      else loads.received = true;
    }
    rules = loaded;
    count = list.length;
    tests = loads;
  };
  const setAside = (rule: Rule, why: string): void => {
    rule.left = 0;
    told.aside(rule.id, why);
  };
  /** Whether it answers what its own answers bring about, without an end. */
  const isEndless = (rule: Rule): boolean => {
    if (rule.answeredAt >= 0) {
      rule.chain = apply(now, clock, []) - rule.answeredAt < 100 ? rule.chain + 1 : 0;
      rule.answeredAt = -1;
    }
    return rule.chain >= mostChain;
  };
  const judge = (message: Message): Verdict | null => {
    const before = message.data;
    let verdict: Verdict | null = null;
    for (let i = 0; i < count; i++) {
      const rule = rules[i] as Rule;
      if (rule.left === 0 || rule.isSent !== message.isSent) continue;
      let made: string | undefined = "";
      try {
        if (!rule.test(message)) continue;
        if (rule.action.type === "edit" && !edit(message, rule.action.edits)) {
          setAside(rule, "edit");
          continue;
        }
        if ((rule.action.type === "delay" || rule.action.type === "hold") && isTooMuch(message)) {
          told.full(rule.id);
          continue;
        }
        if (rule.action.type === "answer" && isEndless(rule)) {
          setAside(rule, "endless");
          continue;
        }
        if (rule.action.type === "answer") made = answer(message, rule.action.parts);
        if (made === undefined) {
          setAside(rule, "answer");
          continue;
        }
      } catch (why) {
        setAside(rule, why === "slow" ? "slow" : "fault");
        continue;
      }
      verdict ??= { before, isChanged: false, answer: "", rules: "", last: null };
      verdict.rules += `${rule.id},`;
      told.applied();
      if (rule.left > 0) rule.left--;
      if (rule.action.type !== "edit") {
        verdict.last = rule;
        verdict.answer = made;
        return verdict;
      }
      verdict.isChanged = true;
    }
    return verdict;
  };
  return { load, isFor: (isSent) => (isSent ? tests.sent : tests.received), judge };
}
