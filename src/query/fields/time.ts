import { say } from "../../model/said.ts";
import { WallClock } from "../../model/clock.ts";
import { monotonicSeconds } from "../../model/units.ts";
import { columnCondition, type Condition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { isWithin, readInterval, type Interval } from "../interval.ts";
import type { QueryContext } from "../query-row.ts";
import { readDuration, readTimeOfDay } from "../units.ts";
import { readLast } from "./last.ts";

const DAY = 86_400_000;
const LAST = "last:";

export const time: FieldDefinition = {
  name: "time",
  summary: say("query.field-time"),
  examples: ["time:>12:30:04.5", "time:12:30..12:31", "time:23:59..00:01", "time:10s..20s", "time:<1m30s", "time:last:5s"],
  read: (value) => {
    const text = value.kind === "pattern" ? "" : value.text;
    if (text.startsWith(LAST)) return readLast(text.slice(LAST.length));
    const isMoment = !/^=|[<>]|\.\./u.test(text);
    const ofDay = isMoment ? undefined : readInterval(text, readTimeOfDay);
    if (ofDay !== undefined) return { value: (context) => timeOfDayCondition(ofDay, context) };
    const sinceStart = isMoment ? undefined : readInterval(text, readDuration);
    if (sinceStart !== undefined) {
      return { value: ({ start }) => columnCondition((row) => isWithin((row.time - start) * 1000, sinceStart)) };
    }
    return { problem: say("query.needs-time") };
  },
};

function timeOfDayCondition(interval: Interval, { anchors, utcOffset }: QueryContext): Condition {
  const clock = new WallClock();
  for (const anchor of anchors) clock.anchor(anchor);
  const isOverMidnight = interval.low > interval.high;
  return columnCondition((row) => {
    const epoch = clock.toEpoch(monotonicSeconds(row.time));
    if (epoch === undefined) return false;
    const ofDay = (((epoch + utcOffset * 60_000) % DAY) + DAY) % DAY;
    return isOverMidnight ? ofDay >= interval.low || ofDay <= interval.high : isWithin(ofDay, interval);
  });
}
