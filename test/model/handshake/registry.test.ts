import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { HANDSHAKE_CHECKS } from "../../../src/model/handshake/registry.ts";

const FOLDER = new URL("../../../src/model/handshake/checks/", import.meta.url);
const TABLE = readFileSync(new URL("../../../src/model/README.md", import.meta.url), "utf8");

it("every file in checks/ is a check in the registry, under the file's name, and none is there twice", async () => {
  const found: unknown[] = [];
  for (const file of readdirSync(FOLDER)) {
    const checks = Object.values((await import(new URL(file, FOLDER).href)) as Record<string, unknown>);
    expect(checks, file).toHaveLength(1);
    expect(checks[0]).toMatchObject({ id: file.replace(/\.ts$/, "") });
    found.push(...checks);
  }
  expect(new Set(HANDSHAKE_CHECKS)).toEqual(new Set(found));
  expect(HANDSHAKE_CHECKS).toHaveLength(found.length);
});

it("the README has a row for each, in the order of the view", () => {
  const rows = [...TABLE.matchAll(/^\| `checks\/(\w+)` \| /gm)].map(([, id]) => id);
  expect(rows).toEqual(HANDSHAKE_CHECKS.map(({ id }) => id));
});
