#!/usr/bin/env node
/** The command line. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
// As modules they would load all that they have: streams, which most commands need none of.
/** @type {typeof import("node:fs")} */
const { existsSync, fstatSync, readFileSync, writeSync } = require("node:fs");
/** @type {typeof import("node:url")} */
const { fileURLToPath } = require("node:url");

const INTERRUPTS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
/** As a shell tells that a signal ended a program. */
const ENDED_BY = 128;

/** A package holds it built; beside the source it is built when that has changed. */
const isPackaged = !existsSync(new URL("../src/", import.meta.url));
const built = isPackaged ? new URL("../out/command-line/main.cjs", import.meta.url) : await (await import("../scripts/build-command-line.mjs")).builtCommandLine();
/** @type {typeof import("../src/node/main.ts")} */
const { GO_ON, main, removeUnfinished } = require(fileURLToPath(built));
for (const signal of INTERRUPTS) {
  process.on(signal, () => {
    // A command that ends in order by itself listens too.
    if (process.listenerCount(signal) > 1) return;
    removeUnfinished();
    process.exit(ENDED_BY + /** @type {typeof import("node:os")} */ (require("node:os")).constants.signals[signal]);
  });
}
/** Node's own streams take a while to begin, and most commands need none: what is written is written at once, what is read is read on request. */
const [OUT, ERRORS] = [1, 2];
let isRead = false;
const goesOn = GO_ON.has(process.argv[2] ?? "");
/** Resolves with what was written last. */
let taken = Promise.resolve();
// Whoever writes is told.
if (goesOn) for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
process.exitCode = await main(process.argv.slice(2), {
  out: goesOn ? print : (text) => writeAll(OUT, Buffer.from(text)),
  taken: () => taken,
  write: (bytes) => writeAll(OUT, bytes),
  input: {
    [Symbol.asyncIterator]: () => {
      isRead = true;
      return process.stdin[Symbol.asyncIterator]();
    },
  },
  errors: tell,
  // To the line's beginning, and what stands there is deleted.
  progress: (text) => tell(`\r\u001b[K${text}`),
  columns: isTerminal(OUT) ? process.stdout.columns : 160,
  whenInterrupted: (callback) => {
    for (const signal of INTERRUPTS) process.on(signal, callback);
    return () => INTERRUPTS.forEach((signal) => process.off(signal, callback));
  },
  isTerminal: isTerminal(ERRORS),
  version: JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version,
  languages: [process.env["LC_ALL"], process.env["LC_MESSAGES"], process.env["LANG"]].flatMap((set) => (set && !/^(?:C|POSIX)(?:\.|$)/.test(set) ? [set.replace(/\..*$/, "").replace("_", "-")] : [])),
});
// Who waited for a line of it waits no longer.
if (isRead) process.stdin.destroy();

/** @param {number} handle */
function isTerminal(handle) {
  try {
    return fstatSync(handle).isCharacterDevice() && /** @type {typeof import("node:tty")} */ (require("node:tty")).isatty(handle);
  } catch {
    // It is closed.
    return false;
  }
}

/** Without waiting for who reads. @param {string} text */
function print(text) {
  if (process.stdout.errored) throw process.stdout.errored;
  taken = new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
  // Nobody may ask.
  taken.catch(() => {});
}

/** A terminal that is gone is told nothing. @param {string} text */
function tell(text) {
  if (goesOn) return void process.stderr.write(text);
  try {
    writeAll(ERRORS, Buffer.from(text));
  } catch {}
}

/** A pipe that is full says so; who reads it needs a moment. @param {number} to @param {Uint8Array} bytes */
function writeAll(to, bytes) {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(to, bytes, done);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else throw error;
    }
  }
}
