import { readFileSync } from "node:fs";
import { expect, it, onTestFinished, vi } from "vitest";
import type { TimelineMark, TimelineTraffic, TimelineView } from "../../../src/contract/timeline.ts";
import { ROW_KINDS } from "../../../src/model/frame.ts";
import { connectionId, frameIndex, milliseconds, monotonicSeconds } from "../../../src/model/units.ts";
import { drawTimeline } from "../../../src/panel/timeline/draw-timeline.ts";
import { readColours } from "../../../src/panel/timeline/timeline-colours.ts";

const TOKENS = readFileSync(new URL("../../../src/panel/tokens.css", import.meta.url), "utf8");
const [LIGHT = "", DARK = ""] = TOKENS.split('[data-theme="dark"]');

/** The values of a theme, as the browser would find them: dark's own in front of light's. */
function tokensOf(theme: "light" | "dark"): ReadonlyMap<string, string> {
  const read = (css: string): [string, string][] => [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]);
  return new Map([...read(LIGHT), ...(theme === "dark" ? read(DARK) : [])]);
}

/** WCAG 2.2, 1.4.3: relative luminance, and the ratio of two. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b]
    .map((hex) => {
      const digits = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(hex)?.[1];
      if (digits === undefined) throw new Error(`${hex} is no colour that this test reads.`);
      const [red = 0, green = 0, blue = 0] = (digits.match(digits.length === 3 ? /./g : /../g) ?? []).map((part) => {
        const share = Number.parseInt(part.padStart(2, part), 16) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .toSorted((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

const KINDS = [...ROW_KINDS.filter((kind) => kind !== "message"), "pin"] as const;
const values = new Uint32Array(10).fill(3);
const traffic: TimelineTraffic = { sent: values, received: values, sentBytes: Float64Array.from(values), receivedBytes: Float64Array.from(values) };

it.each(["light", "dark"] as const)("every text on the timeline stands out from what is under it by 4.5 to 1: %s", (theme) => {
  const tokens = tokensOf(theme);
  vi.stubGlobal("getComputedStyle", () => ({ getPropertyValue: (name: string) => tokens.get(name) ?? "" }));
  onTestFinished(() => void vi.unstubAllGlobals());
  const colours = readColours({} as Element);
  const texts: { readonly text: string; readonly colour: string; readonly under: string }[] = [];
  const context = {
    fillStyle: "",
    strokeStyle: "",
    clearRect: () => undefined,
    fillRect: () => undefined,
    strokeText: () => undefined,
    measureText: (text: string) => ({ width: text.length }),
    // Each text has a border of its own, so that bars under it do not matter.
    fillText: (text: string) => texts.push({ text, colour: context.fillStyle, under: context.strokeStyle }),
  };
  const marks = KINDS.flatMap((kind, i): TimelineMark[] => [1000, 1006].map((code, j) => ({ kind, at: milliseconds(1000 * (2 * i + j)), count: 1, frame: frameIndex(0), code: kind === "close" ? code : null })));
  const lane = { connection: connectionId(1), url: "wss://shop.test", traffic, marks: [], silences: [] };
  const view = { from: milliseconds(0), to: milliseconds(20_000), start: milliseconds(0), step: 2000, all: traffic, shown: null, window: null, marks, silences: [], quiet: [], lanes: { shown: [lane], count: 1 }, latency: null, clock: null, startedAt: monotonicSeconds(0) } as unknown as TimelineView;
  drawTimeline(context as unknown as CanvasRenderingContext2D, { view, window: null, measure: "messages", width: 2000, height: 52, lanes: ["/live"], bucket: null, ticks: [{ at: 10_000, text: "10:00" }], legend: "3 sent", labelOf: ({ kind, code }) => `${kind} ${code}` }, colours);
  expect(texts.length).toBeGreaterThan(6);
  expect(texts.filter(({ colour, under }) => contrast(colour, under) < 4.5)).toEqual([]);
  expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(["3 sent", "10:00", "/live"]));
});

it("reads colours as WCAG does", () => {
  expect(contrast("#000", "#ffffff")).toBe(21);
  expect(contrast("#777777", "#fff")).toBeCloseTo(4.48, 2);
});
