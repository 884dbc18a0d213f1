import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Refusal } from "../../../src/model/refusal.ts";
import { frameIndex } from "../../../src/model/units.ts";
import { imported } from "./imported.ts";

/** What stands where something else should: each type of JSON, and numbers and texts that are none of a time, a length, base64 or a URL. */
const other = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e300, -1e300, 1.5, 2 ** 53, "", "x", "2026-13-45T99:99:99Z", "NaN", "====", "http://[", "\ud800", "__proto__", [], {}, [[]], [null], { a: 1 }, { length: 1e9 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The same with another value at one of its places, counted from the outside in. */
function changed(value: unknown, at: { left: number }, by: unknown): unknown {
  if (at.left-- === 0) return by;
  if (Array.isArray(value)) return value.map((one) => changed(one, at, by));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one, at, by)]));
}

const placesIn = (value: unknown): number => 1 + (typeof value === "object" && value !== null ? Object.values(value).reduce((sum: number, one) => sum + placesIn(one), 0) : 0);

const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`../../fixtures/${name}`, import.meta.url), "utf8")) as unknown;
const CAPTURE = [
  { record: "capture", format: "framescope", version: 1, rows: 3 },
  { record: "connection", connection: 7, transport: "websocket", url: "wss://shop.test/feed", state: "closed", seenFromStart: true, closed: 1_795_175_562, target: { type: "page", url: "https://shop.test/" }, request: { time: 1_795_175_557, headers: [{ name: "Origin", value: "https://shop.test" }] }, response: { time: 1_795_175_557.02, status: 101, statusText: "Switching Protocols", headers: [] }, closing: { code: 1000, reason: "done", wasClean: true } },
  { record: "message", n: 1, connection: 7, time: 1_795_175_558, direction: "received", opcode: 1, size: 1, text: "a", pinned: true, note: "x" },
  { record: "message", n: 2, connection: 7, time: 1_795_175_559, direction: "sent", opcode: 2, size: 1, base64: "AQ==" },
  { record: "end", connections: 1, messages: 2, rows: 3 },
];
const asLines = (records: unknown): Buffer => Buffer.from(Array.isArray(records) ? `${records.map((record) => JSON.stringify(record)).join("\n")}\n` : JSON.stringify(records));
const asJson = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

it.each<[string, () => Promise<unknown>, (value: unknown) => Buffer]>([
  ["har/chromium-devtools.har", () => read("har/chromium-devtools.har"), asJson],
  ["har/playwright-embed.har", () => read("har/playwright-embed.har"), asJson],
  ["imports/net-log-everything.json", () => read("imports/net-log-everything.json"), asJson],
  ["imports/net-log-default.json", () => read("imports/net-log-default.json"), asJson],
  ["NDJSON", () => Promise.resolve(CAPTURE), asLines],
])("%s with any other value anywhere is read as far as it can be, told by its place, or refused", async (_, load, write) => {
  const whole = await load();
  const places = placesIn(whole);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: places - 1 }), other, async (left, by) => {
      const file = write(changed(whole, { left }, by));
      const answer = await imported(file).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
      if (answer === undefined) return;
      const { log, table } = answer.capture;
      for (let row = 0; row < log.length; row++) {
        expect(Number.isFinite(log.timeAt(frameIndex(row)))).toBe(true);
        const time = table.clock.toEpoch(log.timeAt(frameIndex(row)));
        if (time !== undefined) new Date(time).toISOString();
      }
    }),
    { numRuns: 30 },
  );
});
