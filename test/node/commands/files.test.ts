import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { exportTo } from "../../../src/node/export-to.ts";
import { removeUnfinished } from "../../../src/node/unfinished.ts";
import { FRAMESCOPE, runHere } from "../run-framescope.ts";

/** To read TypeScript, a busy machine takes its time. */
const PATIENCE_MS = 60_000;
const CHROME = fileURLToPath(new URL("../../fixtures/har/chromium-devtools.har", import.meta.url));

let folder: string;
/** A folder for what is temporary, of these tests alone: other tests make theirs beside them. */
let temporary: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "framescope-files-"));
  temporary = await mkdtemp(join(tmpdir(), "framescope-temporary-"));
  for (const name of ["TMPDIR", "TEMP", "TMP"]) vi.stubEnv(name, temporary);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([folder, temporary].map((made) => rm(made, { recursive: true, force: true })));
});

describe("framescope", () => {
  it("shows a HAR's rows, also from the standard input and as JSON, and leaves nothing behind", async () => {
    const shown = await runHere(["show", CHROME, "--filter", "is:sent"]);
    expect(shown).toMatchObject({ code: 0, err: "5 frames of 14\n" });
    const given = await runHere(["show", "-", "--filter", "is:sent"], await readFile(CHROME));
    expect(given).toEqual(shown);
    const json = await runHere(["show", CHROME, "--filter", "is:sent is:binary", "--json"]);
    const [first] = json.out.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({ direction: "sent", opcode: 2, url: expect.stringMatching(/^ws:/) as string });
    expect(json.out).not.toMatch(/"(?:sinceStart|latency)":\d+\.\d{4}/);
    // tsx keeps what it compiled there.
    expect((await readdir(temporary)).filter((name) => name.startsWith("framescope-"))).toEqual([]);
  }, PATIENCE_MS);

  it("leaves nothing behind where it is ended meanwhile", async () => {
    const own = async (): Promise<string[]> => (await readdir(temporary)).filter((name) => name.startsWith("framescope-"));
    const command = spawn(process.execPath, [FRAMESCOPE, "convert", "-", join(folder, "never.har")], { stdio: ["pipe", "ignore", "inherit"] });
    const ended = once(command, "exit");
    // It waits for the rest, which never comes.
    command.stdin.write("{");
    await expect.poll(own, { timeout: PATIENCE_MS }).toHaveLength(1);
    command.kill("SIGTERM");
    expect(await ended).toEqual([143, null]);
    expect(await own()).toEqual([]);
    expect(await readdir(folder)).not.toContain("never.har.part");
  }, 2 * PATIENCE_MS);

  it("removes a file in the making", async () => {
    const path = join(folder, "half.har");
    const { file } = await exportTo(path, { write: () => {}, taken: () => Promise.resolve() }).create("half.har");
    file.append(Uint8Array.of(1));
    expect(await readdir(folder)).toContain("half.har.part");
    removeUnfinished();
    file.close();
    expect((await readdir(folder)).filter((name) => name.startsWith("half"))).toEqual([]);
  });

  it("converts what a filter lets through, and reads it again", async () => {
    const out = join(folder, "sent.har");
    expect(await runHere(["convert", CHROME, out, "--filter", "is:sent"])).toMatchObject({ code: 0, err: expect.stringMatching(/sent\.har: 5 frames/) as string });
    expect((await runHere(["convert", out, "-", "--to", "har"])).out).toContain('"name":"Framescope"');
    expect(await readdir(folder)).toEqual(["sent.har"]);
    // Cookies are left out, which is told; where nothing is, nothing is told of it.
    const masked = expect.stringMatching(/\nSecrets are masked; --with-secrets keeps them as they are\.\n$/) as string;
    expect((await runHere(["convert", CHROME, "-", "--to", "ndjson"])).err).toEqual(masked);
    expect((await runHere(["convert", CHROME, "-", "--to", "ndjson", "--with-secrets"])).err).not.toEqual(masked);
    expect((await runHere(["convert", out, "-", "--to", "ndjson"])).err).not.toEqual(masked);
  }, PATIENCE_MS);

  it("has what messages hold at some paths as columns of the file, and says which path is none", async () => {
    const input = join(folder, "ticks.har");
    const messages = ["64012.5", "9007199254740993"].map((px, n) => ({ type: "receive", time: 1_790_000_000 + n, opcode: 1, data: `{"px":${px},"d":{"id":"n${n}"}}` }));
    const entry = { startedDateTime: "2026-09-21T13:46:40.000Z", request: { method: "GET", url: "ws://feed.test/", headers: [], cookies: [] }, response: { status: 101, headers: [], cookies: [] }, _webSocketMessages: messages };
    await writeFile(input, JSON.stringify({ log: { version: "1.2", creator: { name: "test", version: "1" }, entries: [entry] } }));
    const { code, out, err } = await runHere(["convert", input, "-", "--to", "csv", "--columns", ".px, .d.id"]);
    const [head = "", ...lines] = out.trimEnd().split("\n");
    expect([code, err]).toEqual([0, expect.stringContaining("2 frames")]);
    expect(head).toContain(".px,.d.id");
    expect(lines.filter((line) => line.includes("9007199254740993,n1"))).toHaveLength(1);
    expect(await runHere(["convert", input, "-", "--to", "csv", "--columns", "px"])).toMatchObject({ code: 2, err: expect.stringContaining("px is not a path") as string });
    await rm(input);
  }, PATIENCE_MS);

  it("tells by its exit code whether a capture is as expected, and that apart from what it cannot read", async () => {
    const check = async (...parameters: readonly string[]): Promise<number> => (await runHere(["check", CHROME, "--filter", "is:sent", ...parameters])).code;
    expect(await Promise.all([check("--expect", "5"), check("--expect", "none"), check("--expect", "many")])).toEqual([0, 1, 2]);
    expect((await runHere(["check", join(folder, "missing.har"), "--filter", "x"])).code).toBe(2);
  }, PATIENCE_MS);

  it("counts what a capture holds", async () => {
    const { out } = await runHere(["stats", CHROME, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ frames: 14, connections: expect.arrayContaining([expect.objectContaining({ id: 1, sent: 0, received: 4 })]) as unknown });
  }, PATIENCE_MS);

  it("says by path what of a file it could not read, and shows the rest", async () => {
    const broken = join(folder, "broken.har");
    const whole = await readFile(CHROME, "utf8");
    await writeFile(broken, whole.slice(0, whole.lastIndexOf('"data"')));
    const { code, out, err } = await runHere(["show", broken]);
    await rm(broken);
    expect(code).toBe(0);
    expect(out.split("\n").length).toBeGreaterThan(14);
    expect(err).toMatch(/^\S+\/broken\.har: log\.entries\[4\]\._webSocketMessages\[\d\]\.\w+: The file ends here, at byte \d+\./);
  }, PATIENCE_MS);

  it("names the file that it cannot read, of one and of several, and of its name a terminal obeys nothing", async () => {
    const none = join(folder, "none.har");
    const archive = join(folder, "archive.zip");
    await writeFile(none, '{"log":{}}');
    await writeFile(archive, zipSync({ "log.json": await readFile(CHROME), "\u001b[2J\rnotes.txt": Buffer.from("hi") }));
    expect(await runHere(["show", none])).toMatchObject({ code: 2, err: `${none}: Valid JSON, but not a HAR: it has no log.entries.\n` });
    expect(await runHere(["show", "-"])).toMatchObject({ code: 2, err: expect.stringMatching(/^stdin is not a file that/) as string });
    expect(await runHere(["convert", CHROME, join(folder, "missing", "out.har")])).toMatchObject({ code: 2, err: `${join(folder, "missing", "out.har")} cannot be written: no such file or folder\n` });
    expect(await runHere(["show", "-"], await readFile(none))).toMatchObject({ code: 2, err: "the standard input: Valid JSON, but not a HAR: it has no log.entries.\n" });
    const { code, err } = await runHere(["convert", none, archive, join(folder, "all/"), "--to", "ndjson"]);
    expect(code).toBe(2);
    expect(err.split("\n")).toEqual([
      `${none}: Valid JSON, but not a HAR: it has no log.entries.`,
      `${archive}: ·[2J·notes.txt: None of the files that Framescope reads. It is left out.`,
      expect.stringMatching(/^Wrote .*: 14 frames/),
      "Secrets are masked; --with-secrets keeps them as they are.",
      "1 of 2 could not be converted.",
      "",
    ]);
    await Promise.all([none, archive, join(folder, "all")].map((made) => rm(made, { recursive: true })));
  }, PATIENCE_MS);
});
