import protobuf from "protobufjs";
import { afterEach, describe, expect, it } from "vitest";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import type { SchemaChoice, TypeRule } from "../../src/model/schema-choice.ts";
import { connectionId } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { connectionRows, opened, setupEngine } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

const PROTO = 'syntax = "proto3"; package shop; message Order { uint64 id = 1; string item = 2; } message Reply { uint64 id = 1; bool ok = 2; }';
const { root } = protobuf.parse(PROTO);
const message = (type: string, value: object) => ({ payload: Uint8Array.from(root.lookupType(type).encode(root.lookupType(type).fromObject(value)).finish()), opcode: 2 });
const RULES: readonly TypeRule[] = [{ type: "shop.Order", direction: "sent" }, { type: "shop.Reply", direction: "received" }];
const TRAFFIC = [...opened(1, "ws://shop.test/live?token=a"), { ...message("shop.Order", { id: 7, item: "tea" }), direction: "sent" as const }, message("shop.Reply", { id: 7, ok: true })];

function setup(files = { payloads: new MemoryFile(), journal: new MemoryFile() }, log: Parameters<typeof setupEngine>[0] = { log: files }) {
  const engine = setupEngine(log);
  end = engine.end;
  const labels = async (filter = ""): Promise<readonly string[]> => {
    await engine.call("setScope", { filter, connection: null, sent: true, received: true, sort: null });
    await engine.until(({ decoded, frames, scanned }) => decoded >= frames && scanned === 1);
    const { rows } = await engine.call("rows", { from: 0, to: MOST_ROWS });
    return rows.filter(({ kind }) => kind === "message").map(({ label, pair }) => `${label}${pair === null ? "" : ` ${pair.role}`}`);
  };
  return { ...engine, files, labels };
}

async function choiceFrom({ call }: Pick<ReturnType<typeof setup>, "call">, rules = RULES): Promise<SchemaChoice> {
  const { schema, types } = await call("openSchema", { files: [{ name: "shop.proto", bytes: new TextEncoder().encode(PROTO) }] });
  expect(types).toEqual(["shop.Order", "shop.Reply"]);
  return { files: ["shop.proto"], schema, rules, framing: "message" };
}

describe("a schema that the user opened for a connection", () => {
  it("reads its messages anew: labels, pairs, values in filters, and what is sent edited", async () => {
    const engine = setup();
    engine.take(TRAFFIC);
    await expect.poll(() => engine.labels()).toHaveLength(2);
    const choice = await choiceFrom(engine);
    await engine.call("readBySchema", { connection: connectionId(1), choice });
    await expect.poll(() => engine.labels()).toEqual(["Order request", "Reply answer"]);
    expect(await engine.labels('.item = "tea"')).toEqual(["Order request"]);
    expect((await connectionRows(engine.call)).map(({ hasSchema }) => hasSchema)).toEqual([true]);
    expect(await engine.call("schemaOf", { connection: connectionId(1) })).toEqual({ choice, types: ["shop.Order", "shop.Reply"] });
    await engine.labels();
    const { rows } = await engine.call("rows", { from: 0, to: MOST_ROWS });
    const frame = rows.find(({ label }) => label === "Order")?.index ?? -1;
    expect(await engine.call("editable", { frame: frame as never })).toMatchObject({ form: "value", text: '{"id":7,"item":"tea"}' });
    const [sent] = await engine.call("encode", { frame: frame as never, text: '{"id":18446744073709551615,"item":"milk"}' });
    expect(sent?.type === "binary" && root.lookupType("shop.Order").toObject(root.lookupType("shop.Order").decode(sent.bytes), { longs: String })).toEqual({ id: "18446744073709551615", item: "milk" });
    await engine.call("readBySchema", { connection: connectionId(1), choice: null });
    await expect.poll(() => engine.labels()).not.toContain("Order request");
    expect(await engine.call("schemaOf", { connection: connectionId(1) })).toBeNull();
  });

  it("is that of later connections to the same address, is kept with the capture, and stands in its journal once", async () => {
    const engine = setup();
    engine.take(TRAFFIC);
    const choice = await choiceFrom(engine);
    await engine.call("readBySchema", { connection: connectionId(1), choice });
    engine.take([...opened(2, "ws://shop.test/live?token=b"), { ...message("shop.Reply", { id: 8, ok: true }), connection: 2 }]);
    await expect.poll(() => engine.labels()).toEqual(["Order request", "Reply answer", "Reply"]);
    engine.engine.end();
    const journal = new TextDecoder("latin1").decode(readAll(engine.files.journal));
    expect(journal.split("shop.Order").length - 1).toBe(JSON.stringify(JSON.stringify(choice)).split("shop.Order").length - 1);
    const kept = setup(engine.files, { log: { kept: engine.files } });
    await kept.until(({ storage, decoded, rows }) => storage.state === "kept" && storage.read === 1 && rows > 0 && decoded === rows);
    await expect.poll(() => kept.labels()).toEqual(["Order request", "Reply answer", "Reply"]);
  });

  it("is refused where it does not fit, and remembered by what a view knows of before", async () => {
    const engine = setup();
    const choice = await choiceFrom(engine, [{ type: "shop.Nothing" }]);
    await expect(engine.call("readBySchema", { connection: connectionId(1), choice })).rejects.toThrow(/shop\.Nothing/);
    await expect(engine.call("openSchema", { files: [{ name: "a.proto", bytes: new TextEncoder().encode("message A {\n int32 a }") }] })).rejects.toThrow(/a\.proto.*line 2/);
    await engine.call("rememberDecoders", [{ url: "ws://shop.test/live", decoder: null, schema: JSON.stringify({ ...choice, rules: RULES }) }]);
    engine.take(TRAFFIC);
    await expect.poll(() => engine.labels()).toEqual(["Order request", "Reply answer"]);
  });
});

function readAll(file: MemoryFile): Uint8Array {
  const bytes = new Uint8Array(file.size);
  file.read(0, bytes);
  return bytes;
}

