import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { median } from "../bench/measure.ts";
import { receiveBesideRules } from "../bench/sending.bench.ts";
import { setStage, type Stage } from "../e2e/stage.ts";

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

it("with 10 rules on of which none matches, a page receives at least 0.9 of 2,000 messages a second without", async () => {
  const { without, beside } = await receiveBesideRules(stage, server, ROUNDS);
  const share = median(beside) / median(without);
  console.log(`without rules ${median(without).toFixed(0)}/s, with 10 rules ${median(beside).toFixed(0)}/s: ${share.toFixed(2)}`);
  expect(share).toBeGreaterThan(LEAST);
});
