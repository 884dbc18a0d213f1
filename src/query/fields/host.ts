import { say } from "../../model/said.ts";
import { connectionValues } from "../captured.ts";
import { connectionCondition } from "../connection-condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText } from "../text-test.ts";

/** The authority of a URL (RFC 3986 §3.2) without user and password; then its host and port. */
const AUTHORITY = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/iu;
const PORT = /:\d*$/u;

export const host: FieldDefinition = {
  name: "host",
  summary: say("query.field-host"),
  examples: ["host:localhost", "host:localhost:8080", "host:*.example.com", "host:/^ws\\d+\\./"],
  captured: (capture) => connectionValues(capture, ({ url }) => AUTHORITY.exec(url)?.[1]),
  read: (value) => {
    const wanted = wholeText(value);
    return {
      value: () =>
        connectionCondition(wanted, (facts) => {
          const authority = AUTHORITY.exec(facts.url)?.[1];
          return authority !== undefined && (wanted.test(authority) || wanted.test(authority.replace(PORT, "")));
        }),
    };
  },
};
