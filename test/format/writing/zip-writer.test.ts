import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zipEntries, zipStart } from "../../../src/format/reading/zip-entries.ts";
import { ZipWriter } from "../../../src/format/writing/zip-writer.ts";
import { findPython } from "../snippets/runtimes.ts";

const PYTHON = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); n = z.namelist(); print(len(n), n[-1], z.read(n[-1]).decode())";

function zipOf(files: number): Buffer {
  const writer = new ZipWriter(0);
  const pieces: Uint8Array[] = [];
  for (let i = 0; i < files; i++) {
    writer.begin(`${i}.txt`, true);
    pieces.push(...writer.add(Buffer.from(`file ${i}`)), ...writer.endFile());
  }
  return Buffer.concat([...pieces, ...writer.end()]);
}

describe("a zip", () => {
  it.each([1, 65_534, 65_535])("of %d files is read whole, here and elsewhere", { timeout: 60_000 }, (files) => {
    const bytes = zipOf(files);
    const file = {
      name: "x.zip",
      size: bytes.length,
      read: (offset: number, into: Uint8Array): number => {
        const part = bytes.subarray(offset, offset + into.length);
        into.set(part);
        return part.length;
      },
    };
    const entries = zipEntries(file) ?? [];
    expect(entries).toHaveLength(files);
    const last = entries.at(-1);
    const start = last === undefined ? undefined : zipStart(file, last);
    expect(start === undefined ? "" : bytes.subarray(start, start + (last?.packed ?? 0)).toString()).toBe(`file ${files - 1}`);
    const python = findPython(["zipfile"]);
    if (python === undefined) return;
    const folder = mkdtempSync(join(tmpdir(), "zip-"));
    try {
      writeFileSync(join(folder, "x.zip"), bytes);
      const { stdout, stderr } = spawnSync(python, ["-c", PYTHON, join(folder, "x.zip")], { encoding: "utf8" });
      expect([stdout.trim(), stderr]).toEqual([`${files} ${files - 1}.txt file ${files - 1}`, ""]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
