import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const OXLINT = fileURLToPath(new URL("node_modules/oxlint/bin/oxlint", ROOT));

let folder = "";
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the project's own lint says of one file, planted where it would stand. */
async function lint(path: string, source: string): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), "framescope-rules-"));
  await cp(new URL(".oxlintrc.json", ROOT), join(folder, ".oxlintrc.json"));
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), source);
  const run = promisify(execFile)(process.execPath, [OXLINT, "-c", ".oxlintrc.json", "--format=unix", "."], { cwd: folder });
  return await run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

describe("the import rules", () => {
  it.each([
    ["src/model/frame.ts", "../log/frame-log.ts"],
    ["src/model/deep/frame.ts", "../../engine/contract.ts"],
    ["src/capture/a.ts", "../engine/contract.ts"],
    ["src/log/a.ts", "node:fs"],
    ["src/query/a.ts", "react"],
    ["src/engine/a.ts", "../panel/theme.ts"],
    ["src/panel/frames/a.ts", "../../engine/engine.ts"],
    ["src/panel/a.ts", "../log/frame-log.ts"],
    ["src/panel/filter/a.ts", "../../query/compile.ts"],
    ["src/pages/panel/a.ts", "../../../demo/demo-server.mjs"],
  ])("catch %s importing %s", async (path, imported) => {
    const said = await lint(path, `import { a } from "${imported}";\nexport const b = a;\n`);
    expect(said).toContain("no-restricted-imports");
  });

  it.each([
    ["src/capture/a.ts", "../model/frame.ts"],
    ["src/query/deep/a.ts", "../../log/frame-log.ts"],
    ["src/panel/frames/a.ts", "../../engine/contract.ts"],
    ["src/panel/filter/a.ts", "../../query/grammar/query-parser.ts"],
    ["src/panel/context-menu/a.ts", "../../query/edit.ts"],
    ["src/pages/devtools/a.ts", "../../capture/lease.ts"],
  ])("let %s import %s", async (path, imported) => {
    const said = await lint(path, `import { a } from "${imported}";\nexport const b = a;\n`);
    expect(said).not.toContain("no-restricted-imports");
  });
});
