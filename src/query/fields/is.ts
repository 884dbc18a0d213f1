import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import { columnCondition, decodedCondition, labelCondition, type Condition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";

interface Trait {
  readonly value: string;
  readonly summary: string;
  readonly condition: Condition;
}

const TRAITS: readonly Trait[] = [
  trait("sent", "Messages that the page sent", columnCondition(({ direction }) => direction === "sent")),
  trait("received", "Messages that the page received", columnCondition(({ direction }) => direction === "received")),
  trait("text", "Text messages", columnCondition(({ kind, opcode }) => kind === "message" && opcode === OPCODE_TEXT)),
  trait("binary", "Binary messages", columnCondition(({ kind, opcode }) => kind === "message" && opcode === OPCODE_BINARY)),
  trait("error", "Errors of a connection", columnCondition(({ kind }) => kind === "error")),
  trait("open", "Openings", columnCondition(({ kind }) => kind === "open")),
  trait("close", "Endings of a connection", columnCondition(({ kind }) => kind === "close")),
  // A refused handshake leaves an error and an ending; one that was answered leaves an opening.
  trait("handshake", "What became of a handshake: openings and errors", columnCondition(({ kind }) => kind === "open" || kind === "error")),
  trait("navigation", "Navigations of the page", columnCondition(({ kind }) => kind === "navigation")),
  trait("request", "Messages that ask for an answer", columnCondition(({ pair }) => pair === "request" || pair === "unanswered request", "pairs")),
  trait("answer", "Answers to a request", columnCondition(({ pair }) => pair === "answer", "pairs")),
  trait("unanswered", "Requests without an answer so far", columnCondition(({ pair }) => pair === "unanswered request", "pairs")),
  trait("pinned", "Rows that you pinned", columnCondition(({ isPinned }) => isPinned, "pins")),
  trait("heartbeat", "Messages that only keep the connection alive", labelCondition(false, (facts) => facts?.kind === "heartbeat")),
  trait("json", "Messages whose body is JSON", decodedCondition(({ json }) => json !== undefined)),
];

export const is: FieldDefinition = {
  name: "is",
  summary: "What a row is",
  examples: [
    "is:sent",
    "is:received",
    "is:text",
    "is:binary",
    "is:error",
    "is:open",
    "is:close",
    "is:handshake",
    "is:navigation",
    "is:request",
    "is:answer",
    "is:unanswered",
    "is:pinned",
    "-is:heartbeat",
    "is:json",
  ],
  choices: TRAITS,
  hasCapturedValues: false,
  read: (value) => {
    const name = value.kind === "pattern" ? undefined : value.text.toLowerCase();
    const found = TRAITS.find((one) => one.value === name);
    if (found !== undefined) return { value: () => found.condition };
    return { problem: `Expected one of: ${TRAITS.map((one) => one.value).join(", ")}.` };
  },
};

function trait(value: string, summary: string, condition: Condition): Trait {
  return { value, summary, condition };
}
