import type { RowOrigin } from "../../model/frame.ts";
import { say, type Said } from "../../model/said.ts";
import { columnCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";

interface Maker {
  readonly value: string;
  readonly origin: RowOrigin;
  readonly summary: Said;
}

const MAKERS = [
  { value: "page", origin: "page", summary: say("query.from-page") },
  { value: "you", origin: "user", summary: say("query.from-you") },
  { value: "rule", origin: "rule", summary: say("query.from-rule") },
  { value: "import", origin: "import", summary: say("query.from-import") },
] as const satisfies readonly Maker[];

/** Who made a message. */
export const from: FieldDefinition = {
  name: "from",
  summary: say("query.field-from"),
  examples: ["from:you", "from:page", "from:rule", "from:import"],
  choices: MAKERS,
  read: (value) => {
    const name = value.kind === "pattern" ? undefined : value.text.toLowerCase();
    const maker: Maker | undefined = MAKERS.find((one) => one.value === name);
    if (maker === undefined) return { problem: say("query.needs-one-of", { names: MAKERS.map((one) => one.value) }) };
    const condition = columnCondition(({ kind, origin }) => kind === "message" && origin === maker.origin);
    return { value: () => condition };
  },
};
