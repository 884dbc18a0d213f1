import type { Connection } from "../../../model/connection.ts";
import { say } from "../../../model/said.ts";
import { begunAt, isEndOfPage, medianOf } from "../endings.ts";
import { foundTogether, NONE, type FindingRule, type FoundTogether, type Gathered } from "../rule.ts";

/** So many that followed each other. */
const LEAST = 5;
const LONGEST_LIFE = 10;
const LONGEST_WAIT = 60;
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

interface Chain {
  readonly members: Gathered[];
  /** From the end of each to the beginning of the next. */
  readonly waits: number[];
}

function chainsOf(family: readonly Gathered[]): readonly Chain[] {
  let chain: Chain = { members: [], waits: [] };
  const chains = [chain];
  for (const one of family) {
    const before = chain.members.at(-1);
    const wait = before === undefined ? undefined : waitBetween(before, one.connection);
    if (wait !== undefined) chain.waits.push(wait);
    else if (before !== undefined) {
      chain = { members: [], waits: [] };
      chains.push(chain);
    }
    chain.members.push(one);
  }
  return chains;
}

/** Undefined where the one did not soon take the place of one that did not last. */
function waitBetween(ended: Gathered, after: Connection): number | undefined {
  const before = ended.connection;
  const begun = begunAt(after);
  const beforeBegun = begunAt(before);
  if (begun === undefined || beforeBegun === undefined || before.closedAt === undefined || isEndOfPage(before) || !hasFailed(ended)) return undefined;
  const wait = begun - before.closedAt;
  const life = before.closedAt - (before.openedAt ?? before.closedAt);
  return wait >= 0 && wait <= LONGEST_WAIT && life <= LONGEST_LIFE ? wait : undefined;
}

/** It did not do what it was opened for, as far as is known: a short life that carried messages and ended well is enough for some. */
function hasFailed({ connection, tally }: Gathered): boolean {
  const code = connection.transport === "websocket" ? connection.closing?.code : undefined;
  if (code !== undefined && code !== NO_CODE) return !ENDED_WELL.has(code);
  return connection.openedAt === undefined || tally.frames === 0;
}

function storm({ members, waits }: Chain): readonly FoundTogether[] {
  const [first] = members;
  const last = members.at(-1);
  if (members.length < LEAST || first === undefined || last === undefined) return NONE;
  const span = ((begunAt(last.connection) ?? 0) - (begunAt(first.connection) ?? 0)) * 1000;
  const half = Math.floor(waits.length / 2);
  const [earlier, later] = [medianOf(waits.slice(0, half)), medianOf(waits.slice(-half))];
  const backsOff = later >= earlier * BACKS_OFF && later > 0.1;
  return foundTogether(
    members,
    backsOff ? "warning" : "problem",
    say("findings.storm"),
    [
      say("findings.storm-about", { n: members.length, span }),
      backsOff ? say("findings.storm-grows", { from: earlier * 1000, to: later * 1000 }) : say("findings.storm-steady", { wait: medianOf(waits) * 1000 }),
    ],
    members.map(({ end, opening }) => end ?? opening),
  );
}
