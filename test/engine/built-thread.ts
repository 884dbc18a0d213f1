import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { buildForNode } from "../../scripts/build-command-line.mjs";

/** A script of this folder, built once for a file's tests: a thread that reads TypeScript takes a second to start. */
export function useBuiltThread(name: string): () => URL {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "framescope-thread-"));
    await buildForNode([`test/engine/${name}.ts`], pathToFileURL(`${folder}/`));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => pathToFileURL(join(folder, `${name}.cjs`));
}
