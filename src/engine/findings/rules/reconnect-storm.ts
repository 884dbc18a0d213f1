import { isEndedByYou } from "../../../log/ended-by-you.ts";
import type { Connection } from "../../../model/connection.ts";
import { say } from "../../../model/said.ts";
import { begunAt, isEndOfPage, medianOf } from "../endings.ts";
import { foundTogether, NONE, type FindingRule, type FoundTogether, type Gathered } from "../rule.ts";

/** So many that followed each other. */
const LEAST = 5;
const LONGEST_LIFE = 10;
const LONGEST_WAIT = 60;
/** Where nobody knows how they ended: what a page opens now and then by itself waits longer. */
const LONGEST_WAIT_UNKNOWN = 10;
/** The later waits are so much longer than the earlier where it backs off. */
const BACKS_OFF = 1.5;
const ENDED_WELL: ReadonlySet<number> = new Set([1000, 1001]);
/** Said where no code was. */
const NO_CODE = 1005;

/** Connections that end soon after they begin, one after another. Times in seconds. */
export const reconnectStorm: FindingRule = {
  id: "reconnect-storm",
  group: "life",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-7.2.3",
  ofFamily: (family) => chainsOf(family).flatMap(storm),
};

/** As far as it is known. */
type Ended = "failed" | "well" | "unknown";

interface Chain {
  readonly members: Gathered[];
  /** From the end of each to the beginning of the next. */
  readonly waits: number[];
  /** After how many of these ends the next was needed because the one before had failed. */
  failed: number;
}

const newChain = (): Chain => ({ members: [], waits: [], failed: 0 });

function chainsOf(family: readonly Gathered[]): readonly Chain[] {
  // A page of which some are known to have ended well may have ended the others as well.
  const isUnknownCounted = !family.some((one) => one.connection.closedAt !== undefined && endedOf(one) === "well");
  let chain = newChain();
  const chains = [chain];
  let openUntil = -Infinity;
  for (const one of family) {
    const before = chain.members.at(-1);
    const ended = before === undefined ? undefined : endedOf(before);
    const wait = before === undefined ? undefined : waitBetween(before.connection, one.connection);
    const begun = begunAt(one.connection) ?? -Infinity;
    const isLink = ended === "failed" || (ended === "unknown" && isUnknownCounted && wait !== undefined && wait <= LONGEST_WAIT_UNKNOWN && begun >= openUntil);
    if (wait !== undefined && isLink) {
      chain.waits.push(wait);
      if (ended === "failed") chain.failed++;
    } else if (before !== undefined) {
      chain = newChain();
      chains.push(chain);
    }
    chain.members.push(one);
    openUntil = Math.max(openUntil, one.connection.closedAt ?? Infinity);
  }
  return chains;
}

/** Undefined where the one did not soon take the place of one that did not last. */
function waitBetween(before: Connection, after: Connection): number | undefined {
  const begun = begunAt(after);
  if (begun === undefined || begunAt(before) === undefined || before.closedAt === undefined || isEndOfPage(before)) return undefined;
  const wait = begun - before.closedAt;
  const life = before.closedAt - (before.openedAt ?? before.closedAt);
  return wait >= 0 && wait <= LONGEST_WAIT && life <= LONGEST_LIFE ? wait : undefined;
}

/** One that did not do what it was opened for has failed; a short life that carried messages and ended well is enough for some. */
function endedOf({ connection, tally }: Gathered): Ended {
  const { ending, openedAt } = connection;
  const why = typeof ending === "object" ? ending.code : undefined;
  const code = connection.transport === "websocket" ? connection.closing?.code : undefined;
  if (isEndedByYou(ending) || why === "log.closed-by-page") return "well";
  if (code !== undefined && code !== NO_CODE) return ENDED_WELL.has(code) ? "well" : "failed";
  if (openedAt === undefined || tally.frames === 0) return "failed";
  return connection.transport === "websocket" && why === "log.closed" ? "unknown" : "well";
}

function storm({ members, waits, failed }: Chain): readonly FoundTogether[] {
  const [first] = members;
  const last = members.at(-1);
  if (members.length < LEAST || first === undefined || last === undefined) return NONE;
  const span = ((begunAt(last.connection) ?? 0) - (begunAt(first.connection) ?? 0)) * 1000;
  const half = Math.floor(waits.length / 2);
  const [earlier, later] = [medianOf(waits.slice(0, half)), medianOf(waits.slice(-half))];
  const backsOff = later >= earlier * BACKS_OFF && later > 0.1;
  const about = say("findings.storm-about", { n: members.length, span });
  const grows = say("findings.storm-grows", { from: earlier * 1000, to: later * 1000 });
  const wait = medianOf(waits) * 1000;
  const isSure = failed >= LEAST - 1;
  const unknown = members.filter((one) => one.connection.closedAt !== undefined && endedOf(one) === "unknown").length;
  return foundTogether(
    members,
    !isSure ? "note" : backsOff ? "warning" : "problem",
    say("findings.storm"),
    isSure
      ? [about, backsOff ? grows : say("findings.storm-steady", { wait })]
      : [about, backsOff ? grows : say("findings.storm-wait", { wait }), say("findings.storm-unknown", { n: unknown })],
    members.map(({ end, opening }) => end ?? opening),
  );
}
