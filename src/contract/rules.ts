import type { MessageRule, PageRule } from "../model/message-rule.ts";
import type { LookedAt } from "./inspect.ts";

/** What a view asks of the engine, which knows the filter language. */
export interface RuleCalls {
  /** The rule as a page can apply it; refused where it asks for what a page cannot test, or is none. */
  pageRule(rule: MessageRule): PageRule;
  /** The filter of a rule for messages like this one of its connection, which the message meets in the page; null: no such message. */
  ruleFilter(query: LookedAt): string | null;
}

/** What a view has the capture do with messages on their way, over the wire to the capture. */
export interface RuleActions {
  /** These rules are in force from now on, in their order, and no others; `name` stands in the rows of what they did. */
  setMessageRules(query: { readonly rules: readonly { readonly name: string; readonly rule: PageRule }[] }): null;
  /** A message that waits goes: with this text (null: as it is), or not at all. */
  letGoMessage(query: { readonly id: string; readonly text: string | null; readonly isDropped: boolean }): null;
}
