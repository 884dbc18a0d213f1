/** The rows of docs/performance.md about reading a message and sorting: in the built panel, from a click until it is painted. */
import { withTasks } from "../../scripts/bench-report.mjs";
import { startEngineHost } from "./engine-host.mjs";

/** @typedef {import("./measure.ts").BenchRow} BenchRow */

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** @param {string} executablePath @returns {Promise<BenchRow[]>} */
export async function benchReading(executablePath) {
  return [...(await benchMessages(executablePath)), ...(await benchSorts(executablePath))];
}

/** @param {string} executablePath @returns {Promise<BenchRow[]>} */
async function benchMessages(executablePath) {
  const { page, close } = await startEngineHost(executablePath);
  try {
    const { parse, tree, expand, hit, treeTasks, hex, hexTasks, steps, raw, rawTasks, treeOnDisk, hexOnDisk, diskTasks, compare, compareTasks, cancel, uncancelled } = await page.evaluate(measureMessages);
    const held = steps.toSorted((a, b) => a - b);
    return [
      { name: "10 MB of JSON, 500,000 nodes: click to painted tree", yardstick: "1.5 x `JSON.parse` and 60 ms", value: median(tree), limit: 1.5 * median(parse) + 60, unit: "ms", ...withTasks(treeTasks, `\`JSON.parse\`: ${median(parse).toFixed(0)} ms`) },
      { name: "expand all of it", yardstick: "", value: median(expand), limit: 300, unit: "ms", detail: "key to painted lines" },
      { name: "first hit of a search in it", yardstick: "", value: median(hit), limit: 300, unit: "ms", detail: "typed to painted hit" },
      { name: "100 MB of binary: click to painted hex", yardstick: "", value: median(hex), limit: 100, unit: "ms", ...withTasks(hexTasks) },
      { name: "a line of 10 MB: click to painted text", yardstick: "", value: median(raw), limit: 300, unit: "ms", ...withTasks(rawTasks) },
      { name: "a payload that is on disk: click to painted, the dearer of a tree of 1 MB of JSON and hex of 100 MB", yardstick: "", value: Math.max(median(treeOnDisk), median(hexOnDisk)), limit: 100, unit: "ms", ...withTasks(diskTasks, `tree ${median(treeOnDisk).toFixed(0)} ms, hex ${median(hexOnDisk).toFixed(0)} ms`) },
      { name: "compare two JSON messages of 1 MB: click to painted difference", yardstick: "", value: median(compare), limit: 1000, unit: "ms", ...withTasks(compareTasks) },
      { name: "cancel that while it compares: click on another message until that is painted", yardstick: "", value: median(cancel), limit: 100, unit: "ms", detail: `as soon as the message is painted that is compared; the same click after the comparison ${median(uncancelled).toFixed(0)} ms` },
      { name: "held arrow through 999 messages of 2 kB: the slowest step until its message is painted", yardstick: "", value: held.at(-1) ?? Number.NaN, limit: 33.4, unit: "ms", detail: `median ${median(held).toFixed(0)} ms, 99 of 100 within ${(held[Math.floor(held.length * 0.99)] ?? Number.NaN).toFixed(0)} ms; two display frames are 33 ms` },
    ];
  } finally {
    await close();
  }
}

/** Runs in the page. */
async function measureMessages() {
  const ROUNDS = 3;
  /** @type {any} */
  const { Host } = globalThis;
  const encoder = new TextEncoder();
  /** @param {number} round */
  const bigJson = (round) => JSON.stringify({ type: "snapshot", round, list: Array.from({ length: 71_000 }, (_, i) => ({ id: 9_000_000 + i, sym: ["BTC-USD", "ETH-USD"][i % 2], px: 60_000 + ((i * 37) % 900), qty: i / 7, side: i % 3 === 0 ? "buy" : "sell", user: `user ${i % 90} of many`, last: i === 70_000 ? `the needle ${round}` : "" })) });
  /** @param {number} size */
  const noise = (size) => {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
    return bytes;
  };

  /**
   * A panel on these messages, the first of them at place 4, behind what opened the connection.
   * @param {readonly { payload: Uint8Array, isBinary: boolean }[]} messages
   * @param {number} [budget]
   */
  const openOn = async (messages, budget) => {
    const host = new Host(budget);
    for (const { payload, isBinary } of messages) await host.put(payload, isBinary);
    await host.decoded();
    if (budget !== undefined) await host.onDisk(budget);
    const view = host.connect();
    const { rows } = await view.call("rows", { from: 0, to: 20 });
    view.end();
    const first = rows.findIndex((/** @type {any} */ row) => row.kind === "message");
    const { panel } = await host.openPanel(first + messages.length < 8 ? first + messages.length : 6);
    /** @type {number[]} */
    const tasks = [];
    new panel.PerformanceObserver((/** @type {PerformanceObserverEntryList} */ list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
    const document = panel.document;
    /** Resolves once something is there and painted. @param {() => unknown} isThere */
    const painted = (isThere) =>
      new Promise((resolve, reject) => {
        const began = performance.now();
        const look = () => {
          if (isThere()) panel.requestAnimationFrame(() => panel.setTimeout(resolve));
          else if (performance.now() - began > 30_000) reject(new Error(`This is not painted: ${String(isThere)}`));
          else panel.requestAnimationFrame(look);
        };
        look();
      });
    /** @param {() => void} act @param {() => unknown} isThere */
    const timed = async (act, isThere) => {
      const began = performance.now();
      act();
      await painted(isThere);
      return performance.now() - began;
    };
    /** @param {number} message */
    const click = (message) => document.querySelector(`[role="grid"] [data-place="${first + message}"]`).dispatchEvent(new panel.PointerEvent("pointerdown", { bubbles: true, button: 0 }));
    /** @param {Element} element @param {string} key */
    const press = (element, key) => element.dispatchEvent(new panel.KeyboardEvent("keydown", { key, bubbles: true }));
    /** @param {string} name */
    const openTab = (name) => {
      const tab = [...document.querySelectorAll('[role="tab"]')].find(({ textContent }) => textContent === name);
      tab.dispatchEvent(new panel.MouseEvent("mousedown", { bubbles: true, button: 0 }));
    };
    const title = () => document.querySelector(".inspector-head h2")?.textContent ?? "";
    const end = () => {
      panel.close();
      host.worker.terminate();
    };
    const settle = () => new Promise((resolve) => setTimeout(resolve, 700));
    return { panel, document, tasks, timed, painted, click, press, openTab, title, settle, end };
  };
  const small = () => ({ payload: encoder.encode('{"type":"small"}'), isBinary: false });

  // A tree.
  const texts = Array.from({ length: ROUNDS }, (_, round) => bigJson(round));
  const parse = [];
  for (const text of texts) {
    const began = performance.now();
    JSON.parse(text);
    parse.push(performance.now() - began);
  }
  const [tree, expand, hit] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  let panel = await openOn([small(), ...texts.map((text) => ({ payload: encoder.encode(text), isBinary: false }))]);
  const lines = () => [...panel.document.querySelectorAll('[role="treeitem"]')];
  panel.click(0);
  await panel.painted(() => lines().length === 2);
  panel.tasks.length = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await panel.settle();
    tree.push(await panel.timed(() => panel.click(round + 1), () => lines().some(({ textContent }) => textContent === `round: ${round}`)));
    const element = panel.document.querySelector('[role="tree"]');
    expand.push(await panel.timed(() => panel.press(element, "*"), () => lines().some(({ textContent }) => textContent.startsWith("sym: "))));
    panel.document.querySelector(".layers-find").click();
    await panel.painted(() => panel.document.querySelector(".inspector [role='search'] input"));
    const input = panel.document.querySelector(".inspector [role='search'] input");
    hit.push(
      await panel.timed(
        () => {
          Object.getOwnPropertyDescriptor(panel.panel.HTMLInputElement.prototype, "value")?.set?.call(input, `the needle ${round}`);
          input.dispatchEvent(new panel.panel.Event("input", { bubbles: true }));
        },
        () => lines().some(({ textContent }) => textContent.includes(`the needle ${round}`)),
      ),
    );
    panel.document.querySelector(".layers-find").click();
  }
  const treeTasks = panel.tasks.slice();
  panel.end();

  // Bytes.
  panel = await openOn([small(), ...Array.from({ length: ROUNDS }, () => ({ payload: noise(100_000_000), isBinary: true }))]);
  panel.click(0);
  await panel.painted(() => lines().length === 2);
  panel.openTab("Hex");
  await panel.painted(() => panel.document.querySelector(".hex-line"));
  panel.tasks.length = 0;
  const hex = [];
  for (let round = 0; round < ROUNDS; round++) {
    await panel.settle();
    const before = panel.title();
    hex.push(await panel.timed(() => panel.click(round + 1), () => panel.title() !== before && (panel.document.querySelector(".hex-line .hex-text")?.textContent ?? "") !== ""));
  }
  const hexTasks = panel.tasks.slice();
  panel.end();

  // One long line.
  panel = await openOn([small(), ...texts.map((text) => ({ payload: encoder.encode(text), isBinary: false }))]);
  panel.click(0);
  await panel.painted(() => lines().length === 2);
  panel.openTab("Raw");
  await panel.painted(() => panel.document.querySelector(".text-line"));
  panel.tasks.length = 0;
  const raw = [];
  for (let round = 0; round < ROUNDS; round++) {
    await panel.settle();
    raw.push(await panel.timed(() => panel.click(round + 1), () => panel.document.querySelector(".text-line")?.textContent.includes(`"round":${round}`)));
  }
  const rawTasks = panel.tasks.slice();
  panel.end();

  // On disk, but for the last of them, which nobody opens.
  const BUDGET = 1 << 22;
  const others = texts.map((text) => text.slice(0, text.indexOf("},", 1_000_000))).map((text) => `${text}}]}`);
  panel = await openOn([small(), ...others.map((text) => ({ payload: encoder.encode(text), isBinary: false })), ...texts.map(() => ({ payload: noise(100_000_000), isBinary: true })), { payload: noise(2 * BUDGET), isBinary: true }], BUDGET);
  panel.click(0);
  await panel.painted(() => lines().length === 2);
  panel.tasks.length = 0;
  const [treeOnDisk, hexOnDisk] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let round = 0; round < ROUNDS; round++) {
    await panel.settle();
    treeOnDisk.push(await panel.timed(() => panel.click(round + 1), () => lines().some(({ textContent }) => textContent === `round: ${round}`)));
  }
  panel.openTab("Hex");
  await panel.painted(() => panel.document.querySelector(".hex-line"));
  for (let round = 0; round < ROUNDS; round++) {
    await panel.settle();
    const before = panel.title();
    hexOnDisk.push(await panel.timed(() => panel.click(ROUNDS + round + 1), () => panel.title() !== before && (panel.document.querySelector(".hex-line .hex-text")?.textContent ?? "") !== ""));
  }
  const diskTasks = panel.tasks.slice();
  panel.end();

  // A difference.
  const orders = (/** @type {number} */ round) =>
    JSON.stringify({ type: "snapshot", round, list: Array.from({ length: 7_000 }, (_, i) => ({ id: 9_000_000 + i, sym: ["BTC-USD", "ETH-USD"][i % 2], px: 60_000 + ((i * 37) % 900) + (i % 50 === 0 ? round : 0), qty: i / 7, side: i % 3 === 0 ? "buy" : "sell", tags: ["a", "b"], user: { name: `user ${i % 90}`, level: i % 5 } })) });
  const COMPARED = 2 * ROUNDS + 1;
  panel = await openOn([small(), ...Array.from({ length: COMPARED }, (_, round) => ({ payload: encoder.encode(orders(round)), isBinary: false }))]);
  panel.click(0);
  await panel.painted(() => lines().length === 2);
  panel.openTab("Compare");
  // Of its type it is the first.
  const hasNone = () => panel.document.querySelector(".compare-tools") === null && panel.document.querySelector(".inspector-note") !== null;
  await panel.painted(hasNone);
  const isCompared = (/** @type {number} */ round) => lines().some(({ textContent }) => textContent.startsWith("added") && textContent.endsWith(`round: ${round}`));
  panel.tasks.length = 0;
  const [compare, cancel, uncancelled] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let round = 1; round < COMPARED; round += 2) {
    await panel.settle();
    compare.push(await panel.timed(() => panel.click(round + 1), () => isCompared(round)));
    const compared = panel.title();
    uncancelled.push(await panel.timed(() => panel.click(0), () => panel.title() !== compared && hasNone()));
    await panel.settle();
    const began = panel.title();
    panel.click(round + 2);
    await panel.painted(() => panel.title() !== began);
    if (isCompared(round + 1)) throw new Error("The difference was there before it could be cancelled.");
    const before = panel.title();
    cancel.push(await panel.timed(() => panel.click(0), () => panel.title() !== before && hasNone()));
  }
  const compareTasks = panel.tasks.slice();
  panel.end();

  // A key that is held.
  panel = await openOn([small(), ...Array.from({ length: 1000 }, (_, i) => ({ payload: encoder.encode(JSON.stringify({ n: i, list: Array.from({ length: 25 }, (__, k) => ({ k, px: 60_000 + k, note: "lorem ipsum dolor sit amet, consectetur".slice(0, 30 + (k % 9)) })) })), isBinary: false }))]);
  // It follows the end.
  panel.click(1000);
  await panel.painted(() => lines()[1]?.textContent === "n: 999");
  await panel.settle();
  const grid = panel.document.querySelector('[role="grid"]');
  const steps = [];
  for (let i = 998; i >= 0; i--) {
    const began = performance.now();
    panel.press(grid, "ArrowUp");
    await new Promise((resolve) => {
      const look = () => (lines().some(({ textContent }) => textContent === `n: ${i}`) ? resolve(undefined) : panel.panel.requestAnimationFrame(look));
      panel.panel.requestAnimationFrame(look);
    });
    steps.push(performance.now() - began);
  }
  panel.end();
  return { parse, tree, expand, hit, treeTasks, hex, hexTasks, raw, rawTasks, treeOnDisk, hexOnDisk, diskTasks, steps, compare, compareTasks, cancel, uncancelled };
}

/** @param {string} executablePath @returns {Promise<BenchRow[]>} */
async function benchSorts(executablePath) {
  const { page, close } = await startEngineHost(executablePath);
  try {
    const { size, path, frames } = await page.evaluate(measureSorts);
    return [
      { name: `sort of ${frames.toLocaleString("en-US")} rows by size, to the first screen`, yardstick: "", value: median(size), limit: 300, unit: "ms", detail: "from the view and back" },
      { name: `sort of ${frames.toLocaleString("en-US")} rows by \`.px\`, to the first screen`, yardstick: "", value: median(path), limit: 3000, unit: "ms", detail: "every message is read for it, once; rows stand as captured until then" },
    ];
  } finally {
    await close();
  }
}

/** Runs in the page. */
async function measureSorts() {
  const FRAMES = 1_000_000;
  /** @type {any} */
  const { Host } = globalThis;
  const [size, path] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let round = 0; round < 3; round++) {
    const host = new Host();
    await host.take(FRAMES);
    await host.decoded();
    const view = host.connect();
    const scope = { filter: "", connection: null, sent: true, received: true, sort: null };
    await view.call("setScope", scope);
    for (const [times, sort] of /** @type {const} */ ([[size, { by: "size", descending: true }], [path, { by: ".px", descending: true }]])) {
      const began = performance.now();
      const asked = times.length + 1;
      const done = view.next((/** @type {any} */ changed) => changed.asked === asked && changed.sorted === 1);
      await view.call("setScope", { ...scope, sort, asked });
      await done;
      await view.call("rows", { from: 0, to: 40 });
      times.push(performance.now() - began);
      await view.call("setScope", scope);
    }
    host.worker.terminate();
  }
  return { size, path, frames: FRAMES };
}
