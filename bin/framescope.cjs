#!/usr/bin/env node
"use strict";
/** The command line. No module of ECMAScript: Node takes a while longer to start one. */
const { existsSync, fstatSync, readFileSync, writeSync } = require("node:fs");
const path = require("node:path");
const { fileURLToPath } = require("node:url");
const { keepCompiled, loadCompiled } = require("./load-compiled.cjs");

const INTERRUPTS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
/** As a shell tells that a signal ended a program. */
const ENDED_BY = 128;

/** A package holds it built; beside the source it is built when that has changed. */
async function builtCommandLine() {
  if (!existsSync(path.join(__dirname, "..", "src"))) return path.join(__dirname, "..", "out", "command-line", "main.cjs");
  return fileURLToPath(await (await import("../scripts/build-command-line.mjs")).builtCommandLine());
}

/** Node's own streams take a while to begin, and most commands need none: what is written is written at once, what is read is read on request. */
const [OUT, ERRORS] = [1, 2];
let isRead = false;
/** Resolves with what was written last. */
let taken = Promise.resolve();
/** Nobody who reads slowly, or not at all, may keep this thread from hearing of signals, pings and the like. */
let mustHear = false;

void run();

async function run() {
  const [command = ""] = process.argv.slice(2);
  /** @type {typeof import("../src/node/main.ts")} */
  const { COMMANDS, GO_ON, main, removeUnfinished, whenUnfinished } = loadCompiled(await builtCommandLine(), /^[a-z]+$/.test(command) ? command : "");
  if (GO_ON.has(command)) hearAlways();
  // Before, a signal ends the process by itself, also while it waits for who reads.
  whenUnfinished(() => {
    hearAlways();
    for (const signal of INTERRUPTS) {
      process.on(signal, () => {
        // A command that ends in order by itself listens too.
        if (process.listenerCount(signal) > 1) return;
        removeUnfinished();
        process.exit(ENDED_BY + require("node:os").constants.signals[signal]);
      });
    }
  });
  process.exitCode = await main(process.argv.slice(2), {
    out: (text) => print(Buffer.from(text)),
    taken: () => taken,
    // They are the caller's again right after.
    write: (bytes) => print(mustHear ? Buffer.from(bytes) : bytes),
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
    version: JSON.parse(readFileSync(path.join(__dirname, "..", "package.json"), "utf8")).version,
    languages: [process.env["LC_ALL"], process.env["LC_MESSAGES"], process.env["LANG"]].flatMap((set) => (set && !/^(?:C|POSIX)(?:\.|$)/.test(set) ? [set.replace(/\..*$/, "").replace("_", "-")] : [])),
  });
  // Who waited for a line of it waits no longer.
  if (isRead) process.stdin.destroy();
  if (Object.hasOwn(COMMANDS, command)) keepCompiled();
}

/** @param {number} handle */
function isTerminal(handle) {
  try {
    return fstatSync(handle).isCharacterDevice() && require("node:tty").isatty(handle);
  } catch {
    // It is closed.
    return false;
  }
}

function hearAlways() {
  if (mustHear) return;
  mustHear = true;
  // Whoever writes is told.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}

/** @param {Uint8Array} bytes */
function print(bytes) {
  if (!mustHear) return writeAll(OUT, bytes);
  if (process.stdout.errored) throw process.stdout.errored;
  taken = new Promise((resolve, reject) => process.stdout.write(bytes, (error) => (error ? reject(error) : resolve())));
  // Nobody may ask.
  taken.catch(() => {});
}

/** A terminal that is gone is told nothing. @param {string} text */
function tell(text) {
  if (mustHear) return void process.stderr.write(text);
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
