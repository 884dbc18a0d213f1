import { DuckDBInstance } from "@duckdb/node-api";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { writeParquet } from "../../../src/format/parquet/write-parquet.ts";
import { aConnection } from "../../model/a-connection.ts";
import { aSource, at, binary, event, text, write } from "../a-source.ts";

const folder = mkdtempSync(join(tmpdir(), "framescope-parquet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("DuckDB reads every row of it, with the types that the docs name", async () => {
  const rows = [event("open", "101", at(1)), text("sent", 'größer "als"', at(2.000_001)), binary("received", Uint8Array.of(0, 255, 7), at(3)), ...Array.from({ length: 70_000 }, (_, i) => text("received", `{"n":${i}}`, at(4 + i / 1000)))];
  const { bytes, totals } = write({ write: writeParquet }, aSource([aConnection()], { 1: rows }), {}, false);
  expect(totals).toEqual({ connections: 1, frames: 70_002 });
  const file = join(folder, "capture.parquet");
  writeFileSync(file, bytes);
  const db = await (await DuckDBInstance.create()).connect();
  const ask = async (sql: string): Promise<unknown[][]> => (await db.runAndReadAll(sql)).getRowsJson();
  expect(await ask(`SELECT "row", connection, record, direction, opcode, size, "text", hex(payload), host, epoch_us("time") % 1000000 FROM '${file}' ORDER BY "row" LIMIT 3`)).toEqual([
    [1, 1, "open", null, null, null, "101", null, "shop.test:8731", "0"],
    [2, 1, "message", "sent", 1, 14, 'größer "als"', null, "shop.test:8731", "1"],
    [3, 1, "message", "received", 2, 3, null, "00FF07", "shop.test:8731", "0"],
  ]);
  expect(await ask(`SELECT count(*), sum(CAST(json_extract("text", '$.n') AS INTEGER)) FROM '${file}' WHERE "row" > 3`)).toEqual([["70000", String((70_000 * 69_999) / 2)]]);
  const types = Object.fromEntries((await ask(`DESCRIBE SELECT * FROM '${file}'`)).map(([name, type]) => [name, type]));
  expect(types).toMatchObject({ row: "INTEGER", time: "TIMESTAMP WITH TIME ZONE", latency: "DOUBLE", pinned: "BOOLEAN", text: "VARCHAR", payload: "BLOB" });
}, 30_000);

it("has columns of the user’s own, as texts: one message may hold a number where another has a word", async () => {
  const rows = [text("sent", '{"px":9007199254740993,"d":{"id":"a"}}', at(1)), text("received", '{"px":"none"}', at(2))];
  const values = [["9007199254740993", '"a"'], ['"none"', undefined]];
  const paths = { names: [".px", ".d.id"], of: ({ row }: { readonly row: number }) => values[row] ?? [] };
  const { bytes } = write({ write: writeParquet }, aSource([aConnection()], { 1: rows }), { paths }, false);
  const file = join(folder, "own.parquet");
  writeFileSync(file, bytes);
  const db = await (await DuckDBInstance.create()).connect();
  expect((await db.runAndReadAll(`SELECT ".px", ".d.id", CAST(TRY_CAST(".px" AS BIGINT) AS VARCHAR) FROM '${file}' ORDER BY "row"`)).getRowsJson()).toEqual([["9007199254740993", "a", "9007199254740993"], ["none", null, null]]);
}, 30_000);
