/** Hot reload of development servers: each its own server, and a page in a browser that its own client runs in. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { launch } from "puppeteer-core";
import { createServer } from "vite";
import { findBrowser } from "../find-browser.mjs";
import { library } from "./libraries/library.mjs";
import { versions } from "./recorder.mjs";
import { freePort, untilListens } from "./running.mjs";

/** @typedef {import("./recorder.mjs").Recorder} Recorder */

const LIBRARIES = new URL("libraries/", import.meta.url);

/** @param {Recorder} recorder */
export async function recordHotReload(recorder) {
  const { path: executablePath } = await findBrowser();
  const browser = await launch({ executablePath, pipe: true, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  try {
    await recordVite(recorder);
    for (const version of ["webpack-dev-server", "webpack-dev-server-5"]) await recordWebpack(recorder, browser, version);
    for (const bundler of ["--turbopack", "--webpack"]) await recordNext(recorder, browser, bundler);
  } finally {
    await browser.close();
  }
  return versions("vite", "webpack-dev-server", "webpack-dev-server-5", "next");
}

/** Spoken to as its client does. @param {Recorder} recorder */
async function recordVite({ WebSocket }) {
  const server = await createServer({ configFile: false, root: new URL("../../demo/page", import.meta.url).pathname, logLevel: "silent", server: { port: 0, host: "127.0.0.1", watch: null }, optimizeDeps: { noDiscovery: true } });
  await server.listen();
  const socket = new WebSocket(`${server.resolvedUrls?.local[0]?.replace("http", "ws")}?token=${server.config.webSocketToken}`, "vite-hmr");
  await once(socket, "message");
  socket.send(JSON.stringify({ type: "custom", event: "vite:client:connected", data: {} }));
  server.ws.send({ type: "full-reload", path: "/index.html" });
  await once(socket, "message");
  socket.close();
  await server.close();
}

/**
 * @param {Recorder} recorder
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} version The package's name.
 */
async function recordWebpack(recorder, browser, version) {
  const { default: webpack } = await library("webpack");
  const { default: Server } = await library(version);
  await inFolder(recorder, async (folder) => {
    const page = join(folder, "index.js");
    await mkdir(join(folder, "public"));
    await writeFile(join(folder, "public/index.html"), '<script src="/main.js"></script>\n');
    await writeFile(page, 'document.title = "orders";\nmodule.hot.accept();\n');
    const port = await freePort();
    const server = new Server(
      { host: "127.0.0.1", port, allowedHosts: "all", static: { directory: join(folder, "public"), watch: false }, client: { webSocketURL: "auto://0.0.0.0:0/ws" } },
      webpack({ mode: "development", context: folder, entry: page, devtool: false, output: { path: join(folder, "built") }, stats: "none", infrastructureLogging: { level: "none" } }),
    );
    await server.start();
    try {
      await visit(recorder, browser, { port, told: /"action":"sync"|"type":"ok"/ }, async (hears) => {
        await writeFile(page, 'document.title = "prices";\nmodule.hot.accept();\n');
        await hears(/"action":"built"|"type":"ok"/);
        await writeFile(page, 'document.title = "prices;\n');
        await hears(/"errors":\["|"type":"errors"/);
      });
    } finally {
      await server.stop();
    }
  });
}

/**
 * @param {Recorder} recorder
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} bundler
 */
async function recordNext(recorder, browser, bundler) {
  await inFolder(recorder, async (folder) => {
    const page = join(folder, "app/page.js");
    await mkdir(join(folder, "app"));
    await writeFile(join(folder, "app/layout.js"), "export default ({ children }) => <html><body>{children}</body></html>;\n");
    await writeFile(page, '"use client";\nexport default function Orders() { return <h1>Orders</h1>; }\n');
    const port = await freePort();
    const server = spawn(process.execPath, [fileURLToPath(new URL("node_modules/next/dist/bin/next", LIBRARIES)), "dev", folder, bundler, "--hostname", "127.0.0.1", "--port", String(port)], { stdio: "ignore", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" }, detached: true });
    try {
      await untilListens(port);
      await visit(recorder, browser, { port, told: /"sync"/ }, async (hears) => {
        await writeFile(page, '"use client";\nexport default function Orders() { return <h1>Prices</h1>; }\n');
        await hears(bundler === "--turbopack" ? /"turbopack-message"/ : /"built"/);
        await writeFile(page, '"use client";\nexport default function Orders() { return <h1>Prices; }\n');
        await hears(/"errors":\[\{/);
      });
    } finally {
      if (server.pid !== undefined) process.kill(-server.pid, "SIGKILL");
      await once(server, "exit");
    }
  });
}

/**
 * Opens a page of a server in the browser while something is done, and writes down what passes on its socket.
 * @param {Recorder} recorder
 * @param {import("puppeteer-core").Browser} browser
 * @param {{ port: number, told: RegExp }} page `told`: what its socket says once it is ready.
 * @param {(hears: (said: RegExp) => Promise<void>) => Promise<void>} act Waits with `hears` for what the socket says next.
 */
async function visit(recorder, browser, { port, told }, act) {
  const { url: near, close } = await recorder.between(`ws://127.0.0.1:${port}`);
  const tab = await browser.newPage();
  const before = recorder.connections.length;
  let heard = 0;
  const hears = async (/** @type {RegExp} */ said) => {
    for (let tries = 0; ; tries++) {
      const messages = recorder.connections[before]?.messages ?? [];
      const at = messages.findIndex(([side, , text], i) => i >= heard && side === "<" && said.test(text));
      if (at >= 0) {
        heard = at + 1;
        return;
      }
      if (tries === 600) throw new Error(`The server never said ${said}: ${JSON.stringify(messages)}`);
      await setTimeout(100);
    }
  };
  await tab.goto(near.replace("ws", "http"), { timeout: 60_000 });
  await hears(told);
  await act(hears);
  // What follows at once.
  await setTimeout(500);
  await tab.close();
  await close();
}

/** What is said in the place of a folder of this machine, the last that of where Node.js itself was built. @type {readonly (readonly [string, string])[]} */
const PLACES = [[String(LIBRARIES), "/"], [fileURLToPath(LIBRARIES), "/"], [encodeURIComponent(fileURLToPath(LIBRARIES)), "%2F"], ["/home/iojs/build/", "/node/"]];
/** @param {string} text */
const placed = (text) => PLACES.reduce((left, [place, name]) => left.replaceAll(place, name), text);

/**
 * A project of its own beside what it imports, which is removed again; in what was recorded it is called `/shop`.
 * @param {Recorder} recorder
 * @param {(folder: string) => Promise<void>} run
 */
async function inFolder({ connections }, run) {
  const folder = fileURLToPath(new URL("shop", LIBRARIES));
  // One that was stopped left it there.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  for (const { messages } of connections) {
    for (const message of messages) {
      const [, form, text] = message;
      message[2] = form === "text" ? placed(text) : Buffer.from(placed(Buffer.from(text, "base64").toString("latin1")), "latin1").toString("base64");
    }
  }
}
