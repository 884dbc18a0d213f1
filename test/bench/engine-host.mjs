/**
 * The built extension's own engine and panel, without a page under capture: a page of the extension starts the engine's
 * worker as the devtools page does, gives it batches of frames, and opens panels with wires to it.
 */
import { readdir } from "node:fs/promises";
import { EXTENSION_FOLDER } from "../../scripts/build-extension.mjs";
import { launchBrowser } from "../../scripts/launch-browser.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

const PANEL = "src/pages/panel/index.html";
/** Millions of frames are taken in and decoded in one. */
const LONGEST_CALL_MS = 900_000;

/**
 * @param {string} executablePath
 * @returns {Promise<{ page: Page, browser: import("puppeteer-core").Browser, panelUrl: string, close: () => Promise<void> }>}
 */
export async function startEngineHost(executablePath) {
  const assets = await readdir(new URL("assets/", EXTENSION_FOLDER));
  const worker = assets.find((name) => /^worker-.*\.js$/.test(name));
  if (worker === undefined) throw new Error("dist/assets holds no worker-….js: build the extension first.");
  const { browser, extensionId, close } = await launchBrowser({ executablePath, args: ["--window-size=1300,700"], scrollbars: true, longestCall: LONGEST_CALL_MS });
  const panelUrl = `chrome-extension://${extensionId}/${PANEL}`;
  const page = await browser.newPage();
  await page.goto(panelUrl);
  await page.evaluate(installHost, `/assets/${worker}`);
  return { page, browser, panelUrl, close };
}

/**
 * Runs in the page: `host` on its global object is what the benchmarks speak to.
 * @param {string} workerUrl
 */
function installHost(workerUrl) {
  const SIZE = 200;
  const BATCH = 2048;
  const encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>} */
  let template = new Uint8Array(0);
  const symbols = ["BTC-USD", "ETH-USD", "SOL-USD"];

  /** @param {number} index */
  const text = (index) => {
    const head = `{"type":"tick","seq":${index},"sym":"${symbols[index % 3]}","px":${63_000 + ((index * 37) % 2000)},"note":"`;
    return `${head.padEnd(SIZE - 2, "lorem ipsum dolor ")}"}`;
  };

  /** @param {number} connection @param {string} url */
  const opened = (connection, url) => [
    { type: "created", connection, targetKey: "page", url, seenFromStart: true },
    { type: "handshake-request", connection, time: 0, wallTime: 1_790_000_000, headers: [] },
    { type: "handshake-response", connection, time: 0.01, status: 101, statusText: "Switching Protocols", headers: [] },
  ];

  class Host {
    worker = new Worker(workerUrl, { type: "module" });
    /** @type {(() => void)[]} */
    #waiting = [];
    /** Frames sent so far. */
    #sequence = 0;

    /** @param {number} [budget] Bytes of payload that may stay in memory, where that is not as the worker has it. */
    constructor(budget) {
      this.worker.onmessage = ({ data }) => {
        if (data.type === "batch-done") this.#waiting.shift()?.();
      };
      if (budget !== undefined) this.worker.postMessage({ type: "limits", budget, bounds: { captures: 10, bytes: 2 ** 40 } });
      template = encoder.encode(Array.from({ length: BATCH }, (_, i) => text(i)).join(""));
      const target = { type: "target", target: { key: "page", type: "page", url: "http://bench.test/" } };
      void this.#send([target, ...opened(1, "ws://bench.test/feed")].map((event) => ({ at: 0, event })), 0);
    }

    /** @param {readonly object[]} events @param {number} count */
    #send(events, count) {
      const times = new Float64Array(count);
      for (let i = 0; i < count; i++) times[i] = ++this.#sequence / 5000;
      const batch = {
        count,
        times,
        connections: new Uint32Array(count).fill(1),
        // A received text message (model/frame.ts).
        bits: new Uint16Array(count).fill((1 << 3) | (1 << 4)),
        lengths: new Uint32Array(count).fill(SIZE),
        payload: template.slice(0, count * SIZE),
        events,
        passed: this.#sequence,
      };
      return this.#post(batch);
    }

    /** @param {any} batch */
    #post(batch) {
      this.worker.postMessage({ type: "batch", batch }, [batch.times.buffer, batch.connections.buffer, batch.bits.buffer, batch.lengths.buffer, batch.payload.buffer]);
      return new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    }

    /** @param {number} frames Resolves when the engine has taken them in; answers the milliseconds. */
    async take(frames) {
      const began = performance.now();
      /** @type {Promise<unknown>[]} */
      const underWay = [];
      for (let done = 0; done < frames; done += BATCH) {
        underWay.push(this.#send([], Math.min(BATCH, frames - done)));
        if (underWay.length > 8) await underWay.shift();
      }
      await Promise.all(underWay);
      return performance.now() - began;
    }

    /**
     * As many frames as are asked for, on so many connections in turns: small messages, of ten of each one a request and one its answer.
     * @param {number} frames @param {number} connections
     */
    async talk(frames, connections) {
      const rounds = 50;
      const rows = Array.from({ length: rounds * connections }, (_, i) => {
        const n = Math.floor(i / connections);
        if (n % 10 === 3) return { bits: 1 << 4, bytes: encoder.encode(`{"method":"get","id":${n}}`) };
        return { bits: (1 << 3) | (1 << 4), bytes: encoder.encode(n % 10 === 7 ? `{"result":1,"id":${n - 4}}` : '{"type":"tick","px":63000}') };
      });
      const payload = new Uint8Array(rows.reduce((sum, { bytes }) => sum + bytes.length, 0));
      let at = 0;
      for (const { bytes } of rows) {
        payload.set(bytes, at);
        at += bytes.length;
      }
      await this.#post({ count: 0, times: new Float64Array(0), connections: new Uint32Array(0), bits: new Uint16Array(0), lengths: new Uint32Array(0), payload: new Uint8Array(0), passed: this.#sequence, events: Array.from({ length: connections }, (_, i) => i + 2).flatMap((connection) => opened(connection, `ws://bench.test/${connection}`).map((event) => ({ at: 0, event }))) });
      /** @type {Promise<unknown>[]} */
      const underWay = [];
      for (let done = 0; done < frames; done += rows.length) {
        const times = Float64Array.from(rows, () => ++this.#sequence / 5000);
        underWay.push(this.#post({ count: rows.length, times, connections: Uint32Array.from(rows, (_, i) => (i % connections) + 2), bits: Uint16Array.from(rows, ({ bits }) => bits), lengths: Uint32Array.from(rows, ({ bytes }) => bytes.length), payload: payload.slice(), events: [], passed: this.#sequence }));
        if (underWay.length > 8) await underWay.shift();
      }
      await Promise.all(underWay);
    }

    /** One received message of any size; resolves when the engine has it. @param {Uint8Array<ArrayBuffer>} payload @param {boolean} isBinary */
    put(payload, isBinary) {
      const bits = (1 << 3) | ((isBinary ? 2 : 1) << 4);
      const batch = { count: 1, times: Float64Array.of(++this.#sequence / 5000), connections: Uint32Array.of(1), bits: Uint16Array.of(bits), lengths: Uint32Array.of(payload.length), payload, events: [], passed: this.#sequence };
      this.worker.postMessage({ type: "batch", batch }, [payload.buffer]);
      return new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    }

    /** Resolves when every message that was taken in is decoded. */
    async decoded() {
      const view = this.connect();
      await view.next((/** @type {any} */ changed) => changed.frames === this.#sequence && changed.decoded >= this.#sequence);
      view.end();
    }

    /** Resolves when no more than so many bytes of payload are in memory: the others are on disk. @param {number} most */
    async onDisk(most) {
      for (;;) {
        const view = this.connect();
        const { bytesInMemory } = await view.next(() => true);
        view.end();
        if (bytesInMemory <= most) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    /** @param {number} rate Frames a second, until `stop`. */
    flow(rate) {
      let due = performance.now();
      const timer = setInterval(() => {
        const now = performance.now();
        const count = Math.min(BATCH, Math.floor(((now - due) * rate) / 1000));
        if (count === 0) return;
        due += (count * 1000) / rate;
        void this.#send([], count);
      }, 10);
      return () => clearInterval(timer);
    }

    /** A view of the engine; `call` answers as the contract says, `next` resolves with the next push that is as asked. */
    connect() {
      const { port1, port2 } = new MessageChannel();
      this.worker.postMessage({ type: "view", version: chrome.runtime.getManifest().version, port: port2 }, [port2]);
      let id = 0;
      /** @type {Map<number, (message: any) => void>} */
      const calls = new Map();
      /** @type {Set<(changed: any) => void>} */
      const watchers = new Set();
      port1.onmessage = ({ data }) => {
        if (data.type === "changed") {
          port1.postMessage({ type: "ready" });
          for (const watcher of watchers) watcher(data.changed);
        } else if (data.type !== "progress" && data.type !== "piece") calls.get(data.id)?.(data);
      };
      return {
        /** @param {string} name @param {unknown} argument */
        call: (name, argument) =>
          new Promise((resolve, reject) => {
            id++;
            calls.set(id, (answer) => (answer.type === "answer" ? resolve(answer.value) : reject(new Error(answer.message))));
            port1.postMessage({ type: "call", id, name, argument });
          }),
        /** @param {(changed: any) => boolean} isAsAsked */
        next: (isAsAsked) =>
          new Promise((resolve) => {
            /** @param {any} changed */
            const look = (changed) => {
              if (!isAsAsked(changed)) return;
              watchers.delete(look);
              resolve(changed);
            };
            watchers.add(look);
          }),
        end: () => port1.close(),
      };
    }

    /** A panel of its own; resolves, when its first rows are painted, with the window and the milliseconds that took. @param {number} rows So many at least, its head among them. */
    async openPanel(rows = 6) {
      const panel = /** @type {any} */ (window.open(location.href, "_blank", "width=1280,height=600"));
      await new Promise((resolve) => panel.addEventListener("load", resolve, { once: true }));
      const began = performance.now();
      this.#wire(panel);
      await new Promise((resolve) => {
        const look = () => {
          const isDrawn = panel.document.querySelectorAll('[role="grid"] [role="row"]').length >= rows;
          panel.requestAnimationFrame(isDrawn ? () => panel.setTimeout(resolve) : look);
        };
        look();
      });
      return { panel, took: performance.now() - began };
    }

    /** Gives a panel's window its wires. @param {Window} panel */
    #wire(panel) {
      const view = new MessageChannel();
      const capture = new MessageChannel();
      this.worker.postMessage({ type: "view", version: chrome.runtime.getManifest().version, port: view.port2 }, [view.port2]);
      capture.port2.postMessage({ type: "capture", capture: { state: "capturing" }, abilities: [] });
      panel.postMessage({ type: "framescope-wires", version: chrome.runtime.getManifest().version, engine: view.port1, capture: capture.port1 }, location.origin, [view.port1, capture.port1]);
    }
  }

  Object.assign(globalThis, { Host });
}
