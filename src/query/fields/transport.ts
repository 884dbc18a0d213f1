import { TRANSPORTS, type Transport } from "../../model/connection.ts";
import { say, type Said } from "../../model/said.ts";
import { connectionValues } from "../captured.ts";
import { connectionCondition } from "../connection-condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText } from "../text-test.ts";

const SUMMARIES = {
  websocket: say("query.transport-websocket"),
  "event-source": say("query.transport-event-source"),
} as const satisfies Record<Transport, Said>;

export const transport: FieldDefinition = {
  name: "transport",
  summary: say("query.field-transport"),
  examples: ["transport:websocket", "transport:event-source"],
  choices: TRANSPORTS.map((value) => ({ value, summary: SUMMARIES[value] })),
  captured: (capture) => connectionValues(capture, (facts) => facts.transport ?? ""),
  read: (value) => {
    const wanted = wholeText(value);
    return { value: () => connectionCondition(wanted, (facts) => facts.transport !== undefined && wanted.test(facts.transport)) };
  },
};
