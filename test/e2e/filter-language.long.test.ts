import { decode } from "@msgpack/msgpack";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo, type Demo } from "../../demo/demo-server.mjs";
import type { ConnectionRecord } from "../../demo/server-record.mjs";
import { click, setFilter } from "../../scripts/panel-actions.mjs";
import { borrowStage, until, type Har, type Stage } from "./stage.ts";

/** A message as the servers recorded it, with what a plain loop can know of it. */
interface Recorded {
  readonly path: string;
  readonly direction: "sent" | "received";
  readonly opcode: number;
  readonly text: string;
  /** The text that it came behind on its connection, as a Socket.IO attachment comes behind its packet; of a text, itself. */
  readonly packet: string;
  readonly value: unknown;
}

const field = (value: unknown, key: string): unknown => (value as Record<string, unknown> | null | undefined)?.[key];
const isFeed = ({ path }: Recorded): boolean => path === "/feed" || path === "/relay";
const isAcknowledgement = ({ path, direction, text }: Recorded): boolean => path.startsWith("/socket.io/") && direction === "received" && /^43\/orders,\d+\[/.test(text);

const FILTERS: readonly (readonly [string, (message: Recorded) => boolean])[] = [
  ["is:sent", ({ direction }) => direction === "sent"],
  ["is:received is:binary", ({ direction, opcode }) => direction === "received" && opcode === 2],
  ["url:/feed", ({ path }) => path === "/feed"],
  ["protocol:graphql*", ({ path }) => path === "/graphql"],
  ["target:book-worker", ({ path }) => path === "/book"],
  ["url:/feed type:tick", (message) => message.path === "/feed" && field(message.value, "type") === "tick"],
  ["url:/feed .px > 64000", (message) => message.path === "/feed" && Number(field(message.value, "px")) > 64_000],
  ['url:/feed .sym = "BTC-USD" OR url:/relay .sym = "BTC-USD"', (message) => isFeed(message) && field(message.value, "sym") === "BTC-USD"],
  ["url:/book .seq > 20", (message) => message.path === "/book" && Number(field(message.value, "seq")) > 20],
  ["url:/feed -type:tick", (message) => message.path === "/feed" && field(message.value, "type") !== "tick"],
  ["url:/feed size:>110", ({ path, text }) => path === "/feed" && Buffer.byteLength(text) > 110],
  ["url:/feed /ETH-USD|SOL-USD/", ({ path, text }) => path === "/feed" && /ETH-USD|SOL-USD/.test(text)],
  ["url:/feed is:text size:100..118", ({ path, opcode, text }) => path === "/feed" && opcode === 1 && Buffer.byteLength(text) >= 100 && Buffer.byteLength(text) <= 118],
  ["opcode:2", ({ opcode }) => opcode === 2],
  ["host:localhost*", ({ path }) => path === "/chat"],
  ['url:/feed "sym":"BTC-USD"', ({ path, text }) => path === "/feed" && text.includes('"sym":"BTC-USD"')],
  ["url:/book .bids", (message) => message.path === "/book" && field(message.value, "bids") !== undefined],
  // Which symbols stand in it is up to the demo's market.
  ["url:/graphql .payload.data.portfolio.positions[*].symbol ~ /^[A-Z]/", ({ path, text }) => path === "/graphql" && text.includes('"positions":[{')],
  ["url:/graphql $..symbol", ({ path, text }) => path === "/graphql" && text.includes('"symbol":')],
  ["topic:/orders is:received", ({ path, direction, packet }) => path.startsWith("/socket.io/") && direction === "received" && /^4\d(?:\d+-)?\/orders,/.test(packet)],
  ["url:/socket.io id:1", ({ path, text }) => path.startsWith("/socket.io/") && /^4[2356](?:\d+-)?\/orders,1\[/.test(text)],
  ["(url:/feed OR url:/book) NOT is:binary", ({ path, opcode }) => (path === "/feed" || path === "/book") && opcode !== 2],
];

let demo: Demo;
let stage: Stage;
let recorded: Recorded[] = [];

beforeAll(async () => {
  demo = await startDemo({ record: "payloads" });
  stage = await borrowStage(demo.url);
  // Of each there is something soon, where the feed alone would take long to be many.
  await stage.page.select("#rate", "100");
  const missing = (): readonly string[] => {
    const now = recordedUntilNow();
    return [...FILTERS, ["an answered order", isAcknowledgement] as const].filter(([, matches]) => !now.some(matches)).map(([name]) => name);
  };
  await until(missing, ({ length }) => length === 0);
  // What the servers have recorded is on its way to the panel yet, and comes before what they send behind it.
  const recordedThen = recordedUntilNow().length;
  await until(
    async () => Number((await stage.status("Matches")).split(" ")[0]?.replace(",", "")),
    (frames) => frames > Math.max(300, recordedThen + 100),
  );
  // The log stands still while it is counted. What the servers sent after the pause is cut off below.
  recorded = recordedAsCaptured(await stage.pause());
  await stage.freeze();
});
afterAll(async () => {
  await stage.end();
  await demo.close();
});

/** The servers' own record of each connection and direction, as far as the capture had come when it was paused. */
function recordedAsCaptured({ log }: Har): Recorded[] {
  const seenBefore = new Map<string, number>();
  return log.entries.flatMap(({ request, _webSocketMessages: messages }) => {
    const { pathname, search } = new URL(request.url);
    const path = pathname + search;
    const turn = seenBefore.get(path) ?? 0;
    const record = demo.record.connections.filter((connection) => connection.path === path)[turn];
    if (record === undefined) return [];
    seenBefore.set(path, turn + 1);
    const countOf = (wanted: "send" | "receive"): number => messages.filter(({ type }) => type === wanted).length;
    return recordedOf(record, { sent: countOf("send"), received: countOf("receive") });
  });
}

const recordedUntilNow = (): Recorded[] => demo.record.connections.flatMap((connection) => recordedOf(connection));

/** The first so many messages of each direction, or all. */
function recordedOf({ path, frames }: ConnectionRecord, counts = { sent: Infinity, received: Infinity }): Recorded[] {
  return (["sent", "received"] as const).flatMap((direction) => {
    let packet = "";
    return frames
      .filter((frame) => frame.direction === direction)
      .slice(0, counts[direction])
      .map(({ opcode, payload }) => {
        const bytes = payload ?? Buffer.alloc(0);
        const text = bytes.toString();
        if (opcode === 1) packet = text;
        return { path, direction, opcode, text, packet, value: valueOf(path, opcode, bytes) };
      });
  });
}

function valueOf(path: string, opcode: number, bytes: Buffer): unknown {
  try {
    return opcode === 2 ? (path === "/book" ? decode(bytes) : undefined) : JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

describe("the filter language on the demo's real traffic", () => {
  it.each(FILTERS)("%s counts what a plain loop over the servers' record counts", async (filter, matches) => {
    const count = recorded.filter(matches).length;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(recorded.length);
    await setFilter(stage, filter);
    await stage.waitForStatus("Matches", new RegExp(`^${count.toLocaleString("en-US")} of `));
  });

  it("pairs each order with its answer, and tells how long it took", async () => {
    await setFilter(stage, "is:sent type:order*");
    expect(recorded.some(isAcknowledgement)).toBe(true);
    const row = await stage.panel.waitForFunction(
      () =>
        [...document.querySelectorAll('[role="grid"] [role="row"]')]
          .map((element) => (element as HTMLElement).innerText.replace(/\s+/g, " "))
          .find((text) => /order/.test(text) && /→ ?[\d.,]+ m?s/.test(text)),
      { polling: 50 },
    );
    expect(await row.jsonValue()).toMatch(/↑ .* order/);
  });

  it("ends a pattern that would never end, says so, and stays usable", async () => {
    await click(stage.panel, "button", "Record");
    await stage.waitForStatus("Capture", /^Capturing/);
    await stage.page.goto(demo.url);
    await stage.page.evaluate(() => {
      const socket = new WebSocket(`${location.origin.replace("http", "ws")}/feed`);
      socket.onopen = () => socket.send(`${"a".repeat(40)}!`);
    });
    await setFilter(stage, "/^(a+)+$/");
    const said = await stage.panel.waitForSelector('[role="alert"] ::-p-text(over 2 s)');
    expect(said).not.toBeNull();
    const before = await stage.status("Matches");
    await stage.panel.waitForFunction((text) => document.querySelector('[aria-label="Matches"]')?.textContent !== text, { polling: 50 }, before);
    expect(await stage.panel.evaluate(() => document.body.innerText)).not.toContain(" lost");
  });
});
