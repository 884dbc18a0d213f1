import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { rule, turnAllOff, turnOn } from "../e2e/rules-in-panel.ts";
import { setStage, type Stage } from "../e2e/stage.ts";

const SECONDS = 5;
const RATE = 2000;
const ROUNDS = 3;
/** The share of what the page receives without rules. */
const LEAST = 0.9;

let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  server = await startLoadServer({ record: "off" });
  stage = await setStage({ url: server.url });
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

/** Messages a second that the page's own listener hears, from its first on. */
async function received(): Promise<number> {
  const { page } = stage;
  await page.goto(server.url);
  return (await page.evaluate(`new Promise((resolve) => {
    const socket = new WebSocket(${JSON.stringify(`${server.webSocketUrl}/steady?rate=${RATE}&size=200`)});
    let count = 0;
    let began = 0;
    socket.onmessage = () => {
      const now = performance.now();
      began ||= now;
      count++;
      if (now - began < ${SECONDS * 1000}) return;
      socket.onmessage = null;
      socket.close();
      resolve(count / ((now - began) / 1000));
    };
  })`)) as number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

it("with 10 rules on of which none matches, a page receives at least 0.9 of 2,000 messages a second without", async () => {
  const filters = [".px > 1000000000", "nowhere", ".type = nothing", '"no such text" .a', "size:>10kb", "-.seq", ".list[0] = 1 OR .list[1] = 2", "url:elsewhere", ".sym ~ nobody", "is:binary"];
  const rules = filters.map((filter, at) => rule({ name: `never ${at}`, filter, action: { type: "drop" } }));
  const without: number[] = [];
  const beside: number[] = [];
  await received();
  for (let round = 0; round < ROUNDS; round++) {
    without.push(await received());
    await turnOn(stage, rules);
    beside.push(await received());
    await turnAllOff(stage);
  }
  const share = median(beside) / median(without);
  console.log(`without rules ${median(without).toFixed(0)}/s, with 10 rules ${median(beside).toFixed(0)}/s: ${share.toFixed(2)}`);
  expect(share).toBeGreaterThan(LEAST);
});
