import { say } from "../../../model/said.ts";
import { isEndOfPage, medianOf, silenceBefore } from "../endings.ts";
import { foundTogether, NONE, type FindingRule, type Gathered } from "../rule.ts";

const LEAST = 3;
const SHORTEST_MS = 5000;
/** How much the times may differ: a share, and so many milliseconds. */
const SHARE = 0.05;
const APART_MS = 200;
const ORDINARY: ReadonlySet<number> = new Set([1000, 1001]);

/** Connections to one address of which each ended after the same time: open, or silent. */
export const sameEnd: FindingRule = {
  id: "same-end",
  group: "life",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/CloseEvent/code",
  ofFamily: (family) => {
    const ended = family.filter(hasEnded);
    if (ended.length < LEAST || !areApart(ended.map(({ connection }) => connection.openedAt)) || !areApart(ended.map(({ connection }) => connection.closedAt))) return NONE;
    const rows = ended.map(({ end }) => end);
    const silence = sameTime(ended.map(silenceBefore));
    if (silence !== undefined) return foundTogether(ended, "problem", say("findings.same-end"), [say("findings.same-silence", { n: ended.length, ms: silence })], rows);
    const life = sameTime(ended.map(({ connection: { openedAt = NaN, closedAt = NaN } }) => (closedAt - openedAt) * 1000));
    return life === undefined ? NONE : foundTogether(ended, "warning", say("findings.same-end"), [say("findings.same-life", { n: ended.length, ms: life })], rows);
  },
};

function hasEnded({ connection }: Gathered): boolean {
  if (connection.state !== "closed" || connection.openedAt === undefined || connection.closedAt === undefined || connection.isOutliving === true || isEndOfPage(connection)) return false;
  return connection.transport !== "websocket" || connection.closing === undefined || !ORDINARY.has(connection.closing.code);
}

/** What begins or ends together has one cause, and that is no timeout. Seconds. */
function areApart(times: readonly (number | undefined)[]): boolean {
  const sorted = times.map((time) => time ?? NaN).toSorted((a, b) => a - b);
  return sorted.every((time, i) => i === 0 || (time - (sorted[i - 1] ?? NaN)) * 1000 > APART_MS);
}

/** The middle of times that are the same but for a little; undefined where they are not. */
function sameTime(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined && !Number.isNaN(time)) as readonly number[];
  if (known.length < times.length) return undefined;
  const middle = medianOf(known);
  const apart = Math.max(...known) - Math.min(...known);
  return middle >= SHORTEST_MS && apart <= Math.max(APART_MS, middle * SHARE) ? middle : undefined;
}
