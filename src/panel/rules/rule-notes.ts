import type { MessageRule } from "../../model/message-rule.ts";
import { parser } from "../../query/grammar/query-parser.ts";
import type { Speaker } from "../../words/speaker.ts";

/** What the page can notice of a rule's action; that one is on at all it can notice of each. */
export function noticeOf({ action, direction }: MessageRule, words: Speaker["words"]): string {
  return words(direction === "sent" && action.type !== "answer" ? "rules.note-sent" : `rules.note-${action.type}`);
}

/** What a rule cannot keep as it is without it, and what it knows less of than a filter of the table. */
export function limitsOf(rule: MessageRule, words: Speaker["words"]): readonly string[] {
  const { action, direction, filter } = rule;
  const isNoticed = action.type === "answer" || (direction === "received" && action.type !== "drop");
  return [...(isNoticed ? [noticeOf(rule, words)] : []), ...(readsLabels(filter) ? [words("rules.note-label")] : [])];
}

/** Whether a filter asks for what decoders name. */
export function readsLabels(filter: string): boolean {
  let reads = false;
  parser.parse(filter).iterate({
    enter: ({ name, from, to }) => {
      if (name === "FieldName" && /^(?:type|topic):?$/i.test(filter.slice(from, to))) reads = true;
    },
  });
  return reads;
}
