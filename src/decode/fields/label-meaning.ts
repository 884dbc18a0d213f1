import type { MessageKind } from "../../model/message-kind.ts";

const ANSWER_LABEL = /^(?:ack|answer|reply|response|result|pong)$/i;
const HEARTBEAT_LABEL = /^(?:ping|pong|heart[-_ ]?beat|hb|keep[-_ ]?alive|ka)$/i;
const ERROR_LABEL = /(?:^|[^a-z])err(?:or)?$|[a-z]Error$/i;

/** What a label alone says. */
export interface LabelMeaning {
  readonly kind: MessageKind;
  readonly isAnswer: boolean;
}

/** Labels that were judged: a capture has few, and each is on many messages. */
const meanings = new Map<string, LabelMeaning>();
const MOST_MEANINGS = 4096;
const NO_MEANING: LabelMeaning = { kind: "event", isAnswer: false };

export function meaningOf(label: string | undefined): LabelMeaning {
  if (label === undefined) return NO_MEANING;
  const known = meanings.get(label);
  if (known !== undefined) return known;
  const kind = HEARTBEAT_LABEL.test(label) ? "heartbeat" : ERROR_LABEL.test(label) ? "error" : "event";
  const meaning: LabelMeaning = { kind, isAnswer: ANSWER_LABEL.test(label) };
  if (meanings.size < MOST_MEANINGS) meanings.set(label, meaning);
  return meaning;
}
