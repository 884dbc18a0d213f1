import { headerValues } from "../../headers.ts";
import { say } from "../../said.ts";
import type { HandshakeCheck } from "../check.ts";
import { note, ok, problem, quoteAll, type HandshakeFinding } from "../finding.ts";

/** Sec-WebSocket-Version: 13 in the request; in a response, what a server would rather have (RFC 6455 §4.4). */
export const version: HandshakeCheck = {
  id: "version",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-4.4",
  needs: "either",
  explain: ({ handshake }, { hasRequest }) => {
    const title = "Sec-WebSocket-Version";
    const findings: HandshakeFinding[] = [];
    const asked = headerValues(handshake.requestHeaders, title);
    const answered = headerValues(handshake.responseHeaders, title);
    if (asked.length === 1 && asked[0] === "13") {
      findings.push(ok(title, say("handshake.version-ok")));
    } else if (asked.length > 0) {
      findings.push(problem(title, say("handshake.version-wrong", { values: quoteAll(asked) })));
    } else if (hasRequest) {
      findings.push(problem(title, say("handshake.version-missing")));
    }
    if (answered.length > 0) {
      findings.push(note(title, say("handshake.version-answered", { values: quoteAll(answered) })));
    }
    return findings;
  },
};
