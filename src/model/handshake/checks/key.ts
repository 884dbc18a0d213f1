import { isWellFormedKey } from "../../accept-key.ts";
import { headerValues } from "../../headers.ts";
import { say } from "../../said.ts";
import type { HandshakeCheck } from "../check.ts";
import { isExtendedConnect, superfluous } from "../extended-connect.ts";
import { ok, problem, quote, quoteAll } from "../finding.ts";

const KEY = "Sec-WebSocket-Key";

/** The key of a request (RFC 6455 §4.1, item 7): one, of 16 bytes in base64. */
export const key: HandshakeCheck = {
  id: "key",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-11.3.1",
  needs: "request",
  explain: (connection) => {
    const keys = headerValues(connection.handshake.requestHeaders, KEY);
    const [first] = keys;
    if (isExtendedConnect(connection)) return first === undefined ? [] : [superfluous(KEY)];
    if (first === undefined) return [problem(KEY, say("handshake.key-missing"))];
    if (keys.length > 1) return [problem(KEY, say("handshake.key-many", { n: keys.length, values: quoteAll(keys) }))];
    return isWellFormedKey(first) ? [ok(KEY, say("handshake.key-ok"))] : [problem(KEY, say("handshake.key-wrong", { value: quote(first) }))];
  },
};
