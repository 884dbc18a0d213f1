import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { choose, isReady, openDrawer, write } from "../e2e/send-drawer.ts";
import { removeRules, rule, turnOn } from "../e2e/rules-in-panel.ts";
import { recordOf, setStage, until, type Stage } from "../e2e/stage.ts";
import { processorTime } from "./capture-bench.mjs";
import { median, type BenchRow } from "./measure.ts";

const CLICKS = 20;
const OBJECTS = 2_000_000;
const MESSAGES = 10_000;
/** A run takes two seconds: a few of them say little beside other programs. */
const TRANSCRIPT_ROUNDS = 3;
const RATE = 2000;
const SECONDS = 5;
const BURST = 20_000;
/** A burst takes some seconds, and one alone says nothing beside other programs. */
const BURST_ROUNDS = 4;

/** Milliseconds; `took` and `own` from the click, or the page's own call, to the server. */
export interface Clicks {
  readonly took: readonly number[];
  readonly own: readonly number[];
  /** The longest that the page stood still while it was clicked, and in as long a time without. */
  readonly gap: number;
  readonly idleGap: number;
}

/** Ten rules of which none matches what the load server sends. */
const FILTERS = [".px > 1000000000", "nowhere", ".type = nothing", '"no such text" .a', "size:>10kb", "-.seq", ".list[0] = 1 OR .list[1] = 2", "url:elsewhere", ".sym ~ nobody", "is:binary"];
const RULES = FILTERS.map((filter, at) => rule({ name: `never ${at}`, filter, action: { type: "drop" } }));

/** What talking back costs, beside what the page does by itself. `rounds`: of each, in turns. */
export async function main(rounds: number): Promise<readonly BenchRow[]> {
  const server = await startLoadServer();
  try {
    return [...(await benchClicks(server)), ...(await benchTranscript(server, rounds)), ...(await benchRules(server, rounds))];
  } finally {
    await server.close();
  }
}

async function onStage<T>(server: LoadServer, work: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await setStage({ url: server.url });
  try {
    return await work(stage);
  } finally {
    await stage.end();
  }
}

async function benchClicks(server: LoadServer): Promise<readonly BenchRow[]> {
  return await onStage(server, async (stage) => {
    const rows: BenchRow[] = [];
    for (const [page, objects] of [["a small page", 100], ["a page of 2,000,000 objects", OBJECTS]] as const) {
      const { took, own, gap, idleGap } = await clickSend(stage, server, objects);
      const detail = `${median(took).toFixed(1)} ms against ${median(own).toFixed(1)} ms, the worst ${Math.max(...took).toFixed(1)} ms`;
      rows.push({ name: `click on **Send message** to the server, ${page}`, yardstick: "from the page's own call of `send`", value: median(took), limit: 50, unit: "ms", detail });
      if (objects === OBJECTS) rows.push({ name: "the longest that this page stands still meanwhile", yardstick: "without, as long", value: gap, limit: 50, unit: "ms", detail: `${gap.toFixed(1)} ms against ${idleGap.toFixed(1)} ms` });
    }
    return rows;
  });
}

/** Presses **Send message** on a page of so many objects, in turns with the page's own call of `send`. */
export async function clickSend({ page, panel }: Stage, server: LoadServer, objects: number): Promise<Clicks> {
  const name = `/echo?name=${objects}`;
  await page.goto(server.url);
  await page.evaluate(`
    globalThis.heap = Array.from({ length: ${objects} }, (_, i) => ({ i }));
    globalThis.socket = new WebSocket(${JSON.stringify(server.webSocketUrl + name)});
    socket.onmessage = ({ data }) => (globalThis.last = data);
    new Promise((resolve) => (socket.onopen = resolve)).then(() => {
      setInterval(() => socket.send("beat"), 250);
      const { port1, port2 } = new MessageChannel();
      globalThis.gap = 0;
      let before = performance.now();
      port1.onmessage = () => {
        const now = performance.now();
        globalThis.gap = Math.max(gap, now - before);
        before = now;
        port2.postMessage(0);
      };
      port2.postMessage(0);
      return null;
    })`);
  await openDrawer(panel);
  await choose(panel, `name=${objects}`);
  const arrival = async (text: string): Promise<number> => {
    const frame = await until(() => recordOf(server, name).frames.find(({ direction, payload }) => direction === "sent" && payload?.toString() === text), (found) => found !== undefined);
    return performance.timeOrigin + (frame?.at ?? Number.NaN);
  };
  const gapSince = async (): Promise<number> => Number(await page.evaluate("(() => { const longest = gap; globalThis.gap = 0; return longest; })()"));
  const took: number[] = [];
  const own: number[] = [];
  const gaps: number[] = [];
  const idleGaps: number[] = [];
  for (let i = 0; i < CLICKS; i++) {
    const text = `message ${i}`;
    await write(panel, text);
    await until(() => isReady(panel), Boolean);
    await gapSince();
    const began = performance.now();
    const pressed = await panel.$eval('.send button[aria-label="Send message"]', (button) => {
      const at = performance.timeOrigin + performance.now();
      button.click();
      return at;
    });
    took.push((await arrival(text)) - pressed);
    await until(() => panel.$eval(".send-status", (element) => element.textContent ?? ""), (said) => said.includes("Sent:"));
    gaps.push(await gapSince());
    const lasted = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, lasted));
    idleGaps.push(await gapSince());
    const called = Number(await page.evaluate(`(() => { const at = performance.timeOrigin + performance.now(); socket.send("own ${i}"); return at; })()`));
    own.push((await arrival(`own ${i}`)) - called);
  }
  return { took, own, gap: Math.max(...gaps), idleGap: Math.max(...idleGaps) };
}

async function benchTranscript(server: LoadServer, rounds: number): Promise<readonly BenchRow[]> {
  const { took, own } = await onStage(server, (stage) => runTranscript(stage, server, rounds * TRANSCRIPT_ROUNDS));
  const name = `a transcript of ${MESSAGES.toLocaleString("en-US")} messages of 100 B at once, to the server`;
  return [{ name, yardstick: "the page's own loop of `send`", value: median(took) / median(own), limit: 2, unit: "x", detail: `${median(took).toFixed(0)} ms against ${median(own).toFixed(0)} ms` }];
}

/**
 * Has the page send many messages in a loop of its own, and the same sent as a transcript, in turns; milliseconds of each
 * until the server had the last one. Throws where it had others.
 */
export async function runTranscript({ page, panel }: Stage, server: LoadServer, rounds: number): Promise<Pick<Clicks, "took" | "own">> {
  const path = "/echo?name=loop";
  await page.goto(server.url);
  await page.evaluate(`
    globalThis.loop = new WebSocket(${JSON.stringify(server.webSocketUrl + path)});
    new Promise((resolve) => (loop.onopen = resolve)).then(() => {
      globalThis.heard = 0;
      loop.onmessage = ({ data }) => (globalThis.heard += Math.sign(data.length));
      globalThis.run = () => { for (let i = 0; i < ${MESSAGES}; i++) loop.send('{"n":' + i + ',"text":"' + "x".repeat(80) + '"}'); };
      return null;
    })`);
  const frames = () => recordOf(server, path).frames.filter(({ direction }) => direction === "sent");
  const timed = async (begin: () => Promise<unknown>): Promise<number> => {
    const from = frames().length;
    const began = performance.now();
    await begin();
    await until(() => frames().length, (count) => count >= from + MESSAGES, 60_000);
    const took = performance.now() - began;
    const texts = (first: number): string[] => frames().slice(first, first + MESSAGES).map(({ payload }) => String(payload));
    if (texts(from).join("\n") !== texts(0).join("\n")) throw new Error("The server had other messages than those of the page's own loop.");
    // The answers are no part of what is timed next.
    await until(() => page.evaluate("heard"), (heard) => heard === frames().length, 60_000);
    return took;
  };
  const own = [await timed(() => page.evaluate("run()"))];
  // It is found when it speaks.
  await page.evaluate("globalThis.beating = setInterval(() => loop.send('beat'), 200); null");
  await openDrawer(panel);
  await choose(panel, "name=loop");
  await until(() => isReady(panel), Boolean).catch(() => undefined);
  await click(panel, "button", "Transcript of what it sent…");
  await until(() => panel.$eval(".send-source", (element) => element.textContent ?? ""), (text) => text.startsWith("10,000"));
  await panel.select('.send select[aria-label="Pauses"]', "4");
  const untilItCanRun = (): Promise<boolean> => until(() => isReady(panel, "Run"), Boolean);
  await untilItCanRun();
  await page.evaluate("clearInterval(beating); loop.send('last'); null");
  await until(() => String(frames().at(-1)?.payload), (text) => text === "last");
  const took: number[] = [];
  for (let round = 0; ; round++) {
    took.push(await timed(() => click(panel, "button", "Run")));
    if (round + 1 === rounds) return { took, own };
    await untilItCanRun();
    own.push(await timed(() => page.evaluate("run()")));
  }
}

async function benchRules(server: LoadServer, rounds: number): Promise<readonly BenchRow[]> {
  return await onStage(server, async (stage) => {
    const { without, beside } = await receiveBesideRules(stage, server, rounds);
    const name = `the time of a message to the page's listener, ${RATE.toLocaleString("en-US")} of 200 B a second, with ten message rules on of which none matches`;
    const row: BenchRow = { name, yardstick: "without rules", value: median(without) / median(beside), limit: 1 / 0.9, unit: "x", detail: `${median(beside).toFixed(0)}/s against ${median(without).toFixed(0)}/s` };
    return [row, await onStage(server, (bare) => benchAfterRules(stage, bare, server, rounds * BURST_ROUNDS))];
  });
}

/** A burst in a browser that had rules, and in one (`bare`) that never had. Both logs begin empty each time, and both panels show the same. */
async function benchAfterRules(stage: Stage, bare: Stage, server: LoadServer, rounds: number): Promise<BenchRow> {
  await click(bare.panel, "button", "Rules");
  const ratios: Record<keyof Burst, number[]> = { took: [], spent: [] };
  const all: { readonly lifted: Burst; readonly never: Burst }[] = [];
  // The first of each warms up.
  for (let round = 0; round <= rounds; round++) {
    const [first, second] = round % 2 === 0 ? [bare, stage] : [stage, bare];
    const bursts = [await receiveBurst(first, server), await receiveBurst(second, server)] as const;
    const [never, lifted] = round % 2 === 0 ? bursts : [bursts[1], bursts[0]];
    if (round === 0) continue;
    all.push({ lifted, never });
    for (const key of ["took", "spent"] as const) ratios[key].push(lifted[key] / never[key]);
  }
  const [took, yardstick] = [median(all.map(({ lifted }) => lifted.took)), median(all.map(({ never }) => never.took))];
  const detail = `${took.toFixed(0)} ms against ${yardstick.toFixed(0)} ms, the median of ${rounds} pairs (${Math.min(...ratios.took).toFixed(2)} to ${Math.max(...ratios.took).toFixed(2)} x); by processor time of all of Chrome ${median(ratios.spent).toFixed(2)} x`;
  return { name: `${BURST.toLocaleString("en-US")} messages of 200 B at once to a page with no rule on, after ten were`, yardstick: "where there never was one", value: median(ratios.took), limit: 1.1, unit: "x", detail };
}

/** Messages a second that the page's own listener hears, with ten rules on that match none and without, in turns. None is on after that. */
export async function receiveBesideRules(stage: Stage, server: LoadServer, rounds: number): Promise<{ readonly without: readonly number[]; readonly beside: readonly number[] }> {
  const without: number[] = [];
  const beside: number[] = [];
  await receiveSteadily(stage, server);
  for (let round = 0; round < rounds; round++) {
    without.push(await receiveSteadily(stage, server));
    await turnOn(stage, RULES);
    beside.push(await receiveSteadily(stage, server));
    await removeRules(stage);
  }
  return { without, beside };
}

/** From the page's first message on. */
async function receiveSteadily({ page }: Stage, server: LoadServer): Promise<number> {
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

/** `took`: milliseconds from the page's first message to its last. `spent`: of processor time, of all of Chrome's processes, until then. */
interface Burst {
  readonly took: number;
  readonly spent: number;
}

async function receiveBurst({ browser, page, panel }: Stage, server: LoadServer): Promise<Burst> {
  await page.goto(server.url);
  await click(panel, "button", "Clear");
  const before = await processorTime(browser);
  const took = (await page.evaluate(`new Promise((resolve) => {
    const socket = new WebSocket(${JSON.stringify(`${server.webSocketUrl}/burst?count=${BURST}&size=200`)});
    let count = 0;
    let began = 0;
    socket.onmessage = () => {
      began ||= performance.now();
      if (++count === ${BURST}) resolve(performance.now() - began);
    };
  })`)) as number;
  return { took, spent: (await processorTime(browser)) - before };
}
