import { describe, expect, it } from "vitest";
import type { TimelineLane, TimelineMark, TimelineTraffic, TimelineView } from "../../../src/contract/timeline.ts";
import { connectionId, frameIndex, milliseconds, monotonicSeconds } from "../../../src/model/units.ts";
import { laneName, legendOf } from "../../../src/panel/timeline/timeline-labels.ts";
import { laneTip, tipLines } from "../../../src/panel/timeline/timeline-tip.ts";
import { en, zh } from "../../words/speakers.ts";

const BUCKETS = 10;

const traffic = (sent: number, received: number): TimelineTraffic => ({
  sent: new Uint32Array(BUCKETS).fill(sent),
  received: new Uint32Array(BUCKETS).fill(received),
  sentBytes: new Float64Array(BUCKETS).fill(sent * 100),
  receivedBytes: new Float64Array(BUCKETS).fill(received * 100),
});

const span = (from: number, to: number) => ({ from: milliseconds(from), to: milliseconds(to) });
const quiet = (path: string, from: number, to: number) => ({ ...span(from, to), connection: connectionId(1), url: `wss://x.example${path}` });
const mark = (kind: TimelineMark["kind"], at: number, code: number | null = null, count = 1): TimelineMark => ({ kind, at: milliseconds(at), count, frame: frameIndex(0), code });

/** A minute and a half, of which no time of day is known. */
const view = (more: Partial<TimelineView> = {}): TimelineView => ({
  ...span(0, 100_000),
  first: milliseconds(0),
  last: milliseconds(100_000),
  start: milliseconds(0),
  step: milliseconds(10_000),
  all: traffic(2, 30),
  shown: null,
  latency: null,
  lanes: { shown: [], count: 0 },
  silences: [],
  quiet: [],
  marks: [],
  unmarked: 0,
  window: null,
  origin: monotonicSeconds(0),
  anchors: [],
  ...more,
});

const texts = (of: TimelineView, measure: "messages" | "bytes" | "latency" = "messages", speaker = en) => tipLines(of, 3, measure, speaker).map(({ text }) => text);

describe("what the timeline says where the pointer is", () => {
  it("is when, and what passed each way, of it what the filter shows", () => {
    expect(texts(view())).toEqual(["30.000 to 40.000", "↑ 2 · 200 B", "↓ 30 · 3.0 kB"]);
    expect(texts(view({ shown: traffic(0, 4) }))).toEqual(["30.000 to 40.000", "↑ 0 of 2 · 200 B", "↓ 4 of 30 · 3.0 kB"]);
  });

  it("is what happened there, with the codes of closings", () => {
    const marks = [mark("open", 29_999), mark("open", 30_000), mark("close", 31_000, 1000), mark("close", 31_000, 1006, 2), mark("error", 32_000), mark("navigation", 33_000), mark("pause", 34_000), mark("pin", 39_999), mark("pin", 40_000)];
    const lines = tipLines(view({ all: traffic(0, 0), marks }), 3, "messages", en).slice(1);
    expect(lines.map(({ text, look }) => [text, look])).toEqual([["opened", "mark"], ["closed 1000", "mark"], ["2 closed (1006)", "wrong"], ["error", "wrong"], ["navigation", "mark"], ["paused", "mark"], ["pinned", "mark"]]);
  });

  it("is the slowest answer to what was asked there, where latency is shown", () => {
    const latency = { at: Float64Array.of(29_999, 30_000, 39_000, 40_000), took: Float64Array.of(900, 20, 38, 800), frames: Uint32Array.of(1, 2, 3, 4), spread: { count: 4, least: 20, median: 38, p95: 900, most: 900 } };
    expect(texts(view({ latency, all: traffic(0, 0) }), "latency").slice(1)).toEqual(["slowest answer 38.0 ms"]);
    expect(texts(view({ latency, all: traffic(0, 0) })).slice(1)).toEqual([]);
  });

  it("is for how long nothing came, or which connections said nothing, the longest first and few by name", () => {
    expect(texts(view({ silences: [span(15_000, 46_000)], all: traffic(0, 0), quiet: [quiet("/a", 15_000, 46_000)] })).slice(1)).toEqual(["no message for 31.0 s"]);
    const some = view({ all: traffic(0, 0), quiet: [quiet("/b", 0, 31_000), quiet("/a", 15_000, 75_000), quiet("/c", 50_000, 90_000)] });
    expect(texts(some).slice(1)).toEqual(["/a: no message for 60.0 s", "/b: no message for 31.0 s"]);
    expect(texts(some, "messages", zh).at(-1)).toMatch(/^\/b：.*内没有消息$/);
    const many = view({ all: traffic(0, 0), quiet: Array.from({ length: 5 }, (_, i) => quiet(`/${i}`, 15_000 + i, 46_000)) });
    expect(texts(many).slice(1).map((text) => text.split(":")[0])).toEqual(["/0", "/1", "/2", "2 more silent connections"]);
  });

  it("is of one connection in its lane", () => {
    const lane: TimelineLane = { connection: connectionId(1), url: "wss://x.example/feed?v=2", traffic: traffic(0, 0), marks: [mark("error", 32_000)], unmarked: 0, silences: [span(15_000, 46_000)] };
    expect(laneTip(view({ quiet: [quiet("/a", 15_000, 46_000)], marks: [mark("pin", 33_000)] }), lane, 3, en).map(({ text }) => text)).toEqual(["30.000 to 40.000", "/feed?v=2", "no message for 31.0 s", "error"]);
  });
});

describe("what the timeline says of its drawing", () => {
  it("is the most of a second each way, or the bytes of it, or how long answers take", () => {
    expect(legendOf(view(), "messages", en)).toBe("↑ 0.2/s ↓ 3/s");
    expect(legendOf(view(), "bytes", en)).toBe("↑ 20 B/s ↓ 300 B/s");
    const latency = { at: Float64Array.of(1), took: Float64Array.of(20), frames: Uint32Array.of(1), spread: { count: 1, least: 20, median: 20, p95: 20, most: 20 } };
    expect(legendOf(view({ latency }), "latency", en)).toBe("p50 20.0 ms · p95 20.0 ms");
    expect(legendOf(view(), "latency", en)).toBe("");
  });

  it("is also what is not drawn for want of room: answers, marks, and those of a lane", () => {
    const latency = { at: Float64Array.of(1, 2), took: Float64Array.of(20, 20), frames: Uint32Array.of(1, 2), spread: { count: 4000, least: 20, median: 20, p95: 20, most: 20 } };
    expect(legendOf(view({ latency, unmarked: 12 }), "latency", en)).toBe("p50 20.0 ms · p95 20.0 ms · 2 of 4,000 answers drawn · 12 marks not drawn");
    expect(legendOf(view({ all: traffic(0, 0), unmarked: 1 }), "messages", en)).toBe("1 mark not drawn");
    const lane: TimelineLane = { connection: connectionId(1), url: "wss://x.example/feed", traffic: traffic(0, 0), marks: [], unmarked: 3, silences: [] };
    expect([laneName(lane, en), laneName({ ...lane, unmarked: 0 }, en)]).toEqual(["/feed · 3 marks not drawn", "/feed"]);
  });
});
