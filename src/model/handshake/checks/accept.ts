import { computeAccept } from "../../accept-key.ts";
import { headerValues } from "../../headers.ts";
import { say } from "../../said.ts";
import type { HandshakeCheck } from "../check.ts";
import { isExtendedConnect, superfluous } from "../extended-connect.ts";
import { ok, problem, quote, quoteAll, unknown } from "../finding.ts";

const ACCEPT = "Sec-WebSocket-Accept";

/** The answer to the key (RFC 6455 §4.2.2, item 5.4). */
export const accept: HandshakeCheck = {
  id: "accept",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2",
  needs: "response",
  explain: (connection) => {
    const [key] = headerValues(connection.handshake.requestHeaders, "Sec-WebSocket-Key");
    const accepts = headerValues(connection.handshake.responseHeaders, ACCEPT);
    const [answer] = accepts;
    if (isExtendedConnect(connection)) return answer === undefined ? [] : [superfluous(ACCEPT)];
    if (answer === undefined) return [problem(ACCEPT, say("handshake.accept-missing"))];
    if (accepts.length > 1) return [problem(ACCEPT, say("handshake.accept-many", { n: accepts.length, values: quoteAll(accepts) }))];
    const value = quote(answer);
    if (key === undefined) return [unknown(ACCEPT, say("handshake.accept-unchecked", { value }))];
    const expected = computeAccept(key);
    if (answer === expected) return [ok(ACCEPT, say("handshake.accept-ok", { value: expected }))];
    return [problem(ACCEPT, say("handshake.accept-wrong", { value, expected: quote(expected) }))];
  },
};
