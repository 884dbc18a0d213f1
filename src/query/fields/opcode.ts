import { say } from "../../model/said.ts";
import { columnCondition } from "../condition.ts";
import type { FieldChoice, FieldDefinition } from "../field.ts";

/** RFC 6455 §5.2. Chrome reports text and binary only; an imported file can hold the others. */
const OPCODES: readonly (FieldChoice & { readonly number: number })[] = [
  { value: "text", number: 1, summary: say("query.opcode-number", { number: 1 }) },
  { value: "binary", number: 2, summary: say("query.opcode-number", { number: 2 }) },
  { value: "continuation", number: 0, summary: say("query.opcode-number", { number: 0 }) },
  { value: "close", number: 8, summary: say("query.opcode-number", { number: 8 }) },
  { value: "ping", number: 9, summary: say("query.opcode-number", { number: 9 }) },
  { value: "pong", number: 10, summary: say("query.opcode-number", { number: 10 }) },
];

const NUMBER = /^(?:0x([\da-f])|(\d|1[0-5]))$/iu;

export const opcode: FieldDefinition = {
  name: "opcode",
  summary: say("query.field-opcode"),
  examples: ["opcode:2", "opcode:text", "opcode:0xa"],
  choices: OPCODES,
  read: (value) => {
    const wanted = value.kind === "pattern" ? undefined : readOpcode(value.text.toLowerCase());
    if (wanted === undefined) return { problem: say("query.needs-opcode", { names: OPCODES.map((one) => one.value) }) };
    return { value: () => columnCondition((row) => row.kind === "message" && row.opcode === wanted) };
  },
};

function readOpcode(text: string): number | undefined {
  const named = OPCODES.find(({ value }) => value === text)?.number;
  if (named !== undefined) return named;
  const found = NUMBER.exec(text);
  if (found === null) return undefined;
  return found[1] === undefined ? Number(found[2]) : Number.parseInt(found[1], 16);
}
