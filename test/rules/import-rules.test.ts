import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { withRooms } from "../../scripts/lint-config.mjs";
import { ROOMS } from "../../scripts/rooms.mjs";

const ROOT = new URL("../../", import.meta.url);
const OXLINT = fileURLToPath(new URL("node_modules/oxlint/bin/oxlint", ROOT));
const NAMES = Object.keys(ROOMS);

/** A file and what it imports. */
type Planted = readonly [path: string, imported: string];

/** Plants each import in a file of its own where it would stand; answers those that the project's lint refuses. */
async function refused(planted: readonly Planted[], kind = ""): Promise<readonly Planted[]> {
  const folder = await mkdtemp(join(tmpdir(), "framescope-rules-"));
  try {
    await cp(new URL(".oxlintrc.json", ROOT), join(folder, ".oxlintrc.json"));
    const files = planted.map(([path], i) => `${dirname(path)}/planted-${i}.ts`);
    for (const [i, file] of files.entries()) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), `import ${kind} { a } from "${planted[i]?.[1]}";\nexport const b = ${kind === "" ? "a" : "null as a"};\n`);
    }
    const run = promisify(execFile)(process.execPath, [OXLINT, "-c", ".oxlintrc.json", "--format=unix", "."], { cwd: folder });
    const said = await run.then(({ stdout }) => stdout, (error: { stdout: string }) => error.stdout);
    const lines = said.split("\n").filter((line) => line.includes("no-restricted-imports"));
    return planted.filter((_, i) => lines.some((line) => line.startsWith(`${files[i]}:`)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whole rooms, and a file of each that is open in parts. */
const open: readonly Planted[] = NAMES.flatMap((name) =>
  (ROOMS[name]?.rooms ?? []).flatMap((room): Planted[] => {
    const file = room in ROOMS ? `${room}/a.ts` : room.endsWith(".ts") ? room : `${room}/a.ts`;
    return [[`src/${name}/a.ts`, `../${file}`], [`src/${name}/deep/a.ts`, `../../${file}`]];
  }),
);
const openLibraries: readonly Planted[] = NAMES.flatMap((name) =>
  (ROOMS[name]?.libraries ?? []).flatMap((library): Planted[] => [[`src/${name}/a.ts`, library], [`src/${name}/deep/a.ts`, `${library}/part.js`]]),
);
/** Where a room is open in parts, the rest of it is as closed as the others. */
const closed: readonly Planted[] = NAMES.flatMap((name) =>
  NAMES.filter((room) => room !== name && !ROOMS[name]?.rooms.includes(room)).flatMap((room): Planted[] => [
    [`src/${name}/a.ts`, `../${room}/no-such-file.ts`],
    [`src/${name}/deep/a.ts`, `../../${room}/deep/no-such-file.ts`],
  ]),
);
const closedLibraries: readonly Planted[] = NAMES.flatMap((name) => {
  const others = NAMES.flatMap((other) => ROOMS[other]?.libraries ?? []).filter((library) => !ROOMS[name]?.libraries.includes(library));
  return [...others, "node:net", "left-pad"].map((library): Planted => [`src/${name}/a.ts`, library]);
});

describe("the table of rooms", () => {
  it.each(NAMES)("is what the README of %s says that it may import", async (name) => {
    const readme = await readFile(new URL(`src/${name}/README.md`, ROOT), "utf8");
    const said = /^(?:\*\*)?(?:May import|Imports)[:*][^]*?(?:\n\n|\.(?:\s|$))/m.exec(readme)?.[0] ?? "";
    const named = NAMES.filter((room) => new RegExp(`\\b${room}\\b(?!\\.\\w)`).test(said));
    const allowed = new Set(ROOMS[name]?.rooms.map((room) => room.split("/")[0] ?? ""));
    expect(new Set(named)).toEqual(allowed);
  });

  it("has a row for each folder of src, and no other", async () => {
    const folders = (await readdir(new URL("src/", ROOT), { withFileTypes: true })).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted());
  });

  it("is what the lint configuration was written from (else: npm run rules)", async () => {
    const text = await readFile(new URL(".oxlintrc.json", ROOT), "utf8");
    expect(text).toBe(withRooms(text));
  });

  it("names the rooms that are type-checked without the DOM and without Node", async () => {
    const config = JSON.parse(await readFile(new URL("tsconfig.pure.json", ROOT), "utf8")) as { include: string[] };
    const folders = config.include.filter((path) => !path.endsWith(".d.ts"));
    expect(folders.toSorted()).toEqual(NAMES.flatMap((name) => (ROOMS[name]?.isPure === true ? [`src/${name}`] : [])).toSorted());
  });
});

describe("the import rules", () => {
  it("let a room import what its row names, its own files and its own folders", async () => {
    const own = NAMES.flatMap((name): Planted[] => [[`src/${name}/a.ts`, "./b.ts"], [`src/${name}/deep/a.ts`, "../b.ts"], [`src/${name}/deep/a.ts`, "../other/b.ts"]]);
    expect(await refused([...open, ...openLibraries, ...own])).toEqual([]);
  });

  it("refuse every other room, also in part, and every other package", async () => {
    const planted = [...closed, ...closedLibraries];
    expect(await refused(planted)).toEqual(planted);
  });

  it("let a room take the types alone of those that its row names for that", async () => {
    const planted = NAMES.flatMap((name) => (ROOMS[name]?.types ?? []).flatMap((room): Planted[] => [[`src/${name}/a.ts`, `../${room}/a.ts`], [`src/${name}/deep/a.ts`, `../../${room}/deep/a.ts`]]));
    expect(planted.length).toBeGreaterThan(0);
    expect(await refused(planted, "type")).toEqual([]);
    expect(await refused(planted)).toEqual(planted);
  });

  it("refuse a room that is not in the table whatever it imports", async () => {
    const planted: readonly Planted[] = [["src/new-room/a.ts", "../model/frame.ts"], ["src/new-room/deep/a.ts", "react"], ["src/new-room/a.ts", "node:fs"]];
    expect(await refused(planted)).toEqual(planted);
  });

  it("refuse the package's own description where Node runs the room as it is", async () => {
    const planted = NAMES.flatMap((name): Planted[] => (ROOMS[name]?.isPure === true ? [[`src/${name}/a.ts`, "../../package.json"]] : []));
    expect(await refused(planted)).toEqual(planted);
  });

  it("refuse what does not ship", async () => {
    const planted = NAMES.flatMap((name): Planted[] => [[`src/${name}/deep/a.ts`, "../../../demo/a.mjs"], [`src/${name}/a.ts`, "../../test/a.ts"], [`src/${name}/a.ts`, "../../scripts/a.mjs"]]);
    expect(await refused(planted)).toEqual(planted);
  });
});
