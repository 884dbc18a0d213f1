import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { CaptureLog } from "../../../src/engine/capture-log.ts";
import { Faults } from "../../../src/model/faults.ts";
import { batchOf, opened, setupEngine, type Step } from "../../engine/setup-engine.ts";
import { FRAMESCOPE, framescope, runHere } from "../run-framescope.ts";
import { MemoryFile } from "../../log/memory-file.ts";
import { IN_FULL } from "../../some-of.ts";

/** To read TypeScript, a busy machine takes its time. */
const PATIENCE_MS = 60_000;
const FIXTURE = fileURLToPath(new URL("../../fixtures/captures/version-3", import.meta.url));

const BATCH = 3000;

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

/** A capture's folder on the disk, as an engine writes it. */
async function captured(steps: readonly Step[]): Promise<string> {
  return (await capturedFiles(steps)).folder;
}

async function capturedFiles(steps: readonly Step[]): Promise<{ readonly folder: string; readonly files: { readonly journal: MemoryFile; readonly payloads: MemoryFile } }> {
  const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
  const log = new CaptureLog(files, 1 << 20, new Faults("recorder"));
  // Blocks of the journal end where a batch does.
  for (let from = 0, passed = 0; from < steps.length; from += BATCH) {
    const batch = batchOf(steps.slice(from, from + BATCH), passed);
    passed = batch.passed;
    log.take(batch, from);
    log.save(from);
  }
  log.end(1000);
  const folder = await mkdtemp(join(tmpdir(), "framescope-show-"));
  folders.push(folder);
  for (const name of ["journal", "payloads"] as const) await writeFile(join(folder, name), files[name].contents);
  return { folder, files };
}

describe("framescope show", () => {
  it("prints the rows of a capture, decoded and paired as the panel shows them", async () => {
    const { code, out, err } = await framescope("show", FIXTURE);
    expect(code).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[1]).toMatch(/^ 2 .*↑ {2}subscribe +\{"op":"subscribe","id":1\} +25 B {2}1,000 ms$/);
    expect(lines[4]).toMatch(/↓ {2}MessagePack +\{"a":1,"b":true\} +7 B$/);
    expect(err).toBe("6 frames of 6\n");
  }, PATIENCE_MS);

  it("prints what a filter lets through, and how much that is", async () => {
    const { out, err } = await runHere(["show", FIXTURE, "--filter", "is:sent type:subscribe"]);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(out).toContain('{"op":"subscribe","id":1}');
    expect(err).toBe("1 frame of 6\n");
  }, PATIENCE_MS);

  it("says why a filter is none, and why a folder holds no capture", async () => {
    expect(await runHere(["show", FIXTURE, "--filter", "typo:3"])).toEqual({ code: 2, out: "", err: expect.stringContaining('Unknown field "typo"') });
    expect(await runHere(["show", tmpdir()])).toEqual({ code: 2, out: "", err: expect.stringMatching(/holds no capture: no such file or folder\n$/) });
  }, PATIENCE_MS);

  it("reads binary messages by a .proto file, and says which types there are and what is wrong with it", async () => {
    const folder = await captured([...opened(1), { payload: Uint8Array.of(0x08, 0x96, 0x01, 0x12, 0x03, 0x74, 0x65, 0x61), opcode: 2 }]);
    const proto = join(folder, "shop.proto");
    await writeFile(proto, 'syntax = "proto3"; package shop; message Order { uint64 id = 1; string item = 2; }');
    const { code, out } = await runHere(["show", folder, "--proto", proto, "--message", "received shop.Order"]);
    expect([code, out]).toEqual([0, expect.stringMatching(/Order +\{"id":150,"item":"tea"\}/)]);
    expect((await runHere(["show", folder, "--proto", proto])).err).toContain("shop.Order");
    expect((await runHere(["show", folder, "--proto", proto, "--message", "Nothing"])).err).toContain("Nothing");
    expect((await runHere(["show", folder, "--proto", proto, "--message", "to shop.Order"])).err).toContain("to shop.Order");
    await writeFile(proto, "message {");
    expect(await runHere(["show", folder, "--proto", proto, "--message", "A"])).toMatchObject({ code: 2, err: expect.stringContaining("line 1") });
  }, PATIENCE_MS);

  it("ends a pattern that would take for ever", async () => {
    const folder = await captured([...opened(1), { payload: `${"a".repeat(40)}!` }]);
    expect(await runHere(["show", folder, "--filter", "/^(a+)+$/"])).toEqual({ code: 2, out: "", err: expect.stringContaining("2 s") });
  }, PATIENCE_MS);

  it.runIf(IN_FULL)("tells the same of what it finds in a large capture whether it decodes all of it or only what is near", async () => {
    const filler = (count: number): Step[] => Array.from({ length: count }, (_, i) => ({ payload: `{"type":"tick","seq":${i}}` }));
    const folder = await captured([
      ...opened(1),
      ...filler(30_000),
      { direction: "sent", payload: '{"jsonrpc":"2.0","id":7,"method":"find","params":["needle"]}' },
      ...filler(20_000),
      { payload: '{"jsonrpc":"2.0","id":7,"result":"a needle too"}' },
      ...opened(2),
      // What a text filter finds only where it was inflated.
      ...Array.from({ length: 3 }, (_, i) => ({ connection: 2, opcode: 2, payload: gzipSync(`{"type":"packed","seq":${i},"word":"haystack"}`) })),
    ]);
    for (const text of ["needle", "haystack"]) {
      const near = await runHere(["show", folder, "--filter", text]);
      // A type is what decoding alone can tell.
      const all = await runHere(["show", folder, "--filter", `${text} (type:* OR NOT type:*)`]);
      expect([near.code, near.out, near.err], text).toEqual([all.code, all.out, all.err]);
    }
  }, PATIENCE_MS);

  it.runIf(IN_FULL)("tells the same where it looks for bytes in the file of payloads, whatever the filter is joined of", async () => {
    const filler = (count: number): Step[] => Array.from({ length: count }, (_, i) => ({ payload: `{"type":"tick","seq":${i},"note":"lorem ipsum dolor"}` }));
    const { folder, files } = await capturedFiles([
      ...opened(1),
      ...filler(26_000),
      { direction: "sent", payload: '{"jsonrpc":"2.0","id":7,"method":"find","params":["Needle-4711"]}' },
      ...opened(2),
      { connection: 2, payload: "NEEDLE-4711 Kelvin Kelvin 行情" },
      { connection: 2, opcode: 2, payload: Uint8Array.of(0xff, ...Buffer.from("needle-4711"), 0xc3) },
      { payload: '{"jsonrpc":"2.0","id":7,"result":"a needle too"}' },
      // Nobody asks there, so nothing near it says more of it.
      ...opened(3),
      { connection: 3, payload: '{"type":"trade","seq":1,"note":"lorem"}' },
      { connection: 3, payload: '{"type":"trade","seq":2,"note":"lonely-4712"}' },
      ...filler(25_000),
    ]);
    const engine = setupEngine({ log: { kept: files } });
    await engine.until(({ decoded, rows }) => rows > 51_000 && decoded >= rows);
    const numbersByEngine = async (filter: string): Promise<number[]> => {
      const before = engine.pushes.at(-1)?.shown ?? 0;
      expect(await engine.call("setScope", { filter, connection: null, sent: true, received: true, sort: null })).toBeNull();
      await engine.until(({ shown, scanned }) => shown > before && scanned === 1);
      return (await engine.call("rows", { from: 0, to: 500 })).rows.map(({ index }) => index + 1);
    };
    // The words of an opening are none of the log's bytes; a URL is none of a payload's.
    for (const text of ["needle", "needle is:sent", "needle OR 行情", "kelvin", "needle -4711", '"needle-4711" size:<30', "switching", "nothing-of-it", "wss"]) {
      const { code, out } = await runHere(["show", folder, "--json", "--filter", text]);
      const numbers = out.split("\n").filter(Boolean).map((line) => (JSON.parse(line) as { readonly number: number }).number);
      expect([code, numbers], text).toEqual([0, await numbersByEngine(text)]);
    }
    engine.end();
    // What decoding alone can tell has all of it opened, and each row is told alike.
    for (const words of ["needle OR 行情", "lonely-4712"]) {
      const [quick, all] = await Promise.all([words, `(${words}) (type:* OR NOT type:*)`].map((filter) => runHere(["show", folder, "--json", "--filter", filter])));
      expect(quick, words).toEqual(all);
    }
  }, 2 * PATIENCE_MS);

  it("hands a terminal nothing that it would obey", async () => {
    const folder = await captured([...opened(1), { payload: "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202etxt\r\nmore" }]);
    const { out } = await runHere(["show", folder]);
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(out).toContain("owned");
  }, PATIENCE_MS);

  it.runIf(IN_FULL)("ends without a word once who reads it has enough", async () => {
    const folder = await captured([...opened(1), ...Array.from({ length: 20_000 }, (_, i) => ({ payload: `{"type":"tick","seq":${i}}` }))]);
    const { stdout, stderr, status } = spawnSync("sh", ["-c", '"$0" "$1" show "$2" | head -n 1', process.execPath, FRAMESCOPE, folder], { encoding: "utf8" });
    expect([status, stdout.split("\n")]).toEqual([0, [expect.stringContaining("open"), ""]]);
    // How many there are may be told by then.
    expect(stderr).toMatch(/^(20,000 frames of 20,000\n)?$/);
    const converted = spawnSync("sh", ["-c", '"$0" "$1" convert "$2" - --to ndjson | head -n 1', process.execPath, FRAMESCOPE, folder], { encoding: "utf8" });
    expect([converted.stderr, converted.stdout.split("\n").length]).toEqual(["", 2]);
  }, PATIENCE_MS);

  it.skipIf(!existsSync("/dev/full"))("says that what it prints cannot be written", () => {
    // One that ends by itself, and one that does not wait for who reads.
    for (const command of [["show", FIXTURE], ["connect", "--help"]]) {
      const { stderr, status } = spawnSync("sh", ["-c", '"$0" "$@" >/dev/full', process.execPath, FRAMESCOPE, ...command], { encoding: "utf8" });
      expect([status, stderr], command[0]).toEqual([2, "the standard output cannot be written: the disk is full\n"]);
    }
  }, PATIENCE_MS);

  it("says what each command does, in the language of the terminal", async () => {
    expect((await runHere(["show", "--help"])).out).toContain("Print the rows of a capture");
    expect((await framescope("--help")).out).toContain("show");
  }, PATIENCE_MS);
});
