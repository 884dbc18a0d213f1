/** The rows of docs/performance.md that need the browser: the built engine and panel in Chromium. */
import { withTasks } from "../../scripts/bench-report.mjs";
import { startEngineHost } from "./engine-host.mjs";

/** @typedef {import("./measure.ts").BenchRow} BenchRow */

const FRAMES = 1_000_000;
const ROUNDS = 5;

/**
 * @param {string} executablePath
 * @returns {Promise<BenchRow[]>}
 */
export async function benchInBrowser(executablePath) {
  return [...(await benchEngine(executablePath, FRAMES, ROUNDS)), ...(await benchPanel(executablePath))];
}

/**
 * The log and its filters, from a view and back.
 * @param {string} executablePath
 * @param {number} frames
 * @param {number} rounds
 * @returns {Promise<BenchRow[]>}
 */
export async function benchEngine(executablePath, frames, rounds) {
  const { page, close } = await startEngineHost(executablePath);
  try {
    const measured = await page.evaluate(measureEngine, frames, rounds);
    return measured.map(({ name, yardstick, limit, subject, reference }) =>
      reference === null
        ? { name, yardstick: "", value: subject, limit, unit: "ms", detail: `${subject.toFixed(0)} ms` }
        : { name, yardstick, value: subject / reference, limit, unit: "x", detail: `${subject.toFixed(0)} ms against ${reference.toFixed(0)} ms` },
    );
  } finally {
    await close();
  }
}

/**
 * Runs in the page.
 * @param {number} frames
 * @param {number} rounds
 */
async function measureEngine(frames, rounds) {
  const SIZE = 200;
  const PIECE = 1 << 20;
  /** @type {any} */
  const { Host } = globalThis;
  const encoder = new TextEncoder();
  const texts = Array.from({ length: 5242 }, (_, i) => `{"type":"tick","seq":${i},"sym":"BTC-USD","px":${63_000 + ((i * 37) % 2000)},"note":"`.padEnd(SIZE - 2, "lorem ipsum dolor ") + '"}');
  const piece = encoder.encode(texts.join(""));
  // As many bytes as the log has, each in a place of its own: what is read again and again stands in the processor's cache.
  const pieces = Array.from({ length: Math.round((frames * SIZE) / piece.length) }, () => piece.slice());
  const decoder = new TextDecoder();
  /** @param {readonly number[]} values */
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  /** @param {() => void} work */
  const timed = (work) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const yardsticks = {
    encode: () =>
      timed(() => {
        const buffer = new Uint8Array(PIECE * 3);
        for (let done = 0; done < frames; ) {
          let at = 0;
          for (const text of texts) {
            if (done++ === frames) return;
            at += encoder.encodeInto(text, buffer.subarray(at)).written;
          }
        }
      }),
    indexOf: () =>
      timed(() => {
        for (const bytes of pieces) decoder.decode(bytes).indexOf("needle");
      }),
    pattern: () =>
      timed(() => {
        for (const bytes of pieces) for (const _ of decoder.decode(bytes).matchAll(/"seq":2\d{3},/g));
      }),
    parse: () =>
      timed(() => {
        for (const bytes of pieces) {
          const decoded = decoder.decode(bytes);
          for (let from = 0; from < decoded.length; from += SIZE) JSON.parse(decoded.slice(from, from + SIZE));
        }
      }),
  };

  const takes = [];
  const encodes = [];
  let host;
  for (let round = 0; round <= rounds; round++) {
    encodes.push(yardsticks.encode());
    host?.worker.terminate();
    host = new Host();
    takes.push(await host.take(frames));
  }
  await host.decoded();
  const view = host.connect();
  const scope = { filter: "", connection: null, sent: true, received: true, sort: null };
  await view.call("setScope", scope);

  /** @param {string} filter @returns {Promise<{ first: number, all: number }>} */
  const filterAll = async (filter) => {
    await view.call("setScope", scope);
    const began = performance.now();
    let first = Number.NaN;
    const firstRows = view
      .next((/** @type {any} */ changed) => changed.rows >= 30 && changed.rows < frames)
      .then(() => view.call("rows", { from: 0, to: 30 }))
      .then(() => (first = performance.now() - began));
    const done = view.next((/** @type {any} */ changed) => changed.scanned === 1 && changed.rows < frames);
    await view.call("setScope", { ...scope, filter });
    await done;
    const all = performance.now() - began;
    await Promise.race([firstRows, new Promise((resolve) => setTimeout(resolve, 200))]);
    return { first, all };
  };

  const results = [
    { name: `take ${frames.toLocaleString("en-US")} frames of ${SIZE} B into the log, journal on (Chromium, OPFS)`, yardstick: "`TextEncoder.encodeInto` of the same payloads", limit: 3, subject: median(takes.slice(1)), reference: median(encodes.slice(1)) },
  ];
  const firsts = [];
  const subjects = [
    { name: "substring filter", filter: "needle", yardstick: "decode in 1 MB pieces and `indexOf`", limit: 1.5, reference: yardsticks.indexOf },
    { name: "regular expression filter", filter: '/"seq":2\\d{3},/', yardstick: "the same over the decoded pieces", limit: 2, reference: yardsticks.pattern },
    { name: "`.px > 64000`", filter: ".px > 64000", yardstick: "decode in 1 MB pieces and `JSON.parse` of each", limit: 0.5, reference: yardsticks.parse },
  ];
  for (const { name, filter, yardstick, limit, reference } of subjects) {
    const own = [];
    const others = [];
    for (let round = 0; round <= rounds; round++) {
      const other = reference();
      const { all, first } = await filterAll(filter);
      if (round === 0) continue;
      own.push(all);
      others.push(other);
      if (!Number.isNaN(first)) firsts.push(first);
    }
    results.push({ name: `${name} over ${frames.toLocaleString("en-US")} frames of ${SIZE} B, from the view and back`, yardstick, limit, subject: median(own), reference: median(others) });
  }
  return [...results, { name: `first screen of matches on ${frames.toLocaleString("en-US")} frames`, yardstick: "", limit: 50, subject: median(firsts), reference: null }];
}

/**
 * Bytes that script holds on the view's thread, with one panel open on so many frames.
 * @param {string} executablePath
 * @param {number} frames
 */
async function measureHeap(executablePath, frames) {
  const { page, close } = await startEngineHost(executablePath);
  try {
    await page.evaluate(async (count) => {
      const scope = /** @type {any} */ (globalThis);
      const host = (scope.host = new scope.Host());
      await host.take(count);
      await host.decoded();
      await host.openPanel();
    }, frames);
    const client = await page.createCDPSession();
    for (let round = 0; round < 3; round++) await client.send("HeapProfiler.collectGarbage");
    return (await client.send("Runtime.getHeapUsage")).usedSize;
  } finally {
    await close();
  }
}

/** @param {string} executablePath @returns {Promise<BenchRow[]>} */
async function benchPanel(executablePath) {
  const heapSmall = await measureHeap(executablePath, 10_000);
  const heapLarge = await measureHeap(executablePath, FRAMES);
  const { page, close } = await startEngineHost(executablePath);
  try {
    await page.evaluate(() => {
      const scope = /** @type {any} */ (globalThis);
      scope.host = new scope.Host();
    });
    /** @param {number} frames */
    const openAt = async (frames) => {
      await page.evaluate(async (count) => {
        const { host } = /** @type {any} */ (globalThis);
        await host.take(count);
        // In a live capture decoding keeps up; what is measured is no backlog of its.
        await host.decoded();
      }, frames);
      const times = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const took = await page.evaluate(async () => {
          const { panel, took: milliseconds } = await /** @type {any} */ (globalThis).host.openPanel();
          panel.close();
          return milliseconds;
        });
        if (round > 0) times.push(took);
      }
      return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
    };
    const openSmall = await openAt(1000);
    const openLarge = await openAt(FRAMES - 1000);
    await page.evaluate(async () => {
      const scope = /** @type {any} */ (globalThis);
      scope.shown = (await scope.host.openPanel()).panel;
    });
    const { frameTime, tasks } = await page.evaluate(measureScrolling);
    return [
      { name: "open the panel on 1,000,000 frames, to first painted rows", yardstick: "the same at 1,000 frames", value: openLarge / openSmall, limit: 1.5, unit: "x", detail: `${openLarge.toFixed(0)} ms against ${openSmall.toFixed(0)} ms` },
      { name: "memory of the view's thread at 1,000,000 frames", yardstick: "at 10,000", value: heapLarge / heapSmall, limit: 1.2, unit: "x", detail: `${(heapLarge / 1e6).toFixed(1)} MB against ${(heapSmall / 1e6).toFixed(1)} MB` },
      { name: "scrolling 1,000,000 rows while 5,000/s arrive: 95th percentile of frame time", yardstick: "", value: frameTime, limit: 20, unit: "ms", ...withTasks(tasks) },
    ];
  } finally {
    await close();
  }
}

/** Runs in the page, beside the panel that is shown. */
async function measureScrolling() {
  /** @type {any} */
  const { host, shown } = globalThis;
  const grid = shown.document.querySelector('[role="grid"]');
  /** @type {number[]} */
  const tasks = [];
  new shown.PerformanceObserver((/** @type {PerformanceObserverEntryList} */ list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  const stop = host.flow(5000);
  /** @type {number[]} */
  const deltas = [];
  await new Promise((resolve) => {
    let frames = 0;
    let last = performance.now();
    const step = () => {
      const now = performance.now();
      deltas.push(now - last);
      last = now;
      grid.scrollTop += frames % 60 === 59 ? 500_000 : 90;
      if (++frames === 300) resolve(undefined);
      else shown.requestAnimationFrame(step);
    };
    grid.scrollTop = 1000;
    shown.requestAnimationFrame(step);
  });
  stop();
  const sorted = deltas.slice(1).toSorted((a, b) => a - b);
  return { frameTime: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN, tasks };
}
