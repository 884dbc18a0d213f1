import { DuckDBInstance } from "@duckdb/node-api";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExportDecoded, ExportFrame } from "../../src/format/export-format.ts";
import { ndjson } from "../../src/format/exports/ndjson.ts";
import { writeParquet } from "../../src/format/parquet/write-parquet.ts";
import { ROW_COLUMNS } from "../../src/format/row-columns.ts";
import { frameIndex, milliseconds } from "../../src/model/units.ts";
import { aConnection } from "../model/a-connection.ts";
import { writeHar } from "../node/har-file.ts";
import { runHere } from "../node/run-framescope.ts";
import { aSource, at, binary, event, text, write } from "./a-source.ts";

const PAGE = readFileSync(new URL("../../docs/analysis.md", import.meta.url), "utf8");
const blocks = (kind: string): readonly string[] => [...PAGE.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, "gms"))].map(([, body = ""]) => body.trim());

const folder = mkdtempSync(join(tmpdir(), "framescope-analysis-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const decoded = (label: string, change: Partial<ExportDecoded> = {}): Pick<ExportFrame, "decoded"> => ({
  decoded: { label, kind: "event", decoder: "json", topic: undefined, id: undefined, answers: undefined, partner: undefined, latency: undefined, messages: 1, ...change },
});

beforeAll(() => {
  const rows: ExportFrame[] = [
    event("open", "101", at(1)),
    ...Array.from({ length: 30 }, (_, i): ExportFrame => ({ ...text("received", `{"type":"trade","sym":"${i % 2 === 0 ? "BTC" : "ETH"}","px":${64_000 + i}}`, at(2 + i / 10)), ...decoded("trade") })),
    { ...text("sent", '{"type":"order","id":1}', at(6)), ...decoded("order", { kind: "request", id: "1", partner: frameIndex(32), latency: milliseconds(38.2) }) },
    { ...text("received", '{"type":"order","id":1}', at(6.038_2)), ...decoded("order", { kind: "answer", answers: "1", partner: frameIndex(31), latency: milliseconds(38.2) }) },
    binary("received", Uint8Array.of(1, 2, 3), at(7)),
  ];
  const source = aSource([aConnection()], { 1: rows });
  writeFileSync(join(folder, "capture.parquet"), write({ write: writeParquet }, source, {}, false).bytes);
  writeFileSync(join(folder, "capture.ndjson"), write(ndjson, source).bytes);
});

describe("docs/analysis.md, as it is printed", () => {
  it.each([...blocks("sql parquet"), ...blocks("sql ndjson")])("DuckDB answers %s", async (query) => {
    const db = await (await DuckDBInstance.create()).connect();
    const here = query.replaceAll(/'([^']*\.(?:parquet|ndjson))'/g, (_, file: string) => `'${join(folder, file)}'`);
    const rows = (await db.runAndReadAll(here)).getRowsJson();
    expect(rows.length).toBeGreaterThan(0);
    if (query.includes("quantile_cont")) expect(rows).toEqual([["order", "1", 38.2, 38.2]]);
    if (query.includes("$.sym")) expect(rows).toEqual([["BTC", 64_014, "15"], ["ETH", 64_015, "15"]]);
    if (query.includes("read_json")) expect(rows[0]).toEqual(["trade", "30", expect.closeTo(2.9, 3)]);
  }, 30_000);

  it.each(blocks("sql data-set"))("DuckDB answers %s over many captures that were converted at once", async (query) => {
    for (const [name, messages] of [["first", 3], ["second", 5]] as const) await writeHar(join(folder, `${name}.har`), [{ url: "wss://feed.test/", messages: Array.from({ length: messages }, (_, i) => `${i}`) }]);
    expect((await runHere(["convert", join(folder, "first.har"), join(folder, "second.har"), join(folder, "out"), "--to", "parquet"])).code).toBe(0);
    expect(await readdir(join(folder, "out"), { recursive: true })).toContain(join("capture=second", "part-0.parquet"));
    const db = await (await DuckDBInstance.create()).connect();
    const rows = (await db.runAndReadAll(query.replaceAll("'out/", `'${folder}/out/`))).getRowsJson();
    expect(rows.map(([capture, count]) => [capture, count])).toEqual([["first", "3"], ["second", "5"]]);
  }, 60_000);

  it("the table for ClickHouse has the columns of the files, in their order and of their types", () => {
    const [table = ""] = blocks("sql clickhouse");
    const columns = [...table.slice(table.indexOf("(")).matchAll(/[(,]\s*`?(\w+)`? (?:LowCardinality\(|Nullable\(){0,2}(Int32|DateTime64\(6|String|Float64|Bool)/g)].map(([, name, type]) => [name, type]);
    const types = { text: "String", whole: "Int32", number: "Float64", time: "DateTime64(6", truth: "Bool" };
    expect(columns).toEqual([...ROW_COLUMNS.map(({ id, type }) => [id, types[type]]), ["text", "String"], ["payload", "String"]]);
  });

  it.skipIf(spawnSync("jq", ["--version"]).status !== 0).each(blocks("sh jq"))("jq answers %s", (command) => {
    const { stdout, status } = spawnSync("sh", ["-ec", command], { cwd: folder, encoding: "utf8" });
    expect(status).toBe(0);
    if (command.includes("@tsv")) expect(stdout.split("\n")[0]).toMatch(/^2\t1795175558\t64000$/);
    else expect(JSON.parse(stdout)).toContainEqual({ label: "trade", messages: 30, bytes: 1170 });
  });
});
