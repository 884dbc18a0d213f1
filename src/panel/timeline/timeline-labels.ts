import type { TimelineLane, TimelineMark, TimelineView } from "../../contract/timeline.ts";
import type { Code } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import { shownAsText } from "../figures/hidden-characters.tsx";
import { splitUrl } from "../figures/web-socket-url.ts";
import { isWrongEnd, peaksOf } from "./draw-timeline.ts";
import type { Measure } from "./timeline-store.ts";

/** How much the highest bars are, or how long answers took, and what is not drawn for want of room. */
export function legendOf(view: TimelineView, measure: Measure, speaker: Speaker): string {
  const { latency, unmarked } = view;
  const { words } = speaker;
  const parts = [measure === "latency" ? usualWords(view, speaker) : peakWords(view, measure, speaker)];
  if (measure === "latency" && latency !== null && latency.at.length < latency.spread.count) parts.push(words("timeline.dots", { shown: latency.at.length, n: latency.spread.count }));
  if (unmarked > 0) parts.push(words("timeline.unmarked", { n: unmarked }));
  return parts.filter((part) => part !== "").join(" · ");
}

/** What a lane is called. */
export function laneName({ url, unmarked }: TimelineLane, { words }: Speaker): string {
  const path = shownAsText(splitUrl(url).path);
  return unmarked === 0 ? path : `${path} · ${words("timeline.unmarked", { n: unmarked })}`;
}

/** What a second holds at most where a bucket is as long or longer, else what a bucket does; nothing of a way that nothing went. */
function peakWords(view: TimelineView, measure: Measure, { words, figures }: Speaker): string {
  const peaks = peaksOf(view.all, measure);
  const seconds = view.step / 1000;
  const isRate = seconds >= 1;
  const amount = (most: number): string => {
    if (isRate) return measure === "bytes" ? figures.bytesPerSecond(most / seconds) : figures.rate(most / seconds);
    return measure === "bytes" ? figures.bytes(most) : figures.count(most);
  };
  const what = ([["↑", peaks.sent], ["↓", peaks.received]] as const).flatMap(([arrow, most]) => (most === 0 ? [] : `${arrow} ${amount(most)}`)).join(" ");
  if (isRate || what === "") return what;
  return view.step >= 1 ? words("timeline.in", { what, ms: view.step }) : `${what} / ${figures.duration(view.step)}`;
}

const usualWords = ({ latency }: TimelineView, { words }: Speaker): string => (latency === null ? "" : words("timeline.usual", { median: latency.spread.median, tail: latency.spread.p95 }));

const MARK_WORDS = {
  open: "timeline.opened",
  close: "timeline.closed",
  error: "timeline.errors",
  navigation: "timeline.navigated",
  pause: "timeline.paused",
  report: "timeline.reported",
  pin: "timeline.pinned",
} as const satisfies Readonly<Record<TimelineMark["kind"], Code>>;

export const markWords = ({ kind, code, count }: TimelineMark, words: Speaker["words"]): string => words(MARK_WORDS[kind], { n: count, code: code ?? 0 });

/** What stands beside a mark's line. */
export function markLabel(mark: TimelineMark, words: Speaker["words"]): string {
  const { kind } = mark;
  return isWrongEnd(mark) || kind === "pause" || kind === "navigation" ? markWords(mark, words) : "";
}
