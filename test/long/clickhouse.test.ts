/** ClickHouse's queries of docs/analysis.md, by its own engine. As a library of Node it takes half a gigabyte: it is fetched here, and is no part of the project. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { runHere } from "../node/run-framescope.ts";

const ENGINE = "chdb@3.4.0";
const PAGE = readFileSync(new URL("../../docs/analysis.md", import.meta.url), "utf8");
const QUERIES = [...PAGE.matchAll(/^```sql clickhouse\n(.*?)^```/gms)].map(([, query = ""]) => query.trim().replace(/;$/, ""));
const HAR = fileURLToPath(new URL("../fixtures/imports/mitmproxy.har", import.meta.url));
const RUN = `
const { Session } = require("chdb");
const session = new Session();
const answers = JSON.parse(process.argv[1]).map((query) => String(session.query(query, "JSONCompactEachRow")));
session.cleanup();
console.log(JSON.stringify(answers));`;

const folder = mkdtempSync(join(tmpdir(), "framescope-clickhouse-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("ClickHouse makes the table of docs/analysis.md, fills it with a capture's Parquet, and has the messages that its NDJSON has", { timeout: 600_000 }, async () => {
  writeFileSync(join(folder, "package.json"), "{}");
  expect(spawnSync("npm", ["install", "--no-audit", "--no-fund", ENGINE], { cwd: folder, encoding: "utf8" })).toMatchObject({ status: 0 });
  expect((await runHere(["convert", HAR, join(folder, "capture.parquet")])).code).toBe(0);
  expect((await runHere(["convert", HAR, join(folder, "capture.ndjson")])).code).toBe(0);
  const messages = readFileSync(join(folder, "capture.ndjson"), "utf8").split("\n").filter((line) => line.includes('"record":"message"')).length;
  expect(QUERIES.length).toBe(2);
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", RUN, JSON.stringify([...QUERIES, "SELECT count() FROM messages WHERE record = 'message'"])], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(Number(JSON.parse(JSON.parse(stdout).at(-1))[0])).toBe(messages);
  expect(messages).toBeGreaterThan(0);
});
