import type { Header } from "../../connection.ts";
import { headerValues } from "../../headers.ts";
import { say, type Said } from "../../said.ts";
import type { HandshakeCheck } from "../check.ts";
import { isExtendedConnect } from "../extended-connect.ts";
import { ok, problem, quoteAll } from "../finding.ts";

/** `Upgrade: websocket` and `Connection: Upgrade`, both ways (RFC 6455 §4.1 and §4.2.2). Nothing over HTTP/2. */
export const upgrade: HandshakeCheck = {
  id: "upgrade",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1",
  needs: "response",
  explain: (connection) => {
    if (isExtendedConnect(connection)) return [];
    const { requestHeaders, responseHeaders } = connection.handshake;
    const faults = [
      ...(requestHeaders.length > 0 ? upgradeFaults("request", requestHeaders) : []),
      ...upgradeFaults("response", responseHeaders),
    ];
    return faults.length === 0 ? [ok("Upgrade", say("handshake.upgrade-ok"))] : [problem("Upgrade", ...faults)];
  },
};

function upgradeFaults(side: "request" | "response", headers: readonly Header[]): readonly Said[] {
  const faults: Said[] = [];
  const upgrades = headerValues(headers, "upgrade");
  const connection = headerValues(headers, "connection");
  if (upgrades.length === 0) faults.push(say("handshake.upgrade-missing", { side, header: "Upgrade" }));
  else if (!tokensOf(upgrades).has("websocket")) faults.push(say("handshake.upgrade-wrong", { side, values: quoteAll(upgrades) }));
  if (connection.length === 0) faults.push(say("handshake.upgrade-missing", { side, header: "Connection" }));
  else if (!tokensOf(connection).has("upgrade")) faults.push(say("handshake.connection-wrong", { side, values: quoteAll(connection) }));
  return faults;
}

const MOST_TOKENS = 64;

const tokensOf = (values: readonly string[]): ReadonlySet<string> =>
  new Set(values.flatMap((value) => value.split(",", MOST_TOKENS)).map((token) => token.trim().toLowerCase()));
