import { encode } from "@msgpack/msgpack";
import { afterEach, describe, expect, it } from "vitest";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import { connectionId, frameIndex } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { connectionRows, opened, setupEngine, type Step } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

const SOCKET_IO_URL = "ws://shop.test/socket.io/?EIO=4&sid=1";
/** Messages whose protocol the page speaks without a word of it in the URL, among those of another connection. */
const TRAFFIC: Step[] = [
  ...opened(1, "ws://shop.test/live?token=a"),
  ...opened(2, "ws://feed.test/ticks"),
  { payload: '421["order",{"qty":1}]', direction: "sent" },
  { connection: 2, payload: '{"type":"tick","id":7}' },
  { payload: '431[{"ok":true}]' },
  { payload: Uint8Array.from(encode(7)), opcode: 2 },
];

async function setup(steps: readonly Step[] = TRAFFIC, files = { payloads: new MemoryFile(), journal: new MemoryFile() }) {
  const engine = setupEngine({ log: files });
  end = engine.end;
  engine.take(steps);
  const rows = async (filter = "") => {
    await engine.call("setScope", { filter, connection: null, sent: true, received: true, sort: null });
    await engine.until(({ rows: all, decoded, scanned, frames, connections }) => scanned === 1 && decoded >= frames && all <= decoded && connections.all > 0);
    const { rows: shown } = await engine.call("rows", { from: 0, to: MOST_ROWS });
    return shown.filter(({ kind }) => kind === "message");
  };
  const labels = async (filter = "") => (await rows(filter)).map(({ label }) => label);
  const untilLabels = async (wanted: readonly string[]) => {
    await engine.until(({ decoded, rows: all }) => decoded >= all);
    await expect.poll(() => labels()).toEqual(wanted);
  };
  return { ...engine, files, rows, labels, untilLabels, recovered: () => recoverCapture(files.journal, files.payloads, 1 << 20) };
}

describe("the decoder that the user chose for a connection", () => {
  it("reads all messages of it anew, and no other's: labels, filters and pairs follow", async () => {
    const { call, untilLabels, rows } = await setup();
    await untilLabels(["order", "tick", "ack 1", "binary"]);
    await call("decodeAs", { connection: connectionId(1), decoder: "msgpack" });
    await untilLabels(["MessagePack", "tick", "MessagePack", "MessagePack"]);
    expect((await rows()).map(({ pair }) => pair)).toEqual([null, null, null, null]);
    expect(await rows("type:order")).toEqual([]);
    expect(await rows("type:MessagePack")).toHaveLength(3);
    await call("decodeAs", { connection: connectionId(1), decoder: null });
    await untilLabels(["order", "tick", "ack 1", "binary"]);
    expect((await rows()).map(({ pair }) => pair?.role)).toEqual(["request", undefined, "answer", undefined]);
  });

  it("is told with each message, and so is what makes sure where the user chose none", async () => {
    const { call, take, untilLabels } = await setup();
    take([...opened(3, SOCKET_IO_URL), { connection: 3, payload: '42["hello"]' }]);
    await untilLabels(["order", "tick", "ack 1", "binary", "hello"]);
    const { rows: shown } = await call("rows", { from: 0, to: MOST_ROWS });
    const because = async (wanted: string): Promise<unknown> => (await call("inspect", { frame: shown.find(({ label }) => label === wanted)?.index ?? frameIndex(0), columns: 80 }))?.decodedBecause;
    expect([await because("order"), await because("tick"), await because("binary"), await because("hello")]).toEqual(["message", "content", null, "handshake"]);
    await call("decodeAs", { connection: connectionId(1), decoder: "socket.io" });
    await expect.poll(() => because("order")).toBe("choice");
  });

  it("can be what stands behind so many bytes of each message: filters and the inspector skip them too, later connections to the address and the capture read back have it", async () => {
    const behind = (text: string) => Buffer.concat([Buffer.of(0, text.length, 1), Buffer.from(text)]);
    const { call, take, untilLabels, labels, rows, recovered } = await setup([...opened(1, "ws://vendor.test/live?token=a"), { payload: behind('{"type":"tick","px":1}'), opcode: 2 }, { payload: behind('{"type":"tock","px":2}'), opcode: 2 }]);
    await untilLabels(["binary", "binary"]);
    for (const decoder of ["behind-prefix:0", "behind-prefix:2000"]) await expect(call("decodeAs", { connection: connectionId(1), decoder })).rejects.toThrow();
    await call("decodeAs", { connection: connectionId(1), decoder: "behind-prefix:3" });
    await untilLabels(["tick", "tock"]);
    expect(await labels(".px > 1")).toEqual(["tock"]);
    expect(await labels("type:tick")).toEqual(["tick"]);
    const inspected = await call("inspect", { frame: (await rows())[1]?.index ?? frameIndex(0), columns: 80 });
    expect(inspected?.layers.map(({ name }) => name)).toEqual(["Prefix", "JSON"]);
    take([...opened(2, "ws://vendor.test/live?token=b"), { connection: 2, payload: behind('{"type":"tack"}'), opcode: 2 }]);
    await untilLabels(["tick", "tock", "tack"]);
    await expect.poll(() => [1, 2].map((id) => recovered().choices.of(id).decoder)).toEqual(["behind-prefix:3", "behind-prefix:3"]);
  });

  it("is in force in a filter that was set before", async () => {
    const { call, until, untilLabels } = await setup();
    await untilLabels(["order", "tick", "ack 1", "binary"]);
    await call("setScope", { filter: "type:MessagePack", connection: null, sent: true, received: true, sort: null });
    await until(({ scanned, matches }) => scanned === 1 && matches === 0);
    await call("decodeAs", { connection: connectionId(1), decoder: "msgpack" });
    expect(await until(({ scanned, matches }) => scanned === 1 && matches === 3)).toMatchObject({ matches: 3 });
  });

  it("opens a message whose decoder was not sure of it as its value", async () => {
    const { call, untilLabels } = await setup();
    await call("decodeAs", { connection: connectionId(1), decoder: "msgpack" });
    await untilLabels(["MessagePack", "tick", "MessagePack", "MessagePack"]);
    const { rows: shown } = await call("rows", { from: 0, to: MOST_ROWS });
    const index = shown.findLast(({ label }) => label === "MessagePack")?.index ?? frameIndex(0);
    expect(await call("inspect", { frame: index, columns: 80 })).toMatchObject({ layers: [{ name: "MessagePack" }], treeLines: 1 });
    expect(await call("treeLines", { frame: index, from: 0, to: 1 })).toMatchObject([{ text: "7" }]);
  });

  it("is told with the connection, kept with the capture, and read back with it", async () => {
    const { call, engine, files, recovered } = await setup();
    await call("decodeAs", { connection: connectionId(1), decoder: "msgpack" });
    expect((await connectionRows(call)).map(({ decodedAs }) => decodedAs)).toEqual(["msgpack", undefined]);
    engine.end();
    expect([recovered().choices.of(1).decoder, recovered().choices.of(2).decoder]).toEqual(["msgpack", null]);

    const kept = setupEngine({ log: { kept: files } });
    end = kept.end;
    await kept.until(({ storage, decoded, rows }) => storage.state === "kept" && storage.read === 1 && rows > 0 && decoded === rows);
    const { rows: shown } = await kept.call("rows", { from: 0, to: MOST_ROWS });
    expect(shown.filter(({ kind }) => kind === "message").map(({ label }) => label)).toEqual(["MessagePack", "tick", "MessagePack", "MessagePack"]);
    await kept.call("decodeAs", { connection: connectionId(1), decoder: null });
    kept.engine.end();
    expect(recovered().choices.of(1).decoder).toBeNull();
  });

  it("is that of later connections to the same address, whatever their query, and of no others", async () => {
    const { call, take, until, engine, recovered } = await setup();
    await call("decodeAs", { connection: connectionId(1), decoder: "json" });
    await call("rememberDecoders", [{ url: "ws://shop.test/live", decoder: "json" }, { url: "ws://other.test/socket", decoder: "msgpack" }]);
    take([...opened(3, "ws://shop.test/live?token=b"), ...opened(4, "ws://shop.test/other"), ...opened(5, "ws://other.test/socket#x"), { connection: 3, payload: "2" }]);
    await until(({ connections, frames }) => connections.all === 5 && frames === 5);
    const rows = await connectionRows(call);
    expect(Object.fromEntries(rows.map(({ id, decodedAs }) => [id, decodedAs]))).toEqual({ 1: "json", 2: undefined, 3: "json", 4: undefined, 5: "msgpack" });
    engine.end();
    const { choices } = recovered();
    expect([1, 2, 3, 4, 5].map((id) => choices.of(id).decoder)).toEqual(["json", null, "json", null, "msgpack"]);
    // The one that messages were decoded without; the others stood before theirs.
    expect(choices.revision).toBe(1);
  });

  it("stays with a connection that is open when the log is cleared", async () => {
    const { call, take, engine, recovered, untilLabels } = await setup([...opened(1, SOCKET_IO_URL), ...opened(2), { payload: "2" }, { type: "closed", connection: connectionId(2), time: 1004 as never }]);
    await call("decodeAs", { connection: connectionId(1), decoder: "json" });
    await call("decodeAs", { connection: connectionId(2), decoder: "json" });
    await call("clear", null);
    take([{ payload: "2" }]);
    await untilLabels(["JSON"]);
    engine.end();
    expect([recovered().choices.of(1).decoder, recovered().choices.of(2).decoder]).toEqual(["json", null]);
  });

  it("can be any of the registry's and no other", async () => {
    const { call } = await setup();
    const decoders = await call("decoders", null);
    expect(decoders).toContainEqual({ id: "socket.io", name: "Socket.IO" });
    await expect(call("decodeAs", { connection: connectionId(1), decoder: "of a later version" })).rejects.toThrow(/no decoder “of a later version”/);
  });
});
