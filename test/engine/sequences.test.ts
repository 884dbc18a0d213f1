import { afterEach, expect, it } from "vitest";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import { monotonicSeconds } from "../../src/model/units.ts";
import { opened, setupEngine, type Step } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

/** The labels of what a filter finds, and what stands at those rows. */
async function oddities(steps: readonly Step[], filter: string): Promise<string[]> {
  const { take, call, until, end: endEngine } = setupEngine();
  end = endEngine;
  take([...opened(1), ...opened(2), ...steps]);
  await until(({ decoded, frames }) => frames > 0 && decoded > frames);
  await call("setScope", { filter, connection: null, sent: true, received: true, sort: null });
  await until(({ scanned, rows, decoded, frames }) => scanned === 1 && rows < frames && decoded > frames);
  const { rows } = await call("rows", { from: 0, to: MOST_ROWS });
  return rows.filter(({ kind }) => kind === "message").map(({ preview, sequence }) => `${preview} ${sequence}`);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const OKX = (seq: number, before: number): Step => ({ payload: `{"arg":{"channel":"books","instId":"BTC"},"data":[{"seqId":${seq},"prevSeqId":${before}}]}` });

it("a message before which numbers are missing is found, and shows it, once its stream is known to count", async () => {
  const tick = (seq: number): Step => ({ payload: `{"type":"tick","seq":${seq}}` });
  expect(await oddities([...range(0, 30), ...range(34, 40)].map(tick), "is:gap")).toEqual(['{"type":"tick","seq":34} gap']);
  end();
  // Too few to tell that they count at all.
  expect(await oddities([...range(0, 5), ...range(9, 12)].map(tick), "is:gap")).toEqual([]);
});

it("one whose number came before is found, and two streams are counted each by itself", async () => {
  const update = (symbol: string, first: number, last: number): Step => ({ payload: `{"e":"depthUpdate","s":"${symbol}","U":${first},"u":${last}}` });
  const steps = range(0, 30).flatMap((i) => [update("BTC", i * 10 + 1, i * 10 + 10), update("ETH", i * 7 + 1, i * 7 + 7)]);
  expect(await oddities([...steps, update("BTC", 291, 300), update("ETH", 211, 217)], "is:repeated")).toEqual(['{"e":"depthUpdate","s":"BTC","U":291,"u":300} repeated']);
});

it("numbers that name the one before are followed by it, and those of a gateway beside the event", async () => {
  const steps = range(1, 30).map((i) => OKX(i * i, (i - 1) ** 2));
  expect(await oddities([...steps, OKX(5000, 4000)], "is:gap")).toHaveLength(1);
  end();
  const dispatch = (s: number): Step => ({ payload: `{"t":"MESSAGE_CREATE","s":${s},"op":0,"d":{"id":"7"}}` });
  expect(await oddities([...range(1, 30), 33].map(dispatch), "is:gap")).toHaveLength(1);
});

it("what passed while nothing was recorded is no gap", async () => {
  const tick = (seq: number): Step => ({ payload: `{"type":"tick","seq":${seq}}` });
  const pause: Step = { type: "resumed", time: monotonicSeconds(1030), skipped: 20 };
  expect(await oddities([...range(0, 30).map(tick), pause, ...range(50, 60).map(tick), tick(70)], "is:gap")).toEqual(['{"type":"tick","seq":70} gap']);
});
