import type { Span, TimelineMark, TimelineTraffic, TimelineView } from "../../contract/timeline.ts";
import type { Measure } from "./timeline-store.ts";
import { drawQuiet, drawSilences } from "./draw-silences.ts";
import { MarkLabels, type LaidLabel } from "./mark-labels.ts";
import type { Colours } from "./timeline-colours.ts";
import { toX, type Scale } from "./timeline-scale.ts";

/** A label of the axis. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** All that one drawing shows. */
export interface Drawing {
  readonly view: TimelineView;
  readonly window: Span | null;
  readonly measure: Measure;
  readonly width: number;
  /** Without the lanes, which stand below. */
  readonly height: number;
  /** What lanes are called, in their order. */
  readonly lanes: readonly string[];
  /** The bucket that is looked at; null for none. */
  readonly bucket: number | null;
  readonly ticks: readonly Tick[];
  /** How much the highest bars are, or how long answers took, in words; empty where there are none. */
  readonly legend: string;
  readonly labelOf: (mark: TimelineMark) => string;
}

/** Below this height there are bars alone. */
const LABELLED = 44;
/** A line of labels: those of marks above the bars, the axis below. Bars never reach into them, so that both can be read. */
const LABEL_LINE = 10;
/** Of the upper one. */
const LABEL_BASELINE = 8;
const LEFT = 6;
/** Between the last label and the edge. */
const EDGE = 4;
/** Between a label and a mark of others: half a diamond. Its own stand farther. */
const BESIDE = 3;
/** The height of a connection's lane: its name, and its bars. */
export const LANE = 22;
/** What is above the line, of the room for bars: mostly little is sent and much received. */
const SHARE_SENT = 0.4;

/** Draws all anew. Cost: by the buckets and marks. */
export function drawTimeline(context: CanvasRenderingContext2D, drawing: Drawing, colours: Colours): void {
  const { view, window, width, height, bucket } = drawing;
  const scale: Scale = { from: view.from, to: view.to, width };
  const all = height + drawing.lanes.length * LANE;
  const isLabelled = height >= LABELLED;
  const top = isLabelled ? LABEL_LINE : 2;
  const bottom = height - (isLabelled ? LABEL_LINE + 1 : 2);
  const middle = Math.round(top + (bottom - top) * SHARE_SENT);
  context.clearRect(0, 0, width, all);
  context.font = colours.font;
  context.textBaseline = "alphabetic";
  if (window !== null) drawWindow(context, scale, window, all, colours.window, "fill", colours);
  if (bucket !== null) {
    context.fillStyle = colours.line;
    const [left, right] = barOf(view, scale, bucket, 0);
    context.fillRect(left, 0, right - left, all);
  }
  drawLanes(context, drawing, scale, colours);
  drawSilences(context, view.silences, scale, { top: middle - 6, bottom: middle + 7, middle }, colours);
  if (drawing.measure === "latency") {
    drawLatency(context, drawing, scale, { top, bottom }, colours);
    if (window !== null) drawWindow(context, scale, window, height, colours.accent, "edges", colours);
    drawQuiet(context, view.quiet, scale, bottom, colours);
    drawMarks(context, drawing, scale, colours, isLabelled);
    if (isLabelled) drawAxis(context, drawing, scale, colours);
    return;
  }
  context.fillStyle = colours.line;
  context.fillRect(0, middle, width, 1);
  const room = { sent: middle - top, received: bottom - middle - 1, middle };
  const peaks = peaksOf(view.all, drawing.measure);
  drawBars(context, drawing, scale, view.all, peaks, room, view.shown === null ? colours : { sent: colours.quiet, received: colours.quiet });
  if (view.shown !== null) drawBars(context, drawing, scale, view.shown, peaks, room, colours);
  if (window !== null) drawWindow(context, scale, window, height, colours.accent, "edges", colours);
  drawQuiet(context, view.quiet, scale, bottom, colours);
  drawMarks(context, drawing, scale, colours, isLabelled);
  if (isLabelled) drawAxis(context, drawing, scale, colours);
}

/** What passed on each connection, all by the most of any. */
function drawLanes(context: CanvasRenderingContext2D, drawing: Drawing, scale: Scale, colours: Colours): void {
  const { view, lanes, measure, width, height } = drawing;
  const peaks = view.lanes.shown.map(({ traffic }) => peaksOf(traffic, measure));
  const most = { sent: highest(peaks.map(({ sent }) => sent)), received: highest(peaks.map(({ received }) => received)) };
  context.textAlign = "left";
  for (const [i, { traffic, marks, silences }] of view.lanes.shown.entries()) {
    const top = height + i * LANE;
    const bars = top + LABEL_LINE;
    const middle = bars + Math.round((LANE - LABEL_LINE) * SHARE_SENT);
    context.fillStyle = colours.line;
    context.fillRect(0, top, width, 1);
    drawSilences(context, silences, scale, { top: bars, bottom: top + LANE, middle }, colours);
    drawBars(context, drawing, scale, traffic, most, { sent: middle - bars, received: top + LANE - middle - 2, middle }, colours);
    for (const mark of marks) {
      context.fillStyle = lookOf(mark, colours).colour;
      context.fillRect(Math.round(toX(scale, mark.at)), top + 1, 1, isWrongEnd(mark) ? LANE - 1 : 4);
    }
    context.fillStyle = colours.text;
    write(context, colours, lanes[i] ?? "", LEFT, top + LABEL_BASELINE + 1);
  }
}

const valuesOf = (traffic: TimelineTraffic, measure: Measure): { readonly sent: Uint32Array | Float64Array; readonly received: Uint32Array | Float64Array } =>
  measure === "bytes" ? { sent: traffic.sentBytes, received: traffic.receivedBytes } : traffic;

/** The most of one bucket, each way. */
export function peaksOf(traffic: TimelineTraffic, measure: Measure): { readonly sent: number; readonly received: number } {
  const { sent, received } = valuesOf(traffic, measure);
  return { sent: highest(sent), received: highest(received) };
}

function highest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** From where to where a bucket's bar reaches, in whole pixels; `gap` is left to the next. */
function barOf({ start, step }: TimelineView, scale: Scale, bucket: number, gap: number): readonly [left: number, right: number] {
  const left = Math.round(toX(scale, start + bucket * step));
  return [left, Math.max(left + 1, Math.round(toX(scale, start + (bucket + 1) * step)) - gap)];
}

interface Room {
  readonly sent: number;
  readonly received: number;
  readonly middle: number;
}

function drawBars(context: CanvasRenderingContext2D, { view, measure }: Drawing, scale: Scale, traffic: TimelineTraffic, peaks: { readonly sent: number; readonly received: number }, room: Room, { sent, received }: Pick<Colours, "sent" | "received">): void {
  const values = valuesOf(traffic, measure);
  const gap = toX(scale, view.from + view.step) >= 3 ? 1 : 0;
  for (const [way, colour] of [["sent", sent], ["received", received]] as const) {
    context.fillStyle = colour;
    for (let bucket = 0; bucket < values[way].length; bucket++) {
      const value = values[way][bucket] ?? 0;
      if (value === 0) continue;
      const [left, right] = barOf(view, scale, bucket, gap);
      // What is there is seen, however little it is beside the most.
      const height = Math.max(1, Math.round((value / peaks[way]) * room[way]));
      context.fillRect(left, way === "sent" ? room.middle - height : room.middle + 1, right - left, height);
    }
  }
}

/** Shorter ones are drawn at the bottom. */
const SHORTEST_MS = 0.1;
const DOT = 3;

/** Where a latency stands between the quickest at the bottom, 0, and the slowest at the top, 1: each tenfold is as high. */
export function latencyHeight(took: number, { least, most }: { readonly least: number; readonly most: number }): number {
  const from = Math.max(least, SHORTEST_MS);
  const all = Math.log(Math.max(most, 2 * from) / from);
  return Math.min(1, Math.max(0, Math.log(Math.max(took, from) / from) / all));
}

/** A dot for each answer, at the time of its request; lines at the median and the 95th percentile. */
function drawLatency(context: CanvasRenderingContext2D, { view: { latency }, width }: Drawing, scale: Scale, { top, bottom }: { readonly top: number; readonly bottom: number }, colours: Colours): void {
  context.fillStyle = colours.line;
  context.fillRect(0, bottom, width, 1);
  if (latency === null) return;
  const { at, took, spread } = latency;
  const yOf = (value: number): number => Math.round(bottom - DOT - latencyHeight(value, spread) * (bottom - top - DOT));
  context.fillStyle = colours.received;
  for (let dot = 0; dot < at.length; dot++) context.fillRect(Math.round(toX(scale, at[dot] as number)) - 1, yOf(took[dot] as number), DOT, DOT);
  for (const [value, colour] of [[spread.median, colours.quiet], [spread.p95, colours.warning]] as const) {
    context.fillStyle = colour;
    for (let x = 0; x < width; x += 5) context.fillRect(x, yOf(value) + 1, 3, 1);
  }
}

function drawWindow(context: CanvasRenderingContext2D, scale: Scale, { from, to }: Span, height: number, colour: string, part: "fill" | "edges", { background }: Colours): void {
  const left = Math.round(toX(scale, from));
  const right = Math.max(left + 1, Math.round(toX(scale, to)));
  context.fillStyle = colour;
  if (part === "fill") context.fillRect(left, 0, right - left, height);
  else
    for (const edge of [left - 1, right]) {
      context.fillStyle = colour;
      context.fillRect(edge, 0, 1, height);
      context.fillRect(edge - 1, Math.round(height / 2) - 6, 3, 12);
      context.fillStyle = background;
      context.fillRect(edge, Math.round(height / 2) - 4, 1, 8);
    }
}

/** Below the bars: how high they are, and when. */
function drawAxis(context: CanvasRenderingContext2D, { ticks, legend, height, width }: Drawing, scale: Scale, colours: Colours): void {
  context.fillStyle = colours.faint;
  context.textAlign = "left";
  const low = height - 3;
  write(context, colours, legend, LEFT, low);
  const free = LEFT + context.measureText(legend).width + 12;
  context.textAlign = "center";
  for (const { at, text } of ticks) {
    const x = toX(scale, at);
    const half = context.measureText(text).width / 2;
    if (x - half < free || x + half > width - EDGE) continue;
    write(context, colours, text, x, low);
  }
}

/** Text that stays readable over bars. */
function write(context: CanvasRenderingContext2D, { background }: Colours, text: string, x: number, y: number): void {
  context.strokeStyle = background;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

function drawMarks(context: CanvasRenderingContext2D, drawing: Drawing, scale: Scale, colours: Colours, isLabelled: boolean): void {
  const { view, height, width, labelOf } = drawing;
  context.textAlign = "left";
  const placed = view.marks.map((mark) => ({ mark, x: Math.round(toX(scale, mark.at)), look: lookOf(mark, colours) })).filter(({ x }) => x >= 0 && x <= width);
  const labels = new MarkLabels(width - EDGE, (mark) => labelOf(mark), (text) => context.measureText(text).width);
  if (isLabelled) for (const { mark, x, look } of placed) if (look.shape !== "tick") labels.add(mark, x);
  const laid = labels.laid();
  let next = 0;
  for (const { x, look } of placed) {
    while (next < laid.length && endOf(laid[next] as LaidLabel) < x) next += 1;
    // A line through the label of another would be read as a part of its words.
    const top = next < laid.length && (laid[next] as LaidLabel).x - BESIDE <= x ? LABEL_LINE : 0;
    context.fillStyle = look.colour;
    if (look.shape === "tick") context.fillRect(x, top, 1, 4);
    else if (look.shape === "diamond") drawDiamond(context, x, top + 4);
    // Below stand the figures.
    else drawLine(context, x, top, isLabelled ? height - LABEL_LINE - 1 : height, look.shape === "dashes");
  }
  for (const { mark, text, x } of laid) {
    context.fillStyle = lookOf(mark, colours).colour;
    write(context, colours, text, x, LABEL_BASELINE);
  }
}

const endOf = ({ x, length }: LaidLabel): number => x + length + BESIDE;

/** Codes that say that all went well: RFC 6455 §7.4.1. */
const IN_ORDER: ReadonlySet<number> = new Set([1000, 1001, 1005]);

export function isWrongEnd({ kind, code }: TimelineMark): boolean {
  return kind === "error" || (kind === "close" && code !== null && !IN_ORDER.has(code));
}

function lookOf(mark: TimelineMark, { sent, faint, error, warning, accent, text }: Colours): { readonly colour: string; readonly shape: "tick" | "diamond" | "dashes" | "line" } {
  if (isWrongEnd(mark)) return { colour: error, shape: "dashes" };
  switch (mark.kind) {
    case "open":
      return { colour: sent, shape: "tick" };
    case "close":
      return { colour: faint, shape: "tick" };
    case "pause":
      return { colour: warning, shape: "dashes" };
    case "report":
      return { colour: accent, shape: "tick" };
    case "navigation":
      return { colour: text, shape: "line" };
    default:
      return { colour: accent, shape: "diamond" };
  }
}

function drawLine(context: CanvasRenderingContext2D, x: number, top: number, bottom: number, isDashed: boolean): void {
  if (!isDashed) return context.fillRect(x, top, 1, bottom - top);
  for (let y = top; y < bottom; y += 4) context.fillRect(x, y, 1, 2);
}

function drawDiamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  for (let i = -3; i <= 3; i++) context.fillRect(x - (3 - Math.abs(i)), y + i, 2 * (3 - Math.abs(i)) + 1, 1);
}
