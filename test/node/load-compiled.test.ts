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

/** Runs it as the command line is run; answers what it says, and which of its files were compiled anew. `between`: a program that is run before what was compiled is kept. */
function run(purpose: string, { switches = [], before = "", between = "", mostBlocks = "unlimited" }: { readonly switches?: readonly string[]; readonly before?: string; readonly between?: string; readonly mostBlocks?: string } = {}): { readonly said: string; readonly compiled: number } {
  const program = `
    const fs = require("node:fs");
    ${before}
    const { Script } = require("node:vm");
    let compiled = 0;
    require("node:vm").Script = class extends Script {
      constructor(...given) { super(...given); compiled += this.cachedDataRejected === false ? 0 : 1; }
    };
    const { keepCompiled, loadCompiled } = require(${JSON.stringify(LOADER)});
    const said = loadCompiled(${JSON.stringify(join(folder, "main.cjs"))}, ${JSON.stringify(purpose)}).say();
    ${between}
    keepCompiled();
    console.log(JSON.stringify({ said, compiled }));`;
  const { stdout, stderr } = spawnSync("sh", ["-c", `ulimit -f ${mostBlocks}; exec "$0" "$@"`, process.execPath, ...switches, "-e", program], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as ReturnType<typeof run>;
}

/** What stands beside the program. */
const kept = async (): Promise<readonly string[]> => (await readdir(folder)).filter((name) => !name.endsWith(".cjs"));

describe("a program whose compiled code is kept", () => {
  it("is compiled once for each purpose, anew once it was written anew, and runs the same", async () => {
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 2 });
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 0 });
    expect(run("stats").compiled).toBe(2);
    expect(await kept()).toHaveLength(4);
    await write("two");
    expect(run("show")).toEqual({ said: "two two main.cjs true", compiled: 2 });
  });

  it("is compiled anew where it was written anew while it ran, or with the times it had before", async () => {
    const rewrite = ["main.cjs", "part.cjs"].map((name) => `fs.writeFileSync(${JSON.stringify(join(folder, name))}, fs.readFileSync(${JSON.stringify(join(folder, name))}, "utf8").replace('"one"', '"two"'));`);
    expect(run("show", { between: rewrite.join("") })).toEqual({ said: "one one main.cjs true", compiled: 2 });
    expect(run("show")).toEqual({ said: "two two main.cjs true", compiled: 2 });
    expect(run("show").compiled).toBe(0);
    await write("six");
    for (const name of ["main.cjs", "part.cjs"]) await utimes(join(folder, name), 1, 1);
    expect(run("show")).toEqual({ said: "six six main.cjs true", compiled: 2 });
  });

  it("leaves nothing half written, and what others left does not last", async () => {
    run("show");
    const names = await kept();
    for (const name of names) await rm(join(folder, name));
    expect(run("show", { mostBlocks: "0" }).compiled).toBe(2);
    expect(await kept()).toEqual([]);
    run("stats");
    const ofStats = await kept();
    for (const name of names) {
      await writeFile(join(folder, `${name}.1`), "begun");
      await writeFile(join(folder, name.replace(process.version, "v18.0.0")), "of another Node");
    }
    // As the only process of a container, on a file system that takes little at once.
    const before = `
      Object.defineProperty(process, "pid", { value: 1 });
      const { writeSync } = fs;
      fs.writeSync = (to, bytes, from = 0, length = bytes.length - from, at = null) => writeSync(to, bytes, from, Math.min(length, 100), at);`;
    expect(run("show", { before }).compiled).toBe(2);
    expect(new Set(await kept())).toEqual(new Set([...names, ...ofStats]));
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 0 });
  });

  it("is compiled where what was kept is of another Node, or none at all", async () => {
    run("show");
    for (const name of await readdir(folder)) if (name.endsWith(".cache")) await writeFile(join(folder, name), "no code");
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 2 });
    expect(run("show")).toEqual({ said: "one one main.cjs true", compiled: 0 });
    expect(run("show", { switches: ["--no-lazy"] })).toEqual({ said: "one one main.cjs true", compiled: 2 });
  });
});
