import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importCapture } from "../../src/engine/import/import-capture.ts";
import type { AppendFile } from "../../src/log/payload-pages.ts";
import { Faults } from "../../src/model/faults.ts";
import { openAppendFile } from "../../src/node/append-file.ts";
import { feedText, type BenchRow } from "./measure.ts";

const SIZE = 1000;
/** Messages of one entry before those of another, which are of the same time. */
const ENTRIES = 4;

/** Files read in, in Node. `bytes`: of the file. */
export async function main(bytes = 2 ** 30): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "framescope-bench-"));
  try {
    return await harIn(folder, bytes);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function harIn(folder: string, bytes: number): Promise<readonly BenchRow[]> {
  const path = join(folder, "large.har");
  const messages = writeHar(path, bytes);
  const yardstick = parsePieces(path);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const began = performance.now();
  const { frames } = await importFile(path, folder, () => {});
  const took = performance.now() - began;
  clearInterval(watch);
  if (frames !== messages) throw new Error(`${frames} of ${messages} messages were read.`);
  const cancel = await cancelled(path, folder);
  const what = `HAR in, ${(bytes / 2 ** 30).toFixed(2)} GiB, ${messages.toLocaleString("en-US")} messages (Node)`;
  return [
    { name: what, yardstick: "`JSON.parse` of each message's text", value: took / yardstick, limit: 3, unit: "x", detail: `${(took / 1000).toFixed(1)} s against ${(yardstick / 1000).toFixed(1)} s; ${((most - before) / 2 ** 20).toFixed(0)} MiB more memory at most` },
    { name: "cancel that import while it reads", yardstick: "", value: cancel, limit: 100, unit: "ms", detail: "until nothing of it is left" },
  ];
}

/** One message a line, as Framescope and others write it; answers how many. */
function writeHar(path: string, bytes: number): number {
  const handle = openSync(path, "w");
  const each = Math.ceil(bytes / ENTRIES / (SIZE * 1.16));
  writeSync(handle, '{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[');
  for (let entry = 0; entry < ENTRIES; entry++) {
    writeSync(handle, `${entry === 0 ? "" : ","}\n{"startedDateTime":"2026-11-20T12:00:00.000Z","request":{"url":"ws://feed.test/${entry}","headers":[]},"response":{"status":101,"headers":[]},"_webSocketMessages":[`);
    for (let from = 0; from < each; from += 1000) {
      const lines = Array.from({ length: Math.min(1000, each - from) }, (_, i) => JSON.stringify({ type: "receive", time: 1_795_176_000 + (from + i) / 1000 + entry / 10_000, opcode: 1, data: feedText(from + i, SIZE) }));
      writeSync(handle, `${from === 0 ? "\n" : ",\n"}${lines.join(",\n")}`);
    }
    writeSync(handle, "]}");
  }
  writeSync(handle, "\n]}}\n");
  closeSync(handle);
  return each * ENTRIES;
}

/** Milliseconds to read the file's lines and parse each that is a message. */
function parsePieces(path: string): number {
  const handle = openSync(path, "r");
  const decoder = new TextDecoder();
  const piece = new Uint8Array(1 << 20);
  let rest = "";
  let parsed = 0;
  const began = performance.now();
  for (let count = readSync(handle, piece); count > 0; count = readSync(handle, piece)) {
    const lines = (rest + decoder.decode(piece.subarray(0, count), { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith('{"type"')) continue;
      JSON.parse(line.slice(0, line.lastIndexOf("}") + 1).replace(/\]\}$/, ""));
      parsed++;
    }
  }
  closeSync(handle);
  if (parsed === 0) throw new Error("Nothing was parsed.");
  return performance.now() - began;
}

async function importFile(path: string, folder: string, goOn: () => void): Promise<{ readonly frames: number }> {
  const handle = openSync(path, "r");
  const files: AppendFile[] = ["journal", "payloads", "spool"].map((name) => openAppendFile(join(folder, name)));
  const [journal, payloads, spool] = files as [AppendFile, AppendFile, AppendFile];
  try {
    const create = () => Promise.resolve({ id: folder, journal, payloads, spool, end: () => Promise.resolve(files.forEach((file) => file.close())) });
    return await importCapture(
      { create, writeAbout: () => Promise.resolve() },
      { name: "large.har", size: fstatSync(handle).size, read: (offset, into) => readSync(handle, into, 0, into.length, offset) },
      { now: () => performance.now(), turns: { soon: (callback) => void setImmediate(callback) }, tell: () => "", faults: new Faults("recorder"), long: { progress: () => {}, give: () => Promise.resolve(), goOn, whenCancelled: () => {} } },
    );
  } finally {
    closeSync(handle);
    for (const name of ["journal", "payloads", "spool"]) rmSync(join(folder, name), { force: true });
  }
}

/** Milliseconds from a cancel in the middle until all is gone. */
async function cancelled(path: string, folder: string): Promise<number> {
  let at = Infinity;
  const timer = setTimeout(() => (at = performance.now()), 300);
  await importFile(path, folder, () => {
    if (at < Infinity) throw new RangeError("cancelled");
  }).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
  });
  clearTimeout(timer);
  return performance.now() - at;
}
