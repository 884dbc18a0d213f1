import { say } from "../../model/said.ts";
import { connectionValues } from "../captured.ts";
import { labelCondition, someCondition } from "../condition.ts";
import { connectionCondition } from "../connection-condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText } from "../text-test.ts";

export const protocol: FieldDefinition = {
  name: "protocol",
  summary: say("query.field-protocol"),
  examples: ["protocol:graphql-transport-ws", "protocol:socket.io", "protocol:*.stomp"],
  captured: (capture) => connectionValues(capture, ({ subprotocol }) => subprotocol),
  read: (value) => {
    const wanted = wholeText(value);
    const isNamed = (name: string): boolean => name !== "" && wanted.test(name);
    return {
      value: () =>
        someCondition([
          connectionCondition(wanted, ({ subprotocol }) => isNamed(subprotocol)),
          labelCondition(wanted.isPattern, (facts) => isNamed(facts?.decoder ?? "")),
        ]),
    };
  },
};
