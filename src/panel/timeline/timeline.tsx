import { use, useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { Rows3 } from "lucide-react";
import type { TimelineLane, TimelineMark, TimelineView } from "../../contract/timeline.ts";
import type { Code } from "../../model/said.ts";
import { milliseconds } from "../../model/units.ts";
import type { Speaker } from "../../words/speaker.ts";
import { Button } from "../controls/button.tsx";
import { takeKey } from "../controls/take-key.ts";
import { useElementWidth } from "../controls/use-element-width.ts";
import { useKeptChoice } from "../controls/use-kept-choice.ts";
import { splitUrl } from "../figures/web-socket-url.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { drawTimeline, isWrongEnd, LANE, peaksOf, readColours, type Tick } from "./draw-timeline.ts";
import { TimelineClock } from "./timeline-clock.ts";
import { tickStep, toTime, toX } from "./timeline-scale.ts";
import { MEASURES, TimelineStore, utcOffset, type Measure } from "./timeline-store.ts";
import { useTheme } from "./use-theme.ts";
import { useTimelinePointer } from "./use-timeline-pointer.ts";
import "./timeline.css";

/** Pixels from one bucket to the next, about. */
const BUCKET = 4;
/** One press of a key. */
const ZOOM = 1.5;
/** Lanes may take so much of the panel's height. */
const LANES_SHARE = 0.4;
/** The tip is not drawn past the panel's edge. */
const TIP_WIDTH = 200;

/** What passed over time, and what happened: zoomed, and dragged over to filter by time. */
export function Timeline() {
  const session = useSession();
  const speaker = useSpeaker();
  // What it says is not said by the first paint.
  use(speaker.whole());
  const [timeline] = useState(() => new TimelineStore(session));
  const { view, window, measure } = useSelected(timeline, (state) => state);
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useElementWidth(strip);
  const theme = useTheme();
  const description = useId();
  /** The moment that the keys look at; null where they do not. */
  const [cursor, setCursor] = useState<number | null>(null);
  /** Where extending by the keys began. */
  const anchor = useRef<number | null>(null);
  const [hasLanes, setHasLanes] = useKeptChoice("timeline-lanes", false);
  const pointer = useTimelinePointer({ strip, timeline, view, window, width, laneHeight: LANE, onMark: ({ frame }) => session.selection.goToFrame(frame), onLane: ({ connection }) => session.chooseConnection(connection, true) });
  const { words } = speaker;
  const lanes = view?.lanes.shown.length ?? 0;

  useEffect(() => timeline.begin(), [timeline]);
  useEffect(() => timeline.setBuckets(Math.floor(width / BUCKET)), [timeline, width]);

  useEffect(() => timeline.setLanes(hasLanes ? Math.max(2, Math.floor((innerHeight * LANES_SHARE) / LANE)) : 0), [timeline, hasLanes]);

  const looked = view === null ? null : pointer.x !== null ? toTime({ ...view, width }, pointer.x) : cursor;
  const bucket = view === null || looked === null ? null : Math.floor((looked - view.start) / view.step);
  const shownWindow = pointer.draft ?? window;

  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context === null || context === undefined || width === 0) return;
    const height = element.clientHeight;
    const ratio = devicePixelRatio;
    if (element.width !== Math.round(width * ratio)) element.width = Math.round(width * ratio);
    if (element.height !== Math.round(height * ratio)) element.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (view === null) return context.clearRect(0, 0, width, height);
    drawTimeline(context, { view, window: shownWindow, measure, width, height: height - lanes * LANE, lanes: view.lanes.shown.map(({ url }) => splitUrl(url).path), bucket, ticks: ticksOf(view, width, speaker), legend: measure === "latency" ? usualWords(view, speaker) : peakWords(view, measure, speaker), labelOf: (mark) => markLabel(mark, speaker) }, readColours(element));
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another theme has other colours
  }, [view, lanes, shownWindow, measure, width, bucket, speaker, theme]);

  function moveCursor(by: number, isExtending: boolean): void {
    if (view === null) return;
    const before = cursor ?? (by > 0 ? view.from : view.to);
    const next = Math.min(Math.max(view.from, before + by * view.step), view.to);
    if (!isExtending) anchor.current = null;
    else {
      anchor.current ??= before;
      const [from, to] = [Math.min(anchor.current, next), Math.max(anchor.current, next)];
      if (from < to) timeline.choose({ from: milliseconds(from), to: milliseconds(to) });
    }
    setCursor(next);
    if (next === before) timeline.pan(by * view.step);
  }

  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || view === null) return;
    const around = cursor ?? (view.from + view.to) / 2;
    switch (event.key) {
      case "ArrowLeft":
        moveCursor(-1, event.shiftKey);
        break;
      case "ArrowRight":
        moveCursor(1, event.shiftKey);
        break;
      case "Home":
        setCursor(view.from);
        break;
      case "End":
        setCursor(view.to);
        break;
      case "ArrowUp":
      case "+":
        timeline.zoom(1 / ZOOM, around);
        break;
      case "ArrowDown":
      case "-":
        timeline.zoom(ZOOM, around);
        break;
      case "Escape":
        if (!timeline.isNarrowed) return;
        timeline.reset();
        break;
      default:
        return;
    }
    takeKey(event);
  }

  const tip = view === null || bucket === null || pointer.draft !== null ? null : pointer.lane === null ? tipLines(view, bucket, measure, speaker) : laneTip(view, pointer.lane, bucket, speaker);
  return (
    <>
      <div
        ref={strip}
        className={`timeline-strip ${pointer.cursor}`}
        role="img"
        aria-label={words("timeline.name")}
        aria-describedby={description}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its name and role are kept; the keys look at it in parts
        tabIndex={0}
        onKeyDown={pressed}
        onBlur={() => setCursor(null)}
        {...pointer.handlers}
      >
        <canvas ref={canvas} />
      </div>
      <p id={description} className="spoken">
        {view === null ? words("timeline.empty") : describe(view, speaker)}
      </p>
      {/* A person who looks at it by the keys hears what stands there. */}
      <p className="spoken" aria-live="polite">
        {cursor === null || tip === null ? "" : tip.map(({ text }) => text).join(", ")}
      </p>
      <div className="timeline-lanes" style={{ height: lanes * LANE }} />
      {view !== null && (
        <div className="timeline-tools">
          <Button name={words("timeline.lanes")} title={words("timeline.lanes-about")} icon={<Rows3 />} isPressed={hasLanes} onClick={() => setHasLanes(!hasLanes)} />
        <select className="timeline-measure" aria-label={words("timeline.measure")} value={measure} onChange={({ target }) => timeline.setMeasure(target.value as Measure)}>
          {MEASURES.map((one) => (
            <option key={one} value={one}>
              {words(MEASURE_NAMES[one])}
            </option>
          ))}
        </select>
        </div>
      )}
      {tip !== null && view !== null && looked !== null && (
        <p className="timeline-tip" aria-hidden style={{ left: Math.min(Math.max(4, toX({ ...view, width }, looked) + 8), Math.max(4, width - TIP_WIDTH)) }}>
          {tip.map(({ text, look }) => (
            <span key={text} className={`timeline-${look}`}>
              {text}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

const MEASURE_NAMES = { messages: "timeline.messages", bytes: "timeline.bytes", latency: "timeline.latency" } as const satisfies Readonly<Record<Measure, Code>>;

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

/** The longest that an answer took to a request of this time, in milliseconds. */
function slowestIn({ latency }: TimelineView, from: number, to: number): number | undefined {
  let most: number | undefined;
  latency?.at.forEach((at, dot) => {
    if (at >= from && at < to) most = Math.max(most ?? 0, latency.took[dot] ?? 0);
  });
  return most;
}

/** Labels of the axis: the time of day where it is known, else the time since the log's first row. */
function ticksOf(view: TimelineView, width: number, { figures }: Speaker): readonly Tick[] {
  const { from, to } = view;
  const step = tickStep(to - from, width);
  const clock = new TimelineClock(view);
  const ahead = utcOffset(clock.epochOf(from)) * 60_000;
  const known = clock.ticks(from, to, step, ahead);
  if (known.length > 0) return known.map(({ at, epoch }) => ({ at, text: step < 1000 ? figures.time(epoch) : step < 60_000 ? figures.second(epoch) : figures.minute(epoch) }));
  if (clock.epochOf(from) !== undefined) return [];
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => ({ at: first + i * step, text: figures.since(first + i * step) }));
}

interface TipLine {
  readonly text: string;
  readonly look: "when" | "sent" | "received" | "wrong" | "mark";
}

/** When, which connection, and what it sent and received then. */
function laneTip(view: TimelineView, { url, traffic, marks }: TimelineLane, bucket: number, speaker: Speaker): readonly TipLine[] {
  const lines = tipLines({ ...view, all: traffic, shown: null, silences: [], marks }, bucket, "messages", speaker);
  return [...lines.slice(0, 1), { look: "mark", text: splitUrl(url).path }, ...lines.slice(1)];
}

/** The numbers of one bucket. */
function tipLines(view: TimelineView, bucket: number, measure: Measure, speaker: Speaker): readonly TipLine[] {
  const { words, figures } = speaker;
  const { start, step, all, shown, marks } = view;
  const from = start + bucket * step;
  const epoch = new TimelineClock(view).epochOf(from);
  const when = (since: number): string => (epoch === undefined ? figures.since(from + since) : step < 1000 ? figures.time(epoch + since) : figures.second(epoch + since));
  const lines: TipLine[] = [{ look: "when", text: words("timeline.when", { from: when(0), to: when(step) }) }];
  const silence = view.silences.find((one) => one.to > from && one.from < from + step);
  if (silence !== undefined) lines.push({ look: "mark", text: words("timeline.silence", { ms: silence.to - silence.from }) });
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

const MARK_WORDS = {
  open: "timeline.opened",
  close: "timeline.closed",
  error: "timeline.errors",
  navigation: "timeline.navigated",
  pause: "timeline.paused",
  report: "timeline.reported",
  pin: "timeline.pinned",
} as const satisfies Readonly<Record<TimelineMark["kind"], Code>>;

const markWords = ({ kind, code, count }: TimelineMark, words: Speaker["words"]): string => words(MARK_WORDS[kind], { n: count, code: code ?? 0 });

/** What stands beside a mark's line. */
function markLabel(mark: TimelineMark, { words }: Speaker): string {
  const { kind } = mark;
  return isWrongEnd(mark) || kind === "pause" || kind === "navigation" ? markWords(mark, words) : "";
}

const sum = (values: Uint32Array): number => values.reduce((a, b) => a + b, 0);

function describe(view: TimelineView, { words, figures }: Speaker): string {
  const clock = new TimelineClock(view);
  const when = (at: number): string => {
    const epoch = clock.epochOf(at);
    return epoch === undefined ? figures.since(at) : figures.time(epoch);
  };
  const lanes = view.lanes.shown.map(({ url, traffic }) => words("timeline.lane", { url, sent: sum(traffic.sent), received: sum(traffic.received) }));
  const others = view.lanes.count - lanes.length;
  return [words("timeline.about", { from: when(view.from), to: when(view.to), sent: sum(view.all.sent), received: sum(view.all.received) }), ...lanes, ...(lanes.length > 0 && others > 0 ? [words("timeline.other-lanes", { n: others })] : [])].join(" ");
}
