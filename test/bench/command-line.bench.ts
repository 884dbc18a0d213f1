import { spawnSync } from "node:child_process";
import { closeSync, cpSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exportSource } from "../../src/engine/export-source.ts";
import { ndjson } from "../../src/format/exports/ndjson.ts";
import { epochMilliseconds } from "../../src/model/units.ts";
import { openAppendFile } from "../../src/node/append-file.ts";
import { feed, SIZE } from "./feed.ts";
import { compare, feedText, timed, type BenchRow } from "./measure.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NEEDLE = "needle-4711";

/** Where a machine has certificates of its own, Node reads them as it starts, which takes as long as the rest of its start. */
const ENVIRONMENT = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };

/** The command line beside ripgrep, each a process of its own; nothing where no ripgrep is installed. */
export function main(frames = 1_000_000): readonly BenchRow[] {
  if (spawnSync("rg", ["--version"]).status !== 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "framescope-bench-"));
  try {
    const lines = join(folder, "capture.ndjson");
    write(frames, folder, lines);
    const run = (command: string, parameters: readonly string[]): number =>
      timed(() => {
        const { stdout } = spawnSync(command, parameters, { encoding: "utf8", env: ENVIRONMENT });
        if (stdout.trimEnd().split("\n").length !== 1 || !stdout.includes(NEEDLE)) throw new Error(`${command} found ${JSON.stringify(stdout.slice(0, 500))}.`);
      });
    const framescope = install(join(folder, "package"));
    const { ratio, subject, yardstick } = compare(3, () => run(process.execPath, [framescope, "show", folder, "--filter", NEEDLE]), () => run("rg", [NEEDLE, lines]));
    return [{ name: `\`framescope show\`, a filter with one hit in ${frames.toLocaleString("en-US")} frames of 200 B (Node)`, yardstick: "ripgrep over the same NDJSON", value: ratio, limit: 3, unit: "x", detail: `${subject.toFixed(0)} ms against ${yardstick.toFixed(0)} ms, from start to end of a process` }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Puts the command there as `npm pack` has it: beside its source it would look first whether that has changed. Answers its file. */
function install(folder: string): string {
  spawnSync(process.execPath, [join(ROOT, "scripts", "build-command-line.mjs")], { cwd: ROOT });
  for (const part of ["bin", "out/command-line", "package.json"]) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  return join(folder, "bin", "framescope.cjs");
}

/** A capture's folder, and the same as NDJSON. */
function write(frames: number, folder: string, lines: string): void {
  const textAt = (index: number): string => (index === Math.floor(frames * 0.7) ? feedText(index, SIZE).replace("lorem ipsum", NEEDLE) : feedText(index, SIZE));
  const capture = feed(frames, { journal: openAppendFile(join(folder, "journal")), payloads: openAppendFile(join(folder, "payloads")) }, textAt);
  const file = openSync(lines, "w");
  for (const piece of ndjson.write(exportSource(capture, undefined), { sensitive: true, version: "", tell: () => "", title: "", now: epochMilliseconds(0) })) writeSync(file, piece);
  closeSync(file);
  capture.end(0);
}
