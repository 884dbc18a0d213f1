import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span, TimelineLatency, TimelineMark, TimelineView } from "../../../src/contract/timeline.ts";
import { connectionId, frameIndex, milliseconds, monotonicSeconds } from "../../../src/model/units.ts";
import { drawTimeline, LANE, type Drawing } from "../../../src/panel/timeline/draw-timeline.ts";
import type { Colours } from "../../../src/panel/timeline/timeline-colours.ts";

const BUCKETS = 60;
const CHARACTER = 5;
const COLOURS: Colours = { text: "text", faint: "faint", quiet: "quiet", line: "line", sent: "sent", received: "received", error: "error", warning: "warning", accent: "accent", window: "window", background: "background", font: "9px sans-serif" };

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What was drawn: rectangles by their colour, and the room that texts take. */
function record(drawn: Drawing): { readonly boxes: readonly (Box & { readonly colour: unknown })[]; readonly texts: readonly (Box & { readonly text: string })[] } {
  const boxes: (Box & { readonly colour: unknown })[] = [];
  const texts: (Box & { readonly text: string })[] = [];
  const context = {
    fillStyle: "",
    textAlign: "left",
    clearRect: () => undefined,
    strokeText: () => undefined,
    measureText: (text: string) => ({ width: text.length * CHARACTER }),
    fillRect(left: number, top: number, width: number, height: number) {
      boxes.push({ left, top, right: left + width, bottom: top + height, colour: context.fillStyle });
    },
    fillText(text: string, x: number, y: number) {
      const left = context.textAlign === "center" ? x - (text.length * CHARACTER) / 2 : x;
      // Of 9 px type, the capitals.
      texts.push({ left, top: y - 6.5, right: left + text.length * CHARACTER, bottom: y, text });
    },
  };
  drawTimeline(context as unknown as CanvasRenderingContext2D, drawn, COLOURS);
  return { boxes, texts };
}

const isOver = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const traffic = (value: (bucket: number) => number) => {
  const each = Array.from({ length: BUCKETS }, (_, bucket) => value(bucket));
  return { sent: Uint32Array.from(each), received: Uint32Array.from(each), sentBytes: Float64Array.from(each), receivedBytes: Float64Array.from(each) };
};

const mark = (kind: TimelineMark["kind"], at: number): TimelineMark => ({ kind, at: milliseconds(at), count: 1, frame: frameIndex(0), code: kind === "close" ? 1006 : null });

/** A minute of a timeline, as high as it goes in each bucket. */
function drawing({ value = () => 9, marks = [], lanes = 0, width = 300, silences = [], quiet = [], laneSilences = [], latency = null }: { readonly value?: (bucket: number) => number; readonly marks?: readonly TimelineMark[]; readonly lanes?: number; readonly width?: number; readonly silences?: readonly Span[]; readonly quiet?: readonly Span[]; readonly laneSilences?: readonly Span[]; readonly latency?: TimelineLatency | null }): Drawing {
  const view: TimelineView = {
    from: milliseconds(0),
    to: milliseconds(60_000),
    first: milliseconds(0),
    last: milliseconds(60_000),
    start: milliseconds(0),
    step: milliseconds(1000),
    all: traffic(value),
    shown: null,
    latency,
    lanes: { shown: Array.from({ length: lanes }, () => ({ connection: 0 as never, url: "wss://x.example/feed", traffic: traffic(value), marks, unmarked: 0, silences: laneSilences })), count: lanes },
    silences,
    quiet: quiet.map((one) => ({ ...one, connection: connectionId(1), url: "wss://x.example/feed" })),
    unmarked: 0,
    marks,
    window: null,
    origin: monotonicSeconds(0),
    anchors: [],
  };
  const ticks = [10_000, 30_000, 50_000].map((at) => ({ at, text: "12:30:30" }));
  return { view, window: null, measure: latency === null ? "messages" : "latency", width, height: 51, lanes: Array.from({ length: lanes }, () => "/feed"), legend: "↑ 9/s ↓ 9/s", bucket: null, ticks, labelOf: ({ kind }) => kind };
}

describe("the drawing of a timeline", () => {
  it("has no label over a bar, however high the bars and narrow the panel", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: BUCKETS, maxLength: BUCKETS }), fc.array(fc.record({ kind: fc.constantFrom("open", "close", "error", "navigation", "pause", "pin" as const), at: fc.nat(59_999) }), { maxLength: 8 }), fc.integer({ min: 120, max: 800 }), fc.nat(3), (values, marks, width, lanes) => {
        const { boxes, texts } = record(drawing({ value: (bucket) => values[bucket] ?? 0, marks: marks.toSorted((a, b) => a.at - b.at).map(({ kind, at }) => mark(kind, at)), width, lanes }));
        // An opening is a line, one pixel wide.
        const bars = boxes.filter(({ colour, left, right }) => (colour === "sent" || colour === "received") && right - left > 1);
        for (const text of texts) expect(bars.filter((bar) => isOver(bar, text))).toEqual([]);
      }),
    );
  });

  it("has no mark's line through the figures below the bars", () => {
    for (let at = 0; at < 60_000; at += 500) {
      for (const kind of ["error", "navigation", "pause"] as const) {
        const { boxes, texts } = record(drawing({ marks: [mark(kind, at)], value: () => 0 }));
        const low = texts.filter(({ text }) => text !== kind);
        expect(boxes.filter(({ left, right }) => right - left === 1).flatMap((line) => low.filter((text) => isOver(line, text)))).toEqual([]);
      }
    }
  });

  it("has no mark through the label of another, and no label at the very edge", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ kind: fc.constantFrom("open", "close", "error", "navigation", "pause", "pin", "report" as const), at: fc.nat(60_000) }), { maxLength: 12 }), fc.integer({ min: 120, max: 800 }), (marks, width) => {
        const { boxes, texts } = record(drawing({ value: () => 0, marks: marks.toSorted((a, b) => a.at - b.at).map(({ kind, at }) => mark(kind, at)), width }));
        const labels = texts.filter(({ bottom }) => bottom < 10);
        for (const label of labels) {
          expect(boxes.filter((box) => isOver(box, label))).toEqual([]);
          expect(label.right).toBeLessThan(width - 3);
        }
      }),
    );
  });

  it("says how high its bars are, when, and what its marks are", () => {
    const { texts } = record(drawing({ marks: [mark("error", 20_000), mark("open", 40_000)] }));
    expect(texts.map(({ text }) => text)).toEqual(["error", "↑ 9/s ↓ 9/s", "12:30:30", "12:30:30"]);
  });

  it("has a lane below it for each connection, with its name above its bars", () => {
    const { boxes, texts } = record(drawing({ lanes: 2 }));
    expect(texts.filter(({ text }) => text === "/feed").map(({ top }) => Math.floor((top - 51) / LANE))).toEqual([0, 1]);
    expect(boxes.filter(({ colour, top }) => colour === "received" && top > 51)).toHaveLength(2 * BUCKETS);
  });

  it("has a line of dots at the median and one at the 95th percentile of how long answers took, the slower higher, and a dot for each answer", () => {
    const latency: TimelineLatency = { at: Float64Array.of(10_000, 30_000, 50_000), took: Float64Array.of(1, 10, 100), frames: Uint32Array.of(1, 2, 3), spread: { count: 3, least: 1, median: 10, p95: 100, most: 100 } };
    const { boxes } = record(drawing({ latency }));
    const dots = boxes.filter(({ colour }) => colour === "received");
    expect(dots.map(({ left, right }) => (left + right) / 2)).toEqual([50.5, 150.5, 250.5]);
    const [quickest = 0, middle = 0, slowest = 0] = dots.map(({ top }) => top);
    // Each tenfold is as high.
    expect(quickest - middle).toBeCloseTo(middle - slowest, -0.5);
    expect(quickest).toBeGreaterThan(middle);
    const lineOf = (colour: string) => boxes.filter((box) => box.colour === colour && box.right - box.left === 3 && box.bottom - box.top === 1);
    // Through the middle of its dot, and across all of the timeline.
    for (const [colour, dot] of [["quiet", middle], ["warning", slowest]] as const) {
      expect(lineOf(colour)).toHaveLength(60);
      expect(new Set(lineOf(colour).map(({ top }) => top))).toEqual(new Set([dot + 1]));
    }
  });

  it("has a band where nothing came, in the lane of a connection by itself, and one line of dots below the bars where one of several said nothing", () => {
    const span = (from: number, to: number): Span => ({ from: milliseconds(from), to: milliseconds(to) });
    const warnings = (drawn: Drawing) => record(drawn).boxes.filter(({ colour }) => colour === "warning");
    const within = (boxes: readonly Box[], from: number, to: number) => boxes.length > 0 && boxes.every(({ left, right }) => left >= from && right <= to);
    expect(warnings(drawing({}))).toEqual([]);
    const together = warnings(drawing({ silences: [span(20_000, 40_000)] }));
    expect(within(together, 100, 200) && together.every(({ bottom }) => bottom < 30)).toBe(true);
    const lane = warnings(drawing({ lanes: 2, laneSilences: [span(20_000, 40_000)] }));
    expect(within(lane, 100, 200) && lane.every(({ top }) => top > 51)).toBe(true);
    const { boxes, texts } = record(drawing({ quiet: [span(20_000, 40_000), span(22_000, 30_000), span(35_000, 50_000), span(50_100, 50_200)] }));
    const quiet = boxes.filter(({ colour }) => colour === "warning");
    expect(within(quiet, 96, 252)).toBe(true);
    // What is silent twice is drawn once, and lies over no bar and no label.
    expect(new Set(quiet.map(({ left }) => left)).size).toBe(quiet.length);
    const bars = boxes.filter(({ colour }) => colour === "sent" || colour === "received");
    expect(quiet.filter((dot) => [...bars, ...texts].some((other) => isOver(dot, other)))).toEqual([]);
  });
});
