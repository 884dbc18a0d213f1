import type { ConnectionDifference, FirstDifference } from "../../contract/compare.ts";
import type { Connection } from "../../model/connection.ts";
import { frameIndex, milliseconds, type ConnectionId, type MonotonicSeconds } from "../../model/units.ts";
import type { CaptureLog } from "../capture-log.ts";

/** Of what is different, what came first: measured from the begin of each capture. */
export function firstDifference(different: readonly ConnectionDifference[], before: CaptureLog, after: CaptureLog): FirstDifference | null {
  let first: FirstDifference | null = null;
  for (const one of different) {
    for (const candidate of candidatesOf(one, before, after)) if (first === null || candidate.at < first.at) first = candidate;
  }
  return first;
}

/** Where this pair goes apart: alone, as it begins, in its first message that differs, as it ends. */
function candidatesOf({ before, after, url, facts, differences: [message] }: ConnectionDifference, left: CaptureLog, right: CaptureLog): FirstDifference[] {
  const seenIn = after === null ? left : right;
  const connection = connectionOf(seenIn, after ?? before);
  const about = { before, after, url, fact: null, message: null };
  const begin = sinceBegin(seenIn, connection?.createdAt);
  if (before === null || after === null) return [{ ...about, at: begin }];
  const counted = facts.filter(({ isCounted }) => isCounted);
  const beginning = counted.find((fact) => fact.about !== "ending");
  const ending = counted.find((fact) => fact.about === "ending");
  const place = message?.after ?? message?.before;
  const from = message?.after === null ? left : right;
  return [
    ...(beginning === undefined ? [] : [{ ...about, at: begin, fact: beginning }]),
    ...(message === undefined || place === undefined || place === null ? [] : [{ ...about, at: sinceBegin(from, from.log.timeAt(frameIndex(place.frame))), message }]),
    // One that did not end at all differs where the other did.
    ...(ending === undefined ? [] : [{ ...about, at: endOf(connection, connectionOf(left, before), right, left), fact: ending }]),
  ];
}

function endOf(after: Connection | undefined, before: Connection | undefined, right: CaptureLog, left: CaptureLog): FirstDifference["at"] {
  const ends = [sinceBegin(right, after?.closedAt, Infinity), sinceBegin(left, before?.closedAt, Infinity)];
  return milliseconds(Math.min(...ends));
}

const connectionOf = ({ table }: CaptureLog, id: ConnectionId | null): Connection | undefined => (id === null ? undefined : table.connections.get(id));

function sinceBegin({ log }: CaptureLog, at: MonotonicSeconds | undefined, otherwise = 0): FirstDifference["at"] {
  if (at === undefined || log.length === 0) return milliseconds(otherwise);
  return milliseconds(Math.max(0, at - log.timeAt(frameIndex(0))) * 1000);
}
