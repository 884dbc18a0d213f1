import { use, useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { Rows3 } from "lucide-react";
import type { TimelineView } from "../../contract/timeline.ts";
import { milliseconds } from "../../model/units.ts";
import type { Speaker } from "../../words/speaker.ts";
import { Button } from "../controls/button.tsx";
import { takeKey } from "../controls/take-key.ts";
import { useElementWidth } from "../controls/use-element-width.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { drawTimeline, LANE, type Tick } from "./draw-timeline.ts";
import { TimelineClock } from "./timeline-clock.ts";
import { readColours } from "./timeline-colours.ts";
import { laneName, legendOf, markLabel } from "./timeline-labels.ts";
import { tickStep, toTime, toX } from "./timeline-scale.ts";
import { MEASURES, timelineOf, utcOffset, type Measure } from "./timeline-store.ts";
import { laneTip, tipLines } from "./timeline-tip.ts";
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
  const timeline = timelineOf(session);
  const { view, window, measure, hasLanes } = useSelected(timeline, (state) => state);
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useElementWidth(strip);
  const theme = useTheme();
  const description = useId();
  /** The moment that the keys look at; null where they do not. */
  const [cursor, setCursor] = useState<number | null>(null);
  /** Where extending by the keys began. */
  const anchor = useRef<number | null>(null);
  const pointer = useTimelinePointer({ strip, timeline, view, window, width, laneHeight: LANE, onMark: ({ frame }) => session.selection.goToFrame(frame), onLane: ({ connection }) => session.chooseConnection(connection, true) });
  const { words } = speaker;
  const lanes = view?.lanes.shown.length ?? 0;
  const others = (view?.lanes.count ?? 0) - lanes;

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
    drawTimeline(context, { view, window: shownWindow, measure, width, height: height - lanes * LANE, lanes: view.lanes.shown.map((lane) => laneName(lane, speaker)), bucket, ticks: ticksOf(view, width, speaker), legend: legendOf(view, measure, speaker), labelOf: (mark) => markLabel(mark, speaker.words) }, readColours(element));
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
      <div className="timeline-lanes" style={{ height: lanes * LANE }}>
        {/* Said in the description, too. */}
        {lanes > 0 && others > 0 && (
          <span className="timeline-others" aria-hidden>
            {words("timeline.other-lanes", { n: others })}
          </span>
        )}
      </div>
      {view !== null && (
        <div className="timeline-tools">
          <Button name={words("timeline.lanes")} title={words("timeline.lanes-about")} icon={<Rows3 />} isPressed={hasLanes} onClick={() => timeline.showLanes(!hasLanes)} />
        <select className="timeline-measure" aria-label={words("timeline.measure")} value={measure} onChange={({ target }) => timeline.setMeasure(target.value as Measure)}>
          {MEASURES.map((one) => (
            <option key={one} value={one}>
              {words(`timeline.${one}`)}
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
