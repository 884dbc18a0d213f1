import type { Handshake, WebSocketConnection } from "../../../model/connection.ts";
import { explainHandshake } from "../../../model/handshake.ts";
import { HANDSHAKE_CHECKS } from "../../../model/handshake/registry.ts";
import { headerValues } from "../../../model/headers.ts";
import { say } from "../../../model/said.ts";
import { NONE, type FindingRule, type Found } from "../rule.ts";

/** Checks that miss headers, which a capture or a file may have without those. */
const MISS_HEADERS: ReadonlySet<string> = new Set(["upgrade", "key", "accept", "version", "subprotocol", "extensions"]);
const SURE_WITHOUT = HANDSHAKE_CHECKS.filter(({ id }) => !MISS_HEADERS.has(id));

/** What the checks of the opening handshake (`model/handshake/checks/`) call a problem or a concern. */
export const handshake: FindingRule = {
  id: "handshake",
  group: "handshake",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-4",
  ofConnection: ({ connection, opening, end }) => {
    if (connection.transport !== "websocket") return NONE;
    const proof = opening ?? end;
    return wrongIn(connection).map((one) => ({ ...one, frames: proof === undefined ? [] : [proof] }));
  },
};

type Wrong = Omit<Found, "frames">;

/** A connection that changes is another object, and of very many few change. */
const KNOWN = new WeakMap<WebSocketConnection, readonly Wrong[]>();

function wrongIn(connection: WebSocketConnection): readonly Wrong[] {
  const known = KNOWN.get(connection);
  if (known !== undefined) return known;
  const checks = hasHeaders(connection.handshake) ? HANDSHAKE_CHECKS : SURE_WITHOUT;
  const wrong = explainHandshake(connection, checks).findings.flatMap(({ verdict, isConcern = false, title, said, link }): Wrong[] =>
    verdict !== "problem" && !isConcern ? [] : [{ weight: verdict === "problem" ? "problem" : "warning", title: say("findings.handshake", { title }), said, link }],
  );
  KNOWN.set(connection, wrong);
  return wrong;
}

/** Both sides' are there, and not only some of them: every browser says its version. */
const hasHeaders = ({ requestHeaders, responseHeaders }: Handshake): boolean => responseHeaders.length > 0 && headerValues(requestHeaders, "sec-websocket-version").length > 0;
