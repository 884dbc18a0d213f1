#!/usr/bin/env node
/** The command line. */
import { existsSync, readFileSync, writeSync } from "node:fs";
import { constants } from "node:os";

const INTERRUPTS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
/** As a shell tells that a signal ended a program. */
const ENDED_BY = 128;

/** A package holds it built; beside the source it is built when that has changed. */
const isPackaged = !existsSync(new URL("../src/", import.meta.url));
const built = isPackaged ? new URL("../out/command-line/main.mjs", import.meta.url) : await (await import("../scripts/build-command-line.mjs")).builtCommandLine();
/** @type {typeof import("../src/node/main.ts")} */
const { main, removeUnfinished } = await import(built.href);
for (const signal of INTERRUPTS) {
  process.on(signal, () => {
    // A command that ends in order by itself listens too.
    if (process.listenerCount(signal) > 1) return;
    removeUnfinished();
    process.exit(ENDED_BY + constants.signals[signal]);
  });
}
/** Who reads what is written has enough, as `head` has: the command ends as if it were done. */
const ENOUGH = new Error("Nobody reads on.");
let isReadOn = true;
process.stdout.on("error", (error) => {
  if (!("code" in error) || error.code !== "EPIPE") throw error;
  isReadOn = false;
});
process.exitCode = await main(process.argv.slice(2), {
  out: (text) => {
    if (!isReadOn) throw ENOUGH;
    process.stdout.write(text);
  },
  write: (bytes) => writeOut(bytes),
  input: process.stdin,
  errors: (text) => void process.stderr.write(text),
  // To the line's beginning, and what stands there is deleted.
  progress: (text) => void process.stderr.write(`\r\u001b[K${text}`),
  columns: process.stdout.columns ?? 160,
  whenInterrupted: (callback) => {
    for (const signal of INTERRUPTS) process.on(signal, callback);
    return () => INTERRUPTS.forEach((signal) => process.off(signal, callback));
  },
  isTerminal: process.stderr.isTTY,
  version: JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version,
  languages: [process.env["LC_ALL"], process.env["LC_MESSAGES"], process.env["LANG"]].flatMap((set) => (set ? [set.replace(/\..*$/, "").replace("_", "-")] : [])),
}).catch((error) => {
  if (error !== ENOUGH) throw error;
  return 0;
});
// Who waited for a line of it waits no longer.
process.stdin.destroy();

/** A pipe that is full says so; who reads it needs a moment. @param {Uint8Array} bytes */
function writeOut(bytes) {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else throw error;
    }
  }
}
