import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROOMS } from "../../scripts/rooms.mjs";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");
const FILES = ["src", "docs", "test", "scripts", "demo", "bin"].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" }).map((path) => `/${folder}/${path.replaceAll("\\", "/")}`),
);
const DOCUMENTS = FILES.filter((path) => /^\/src\/.*\/README\.md$|^\/docs\/[^/]+\.md$/.test(path)).map((path) => path.slice(1));

/** What stands in backticks, outside of blocks of code. */
const quoted = (text: string): readonly string[] => [...text.replaceAll(/^```[^]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, word = ""]) => word);
const lastOf = (path: string): string => path.replace(/\/$/, "").split("/").at(-1) ?? "";

describe("the documents", () => {
  it.each(DOCUMENTS)("name no file of code that is not there: %s", (path) => {
    const files = quoted(read(path)).filter((word) => /^[\w./-]*\w\.(tsx?|mjs)$/.test(word));
    expect(files.filter((file) => !FILES.some((one) => one.endsWith(`/${file}`)))).toEqual([]);
  });

  it.each(Object.keys(ROOMS))("have a word for each file and folder of the room: %s", (room) => {
    const named = new Set(quoted(read(`src/${room}/README.md`)).map(lastOf));
    const there = readdirSync(new URL(`src/${room}/`, ROOT)).filter((name) => name !== "README.md");
    expect(there.filter((name) => !named.has(name))).toEqual([]);
  });

  it("say what each library is for", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<"dependencies" | "devDependencies", Record<string, string>>;
    const text = read("docs/architecture.md").split("\n## Libraries")[1] ?? "";
    const named = new Set(text.split(/[\s,;:()]+|\.(?=\s)/));
    const libraries = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith("@types/"));
    expect(libraries.filter((name) => !named.has(name))).toEqual([]);
  });

  it("name no test in docs/capture.md that is not there", () => {
    const tests = new Set(FILES.filter((file) => file.startsWith("/test/")).map((file) => file.replace(/^\/test\/(?:(?:e2e|long)\/)?/, "").replace(/(-scenarios?|(\.alone|\.property)?(\.long)?\.test)?\.ts$/, "")));
    const rows = read("docs/capture.md").split(/^(?=\| .+\n\| ---)/m).filter((table) => /^\|.+\| test \|\n/.test(table)).flatMap((table) => table.split("\n").slice(2)).filter((row) => row.startsWith("| "));
    const named = rows.flatMap((row) => quoted(row.split(" | ").at(-1) ?? "")).filter((word) => !word.startsWith("npm run "));
    expect(named.length).toBeGreaterThan(60);
    expect([...new Set(named)].filter((word) => !tests.has(word))).toEqual([]);
  });
});
