import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const LOADER = fileURLToPath(new URL("../../bin/load-compiled.cjs", import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "framescope-compiled-"));
  await write("one");
});
afterEach(() => rm(folder, { recursive: true }));

/** A program of two files; both say the same word, of as many letters each time. */
async function write(word: string): Promise<void> {
  await writeFile(join(folder, "main.cjs"), `exports.say = () => ${JSON.stringify(word)} + " " + require("./part.cjs").say() + " " + require("node:path").basename(__filename) + " " + (__dirname === ${JSON.stringify(folder)});`);
  await writeFile(join(folder, "part.cjs"), `exports.say = () => ${JSON.stringify(word)};`);
}

/** Runs it as the command line is run; answers what it says, and which of its files were compiled anew. */
function run(purpose: string, ...switches: readonly string[]): { readonly said: string; readonly compiled: number } {
  const program = `
    const { Script } = require("node:vm");
    let compiled = 0;
    require("node:vm").Script = class extends Script {
      constructor(...given) { super(...given); compiled += this.cachedDataRejected === false ? 0 : 1; }
    };
    const { keepCompiled, loadCompiled } = require(${JSON.stringify(LOADER)});
    const said = loadCompiled(${JSON.stringify(join(folder, "main.cjs"))}, ${JSON.stringify(purpose)}).say();
    keepCompiled();
    console.log(JSON.stringify({ said, compiled }));`;
  const { stdout, stderr } = spawnSync(process.execPath, [...switches, "-e", program], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as ReturnType<typeof run>;
}

describe("a program whose compiled code is kept", () => {
  it("is compiled once for each purpose, anew once it was written anew, and runs the same", async () => {
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 2 });
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 0 });
    expect(run("stats").compiled).toBe(2);
    expect((await readdir(folder)).filter((name) => name.endsWith(".cache"))).toHaveLength(4);
    await write("two");
    const later = new Date(Date.now() + 10_000);
    for (const name of ["main.cjs", "part.cjs"]) await utimes(join(folder, name), later, later);
    expect(run("show")).toEqual({ said: "two two main.cjs true", compiled: 2 });
  });

  it("is compiled where what was kept is of another Node, or none at all", async () => {
    run("show");
    for (const name of await readdir(folder)) if (name.endsWith(".cache")) await writeFile(join(folder, name), "no code");
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 2 });
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 0 });
    expect(run("show", "--no-lazy")).toEqual({ said: "one one main.cjs true", compiled: 2 });
  });
});
