import type { TimelineLane, TimelineView } from "../../contract/timeline.ts";
import type { Speaker } from "../../words/speaker.ts";
import { splitUrl } from "../figures/web-socket-url.ts";
import { isWrongEnd } from "./draw-timeline.ts";
import { TimelineClock } from "./timeline-clock.ts";
import { markWords } from "./timeline-labels.ts";
import type { Measure } from "./timeline-store.ts";

/** Connections that are silent, each on a line; of more it is said how many. */
const MOST_NAMED = 3;

export interface TipLine {
  readonly text: string;
  readonly look: "when" | "sent" | "received" | "wrong" | "mark";
}

/** When, which connection, and what it sent and received then. */
export function laneTip(view: TimelineView, { url, traffic, marks, silences }: TimelineLane, bucket: number, speaker: Speaker): readonly TipLine[] {
  const lines = tipLines({ ...view, all: traffic, shown: null, silences, quiet: [], marks }, bucket, "messages", speaker);
  return [...lines.slice(0, 1), { look: "mark", text: splitUrl(url).path }, ...lines.slice(1)];
}

/** The numbers of one bucket. */
export function tipLines(view: TimelineView, bucket: number, measure: Measure, speaker: Speaker): readonly TipLine[] {
  const { words, figures } = speaker;
  const { start, step, all, shown, marks } = view;
  const from = start + bucket * step;
  const epoch = new TimelineClock(view).epochOf(from);
  const when = (since: number): string => (epoch === undefined ? figures.since(from + since) : step < 1000 ? figures.time(epoch + since) : figures.second(epoch + since));
  const lines: TipLine[] = [{ look: "when", text: words("timeline.when", { from: when(0), to: when(step) }) }];
  const silence = view.silences.find((one) => one.to > from && one.from < from + step);
  if (silence !== undefined) lines.push({ look: "mark", text: words("timeline.silence", { ms: silence.to - silence.from }) });
  // While nobody says anything, each of them is silent.
  else lines.push(...quietLines(view, from, from + step, speaker));
  const slowest = measure === "latency" ? slowestIn(view, from, from + step) : undefined;
  if (slowest !== undefined) lines.push({ look: "mark", text: words("timeline.slowest", { ms: slowest }) });
  for (const way of ["sent", "received"] as const) {
    const [n, bytes] = [all[way][bucket] ?? 0, all[`${way}Bytes`][bucket] ?? 0];
    if (n === 0) continue;
    const arrow = way === "sent" ? "↑" : "↓";
    const found = shown?.[way][bucket] ?? 0;
    lines.push({ look: way, text: `${arrow} ${shown === null ? words("timeline.passed", { n, bytes }) : words("timeline.passed-of", { found, n, bytes })}` });
  }
  for (const mark of marks) {
    if (mark.at < from || mark.at >= from + step) continue;
    lines.push({ look: isWrongEnd(mark) ? "wrong" : "mark", text: markWords(mark, words) });
  }
  return lines;
}

/** Which connections say nothing for far longer than they do, the longest silence first. */
function quietLines({ quiet }: TimelineView, from: number, to: number, { words }: Speaker): readonly TipLine[] {
  const silent = quiet.filter((one) => one.to > from && one.from < to).toSorted((a, b) => b.to - b.from - (a.to - a.from));
  const named = silent.slice(0, MOST_NAMED).map((one): TipLine => ({ look: "mark", text: words("timeline.quiet", { name: splitUrl(one.url).path, ms: one.to - one.from }) }));
  return silent.length <= MOST_NAMED ? named : [...named, { look: "mark", text: words("timeline.more-quiet", { n: silent.length - MOST_NAMED }) }];
}

/** The longest that an answer took to a request of this time, in milliseconds. */
function slowestIn({ latency }: TimelineView, from: number, to: number): number | undefined {
  let most: number | undefined;
  latency?.at.forEach((at, dot) => {
    if (at >= from && at < to) most = Math.max(most ?? 0, latency.took[dot] ?? 0);
  });
  return most;
}
