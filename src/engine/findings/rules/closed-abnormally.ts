import { isEndedByYou } from "../../../log/ended-by-you.ts";
import { quote } from "../../../model/handshake/finding.ts";
import { say, type Said } from "../../../model/said.ts";
import { closerOf } from "../closer.ts";
import { silenceBefore } from "../endings.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

/** Closings that say that all is well: RFC 6455 §7.4.1. */
const ORDINARY: ReadonlySet<number> = new Set([1000, 1001, 1005]);
const LOST = 1006;
/** Proxies that end what is idle wait half a minute at least. */
const SHORTEST_IDLE_MS = 25_000;
const OWN_CODES = 4000;

/** A closing that is no ordinary one, with who began it where that is known, and what usually causes it. */
export const closedAbnormally: FindingRule = {
  id: "closed-abnormally",
  group: "life",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1",
  ofConnection: (one) => {
    const { connection, end, tally } = one;
    // One that never opened is told of by its handshake.
    if (connection.transport !== "websocket" || connection.closing === undefined || connection.openedAt === undefined) return NONE;
    const { code, reason } = connection.closing;
    if (ORDINARY.has(code) || isEndedByYou(connection.ending)) return NONE;
    const idle = silenceBefore(one);
    const isIdle = code === LOST && idle !== undefined && idle >= SHORTEST_IDLE_MS;
    const said: Said[] = [isIdle ? say("findings.closed-idle", { ms: idle }) : say("findings.closed-cause", { code })];
    if (reason !== "") said.unshift(say("findings.closed-reason", { reason: quote(reason) }));
    const closer = closerOf(one, code);
    if (closer !== undefined) said.unshift(closer.said);
    return found(code >= OWN_CODES ? "note" : "problem", say("findings.closed", { code }), said, [closer?.frame === tally.last ? undefined : closer?.frame, tally.last, end]);
  },
};
