import { say, type Code, type Said } from "../../model/said.ts";
import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import { columnCondition, decodedCondition, labelCondition, type Condition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";

interface Trait {
  readonly value: string;
  readonly summary: Said;
  readonly condition: Condition;
}

const TRAITS: readonly Trait[] = [
  trait("sent", columnCondition(({ direction }) => direction === "sent")),
  trait("received", columnCondition(({ direction }) => direction === "received")),
  trait("text", columnCondition(({ kind, opcode }) => kind === "message" && opcode === OPCODE_TEXT)),
  trait("binary", columnCondition(({ kind, opcode }) => kind === "message" && opcode === OPCODE_BINARY)),
  trait("error", columnCondition(({ kind }) => kind === "error")),
  trait("open", columnCondition(({ kind }) => kind === "open")),
  trait("close", columnCondition(({ kind }) => kind === "close")),
  // A refused handshake leaves an error and an ending; one that was answered leaves an opening.
  trait("handshake", columnCondition(({ kind }) => kind === "open" || kind === "error")),
  trait("navigation", columnCondition(({ kind }) => kind === "navigation")),
  trait("request", columnCondition(({ pair }) => pair === "request" || pair === "unanswered request", "pairs")),
  trait("answer", columnCondition(({ pair }) => pair === "answer", "pairs")),
  trait("unanswered", columnCondition(({ pair }) => pair === "unanswered request", "pairs")),
  trait("pinned", columnCondition(({ isPinned }) => isPinned, "pins")),
  trait("heartbeat", labelCondition(false, (facts) => facts?.kind === "heartbeat")),
  trait("gap", labelCondition(false, (_, { sequence }) => sequence === "gap")),
  trait("repeated", labelCondition(false, (_, { sequence }) => sequence === "repeated")),
  trait("json", decodedCondition(({ isJson }) => isJson)),
];

export const is: FieldDefinition = {
  name: "is",
  summary: say("query.field-is"),
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
    "is:gap",
    "is:repeated",
    "is:json",
  ],
  choices: TRAITS,
  read: (value) => {
    const name = value.kind === "pattern" ? undefined : value.text.toLowerCase();
    const found = TRAITS.find((one) => one.value === name);
    if (found !== undefined) return { value: () => found.condition };
    return { problem: say("query.needs-one-of", { names: TRAITS.map((one) => one.value) }) };
  },
};

type Name<Sentence> = Sentence extends `query.is-${infer Rest}` ? Rest : never;

function trait(value: Name<Code>, condition: Condition): Trait {
  return { value, summary: say(`query.is-${value}`), condition };
}
