/** The rows of docs/performance.md about the timeline: in the built panel, on many connections that ask and answer. */
import { withTasks } from "../../scripts/bench-report.mjs";
import { startEngineHost } from "./engine-host.mjs";

/** @typedef {import("./measure.ts").BenchRow} BenchRow */

const FRAMES = 5_000_000;
const CONNECTIONS = 40;
const STEPS = 12;
const ROUNDS = 5;

/**
 * @param {string} executablePath
 * @param {number} [frames]
 * @returns {Promise<BenchRow[]>}
 */
export async function benchTimeline(executablePath, frames = FRAMES) {
  const { page, browser, close } = await startEngineHost(executablePath);
  try {
    const answers = await page.evaluate(prepare, frames, CONNECTIONS);
    const panel = (await browser.pages()).find((one) => one !== page && one.url() === page.url());
    if (panel === undefined) throw new Error("There is no panel beside the page that opened it.");
    const client = await panel.createCDPSession();
    // By processor time: other programs take none of it.
    await client.send("Performance.enable", { timeDomain: "threadTicks" });
    const taskTime = async () => ((await client.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
    await page.tracing.start({ categories: ["toplevel"] });
    /** Milliseconds of the view's thread that a zoom and its drawing take. @param {"messages" | "latency"} measure @param {boolean} hasLanes */
    const redraw = async (measure, hasLanes) => {
      await page.evaluate(show, measure, hasLanes);
      /** @type {number[]} */
      const times = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const before = await taskTime();
        await page.evaluate(zoom, STEPS);
        if (round > 0) times.push(((await taskTime()) - before) / STEPS);
      }
      return median(times);
    };
    const messages = await redraw("messages", false);
    const latency = await redraw("latency", false);
    const lanes = await redraw("messages", true);
    const tasks = longTasksOf(await page.tracing.stop());
    const at = frames.toLocaleString("en-US");
    return [
      {
        name: `a redraw of the timeline at ${at} frames on ${CONNECTIONS} connections, on the view's thread: the dearest of messages, latency, and a lane for each connection`,
        yardstick: "",
        value: Math.max(messages, latency, lanes),
        limit: 10,
        unit: "ms",
        ...withTasks(tasks, `by processor time ${messages.toFixed(1)}, ${latency.toFixed(1)} and ${lanes.toFixed(1)} ms`),
      },
      { name: `what the engine answers to it: the dearest of messages, latency, and lanes`, yardstick: "", value: Math.max(...Object.values(answers).map(median)), limit: 50, unit: "ms", detail: Object.entries(answers).map(([name, times]) => `${name} ${median(times).toFixed(1)} ms`).join(", ") },
    ];
  } finally {
    await close();
  }
}

/**
 * Tasks of the thread that page and panel share, over 50 ms of processor time: by the clock, a task is also long because other
 * programs have the cores, and on a busy machine some always are.
 * @param {Uint8Array | undefined} trace @returns {number[]} In milliseconds.
 */
function longTasksOf(trace) {
  /** @type {{ traceEvents: readonly { name: string, pid: number, tid: number, tdur?: number, args?: { name?: string } }[] }} */
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace));
  const threads = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === "ThreadControllerImpl::RunTask" && threads.has(`${pid} ${tid}`));
  if (tasks.length === 0) throw new Error("The trace has no task of the panel's thread.");
  return tasks.map(({ tdur = 0 }) => tdur / 1000).filter((took) => took > 50);
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Runs in the page: takes the frames in, asks for the timeline from a view and back, and opens a panel. @param {number} frames @param {number} connections */
async function prepare(frames, connections) {
  const scope = /** @type {any} */ (globalThis);
  const host = new scope.Host();
  await host.talk(frames, connections);
  await host.decoded();
  const view = host.connect();
  await view.call("setScope", { filter: "", connection: null, sent: true, received: true, sort: null });
  const all = await view.call("timeline", { range: null, buckets: 320, latency: true, lanes: 24 });
  /** @type {Record<string, number[]>} */
  const times = { messages: [], latency: [], lanes: [] };
  // All of it, and nearer and nearer.
  for (let round = 0; round < 12; round++) {
    const range = { from: all.first, to: all.first + (all.last - all.first) / 4 ** (round % 4) };
    for (const [name, more] of /** @type {const} */ ([["messages", {}], ["latency", { latency: true }], ["lanes", { lanes: 24 }]])) {
      const began = performance.now();
      await view.call("timeline", { range, buckets: 320, ...more });
      times[name]?.push(performance.now() - began);
    }
  }
  view.end();
  scope.panel = (await host.openPanel()).panel;
  return times;
}

/** Runs in the page: the panel's timeline shows these. @param {string} measure @param {boolean} hasLanes */
async function show(measure, hasLanes) {
  const { panel } = /** @type {any} */ (globalThis);
  const find = async (/** @type {() => any} */ look) => {
    for (;;) {
      const found = look();
      if (found) return found;
      await new Promise((resolve) => panel.requestAnimationFrame(resolve));
    }
  };
  const select = await find(() => panel.document.querySelector(".timeline-measure"));
  Object.getOwnPropertyDescriptor(panel.HTMLSelectElement.prototype, "value")?.set?.call(select, measure);
  select.dispatchEvent(new panel.Event("change", { bubbles: true }));
  const button = panel.document.querySelector(".timeline-tools button");
  if ((button.getAttribute("aria-pressed") === "true") !== hasLanes) button.click();
  await find(() => panel.document.querySelector(".timeline-lanes")?.clientHeight > 0 === hasLanes);
  await new Promise((resolve) => setTimeout(resolve, 1000));
}

/** Runs in the page: zooms in by half of the steps and out by the others, each drawn before the next. @param {number} steps */
async function zoom(steps) {
  const { panel } = /** @type {any} */ (globalThis);
  const strip = panel.document.querySelector(".timeline-strip");
  const said = panel.document.querySelector(".timeline .spoken");
  const { left, width, top } = strip.getBoundingClientRect();
  for (let step = 0; step < steps; step++) {
    // What is on view is said, too.
    const drawn = new Promise((resolve) => {
      const watcher = new panel.MutationObserver(() => {
        watcher.disconnect();
        panel.requestAnimationFrame(() => panel.setTimeout(resolve));
      });
      watcher.observe(said, { childList: true, characterData: true, subtree: true });
    });
    strip.dispatchEvent(new panel.WheelEvent("wheel", { deltaY: step < steps / 2 ? -120 : 120, clientX: left + width * 0.4, clientY: top + 10, bubbles: true, cancelable: true }));
    await drawn;
  }
}
