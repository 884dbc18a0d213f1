import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { expect, onTestFinished, test, vi } from "vitest";
import { writePackage } from "../../scripts/package-files.mjs";

const FILES: Readonly<Record<string, string>> = { "manifest.json": '{"version":"1.2.3"}', "src/b.js": "b".repeat(1000), "src/a.js": "a", "icons/16.png": "\u0089PNG" };

/** A built extension whose files were written in this order, at this time. */
async function built(names: readonly string[], time: Date): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "framescope-package-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of names) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, FILES[name] ?? "");
    await utimes(path, time, time);
  }
  return folder;
}

test("the zip is the same bytes for the same files, whenever and in whatever order they were written; the hash is the file's", async () => {
  const names = Object.keys(FILES);
  const first = await built(names, new Date("2026-01-01T00:00:00Z"));
  const second = await built([...names.toReversed(), ".DS_Store"], new Date("2026-07-01T12:34:56Z"));
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-08-01T00:00:00Z") });
  onTestFinished(() => void vi.useRealTimers());
  const before = await writePackage(first, join(first, "out"));
  vi.setSystemTime(new Date("2027-01-01T00:00:00Z"));
  const packages = [before, await writePackage(second, join(second, "out"))];
  const archives = await Promise.all(packages.map(({ path }) => readFile(path)));
  expect(archives[0]?.equals(archives[1] ?? Buffer.alloc(0))).toBe(true);
  expect(packages.map(({ path }) => path.replace(/^.*\//s, ""))).toEqual(["framescope-1.2.3.zip", "framescope-1.2.3.zip"]);
  for (const [i, { sha256, bytes, files }] of packages.entries()) {
    expect([sha256, bytes, files]).toEqual([createHash("sha256").update(archives[i] ?? "").digest("hex"), archives[i]?.length, names.length]);
  }
  const unpacked = unzipSync(archives[0] ?? new Uint8Array());
  expect(Object.keys(unpacked)).toEqual(names.toSorted());
  for (const [name, bytes] of Object.entries(unpacked)) expect(Buffer.from(bytes).toString()).toBe(FILES[name]);
  await writeFile(join(first, "src/a.js"), "another");
  await rm(join(first, "out"), { recursive: true });
  expect((await writePackage(first, join(first, "out"))).sha256).not.toBe(packages[0]?.sha256);
});
