import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { version4 } from "../../src/log/journal-versions/version-4.ts";
import { JournalWalk, type FoundBlock } from "../../src/log/journal-walk.ts";
import { Faults } from "../../src/model/faults.ts";
import type { CommandContext } from "../../src/node/command.ts";
import { quickFound } from "../../src/node/quick-found.ts";
import { batchOf, opened, type Step } from "../engine/setup-engine.ts";
import { putEventsFirst } from "../log/events-first.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { en } from "../words/speakers.ts";
import { runHere } from "./run-framescope.ts";

const PATIENCE_MS = 60_000;
/** Rows of a block, so many that the rows near two hits in it are apart. */
const BATCH = 12_000;
const ROWS = 52_000;
const LAST_HIT = 44_000;
const HITS = [20, 26_500, 34_000, 34_001, 35_900, LAST_HIT];
const WORD = "needle-4711";

const nothing = (): void => {};
const IO: CommandContext["io"] = { out: nothing, err: nothing, progress: nothing, taken: () => Promise.resolve(), write: nothing, input: (async function* () {})(), columns: 80, languages: [], isTerminal: false, whenInterrupted: () => nothing, version: "0.0.0" };

/** A large capture, of three connections whose messages alternate. */
function newFiles(): { readonly journal: MemoryFile; readonly payloads: MemoryFile } {
  const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
  const log = new CaptureLog(files, 1 << 20, new Faults("recorder"));
  const messages = Array.from({ length: ROWS }, (_, i): Step => ({ connection: 1 + (i % 3), payload: `{"type":"tick","seq":${i},"note":"${HITS.includes(i) ? WORD : "lorem"}"}` }));
  const steps = [...[1, 2, 3].flatMap((connection) => opened(connection)), ...messages];
  for (let from = 0, passed = 0; from < steps.length; from += BATCH) {
    const batch = batchOf(steps.slice(from, from + BATCH), passed);
    passed = batch.passed;
    log.take(batch, from);
    log.save(from);
  }
  log.end(1000);
  return files;
}

/** The block that a hit is in, and where its payload begins. */
function blockOf(seq: number, { journal, payloads }: ReturnType<typeof newFiles>): FoundBlock & { readonly hit: number } {
  const hit = Buffer.from(payloads.contents).indexOf(`"seq":${seq},`);
  const walk = new JournalWalk(journal, payloads, "heads");
  for (let found = walk.next(); found.type !== "end"; found = walk.next()) if (found.type === "block" && found.head.payloadTo > hit) return { ...found, hit };
  throw new Error("no block holds it");
}

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "framescope-quick-"))));
afterEach(() => rm(folder, { recursive: true }));

async function write(files: ReturnType<typeof newFiles>): Promise<void> {
  for (const name of ["journal", "payloads"] as const) await writeFile(join(folder, name), files[name].contents);
}

it("tells the same as an engine of rows that are apart in a block, and of a block whose rows do not come first", { timeout: PATIENCE_MS }, async () => {
  const files = newFiles();
  const { at } = blockOf(LAST_HIT, files);
  const { contents } = files.journal;
  putEventsFirst(contents.subarray(at));
  files.journal.cutTo(0);
  files.journal.append(contents);
  await write(files);
  // What decoding alone can tell has all of it opened.
  const [quick, all] = await Promise.all([WORD, `${WORD} (type:* OR NOT type:*)`].map((filter) => runHere(["show", folder, "--json", "--filter", filter])));
  expect(quick).toEqual(all);
  expect(quick?.out.trimEnd().split("\n")).toHaveLength(HITS.length);
});

it("leaves a capture to an engine that is damaged where a row that is found stands", { timeout: PATIENCE_MS }, async () => {
  const context: CommandContext = { io: IO, speaker: en, version: "0.0.0", exitWith: () => {} };
  const files = newFiles();
  const { at, hit } = blockOf(LAST_HIT, files);
  for (const [name, place] of [["journal", at + version4.headLength + 5000], ["payloads", hit]] as const) {
    files[name].flip(place, 1);
    await write(files);
    expect(await quickFound(folder, WORD, context), name).toBeUndefined();
    files[name].flip(place, 1);
  }
});
