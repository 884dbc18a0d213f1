import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { Faults } from "../../src/model/faults.ts";
import { batchOf, opened, type Step } from "../engine/setup-engine.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { writeHar } from "./har-file.ts";
import { FRAMESCOPE } from "./run-framescope.ts";

const PATIENCE_MS = 60_000;
const MORE_THAN_PIPES_HOLD = 6000;
const TEXTS = Array.from({ length: MORE_THAN_PIPES_HOLD }, (_, i) => `${i} ${"x".repeat(200)}`);

let folder: string;
let har: string;
let capture: string;
/** For what the command makes beside its output. */
let temporary: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "framescope-interrupted-"));
  har = await writeHar(join(folder, "long.har"), [{ url: "wss://feed.test/", messages: TEXTS }]);
  [capture, temporary] = [join(folder, "capture"), join(folder, "temporary")];
  for (const made of [capture, temporary]) await mkdir(made);
  const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
  const log = new CaptureLog(files, 1 << 20, new Faults("recorder"));
  log.take(batchOf([...opened(1), ...TEXTS.map((payload): Step => ({ connection: 1, payload }))], 0), 0);
  log.end(1000);
  for (const name of ["journal", "payloads"] as const) await writeFile(join(capture, name), files[name].contents);
});
afterAll(() => rm(folder, { recursive: true }));

const COMMANDS: readonly { readonly what: string; readonly signal: NodeJS.Signals; readonly parameters: () => readonly string[] }[] = [
  { what: "show, of a file", signal: "SIGINT", parameters: () => ["show", har, "--json"] },
  { what: "show, of a capture", signal: "SIGTERM", parameters: () => ["show", capture] },
  { what: "convert, of a file", signal: "SIGTERM", parameters: () => ["convert", har, "-", "--to", "ndjson"] },
  { what: "redact, of a capture", signal: "SIGINT", parameters: () => ["redact", capture, "-", "--to", "har"] },
];

describe("a command whose output nobody reads", () => {
  it.each(COMMANDS)("ends at once by $signal, and leaves nothing: $what", { timeout: PATIENCE_MS }, async ({ signal, parameters }) => {
    const child = spawn(process.execPath, [FRAMESCOPE, ...parameters()], { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, TMPDIR: temporary } });
    const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
    await once(child.stdout, "readable");
    child.kill(signal);
    const [code, endedBy] = await exited;
    // As a shell tells of a program that a signal ends.
    expect(code ?? 128 + constants.signals[endedBy ?? "SIGKILL"]).toBe(128 + constants.signals[signal]);
    expect(await readdir(temporary)).toEqual([]);
    child.stdout.destroy();
  });
});
