import { decodedCondition, someCondition } from "../condition.ts";
import { connectionCondition } from "../connection-condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText } from "../text-test.ts";

export const protocol: FieldDefinition = {
  name: "protocol",
  summary: "The connection's subprotocol, or the decoder of the connection or the message",
  examples: ["protocol:graphql-transport-ws", "protocol:socket.io", "protocol:*.stomp"],
  hasCapturedValues: true,
  read: (value) => {
    const wanted = wholeText(value);
    const isNamed = (name: string): boolean => name !== "" && wanted.test(name);
    return {
      value: () =>
        someCondition([
          connectionCondition(wanted, ({ subprotocol, decoder }) => isNamed(subprotocol) || isNamed(decoder)),
          decodedCondition(({ decoder }) => isNamed(decoder)),
        ]),
    };
  },
};
