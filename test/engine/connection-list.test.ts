import { afterEach, describe, expect, it } from "vitest";
import type { ConnectionsQuery } from "../../src/contract/connections.ts";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import type { CaptureEvent } from "../../src/model/capture-batch.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { Faults } from "../../src/model/faults.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { batchOf, decodeThread, opened, setupEngine } from "./setup-engine.ts";

const WHOLE: ConnectionsQuery = { hidesEnded: false, chosen: null, watched: [], from: 0, to: 1000 };
const time = monotonicSeconds(1001);
const closed = (id: number): CaptureEvent => ({ type: "closed", connection: connectionId(id), time });
const inWorker = (id: number): CaptureEvent[] => [
  { type: "target", target: { key: "worker", type: "worker", url: "http://page.test/js/feed.js" } },
  { type: "created", connection: connectionId(id), targetKey: "worker", url: `ws://feed.test/${id}`, seenFromStart: true },
];

let end = (): void => {};
afterEach(() => end());

function setUp() {
  const parts = setupEngine();
  ({ end } = parts);
  const listed = async (query: Partial<ConnectionsQuery> = {}) => {
    const { items } = await parts.call("connections", { ...WHOLE, ...query });
    return items.map((item) => (item.type === "target" ? item.targetName : item.row.id));
  };
  return { ...parts, listed };
}

describe("the engine's list of connections", () => {
  it("groups them by target, and tells how many there are and how many have ended", async () => {
    const { take, until, listed, call } = setUp();
    take([...opened(1), ...inWorker(2), ...opened(3), closed(3)]);
    await until(({ connections }) => connections.all === 3 && connections.ended === 1);
    expect(await listed()).toEqual(["page.test", 1, 3, "feed.js", 2]);
    expect(await listed({ hidesEnded: true })).toEqual(["page.test", 1, "feed.js", 2]);
    expect(await listed({ hidesEnded: true, chosen: connectionId(3) })).toEqual(["page.test", 1, 3, "feed.js", 2]);
    expect(await call("connections", { ...WHOLE, hidesEnded: true, chosen: connectionId(3) })).toMatchObject({ lines: 8, connections: 3, chosen: { line: 3, place: 1, row: { id: 3 } } });
  });

  it("groups them by host or by what they speak, as soon as that is known", async () => {
    const { take, listed } = setUp();
    const speaksJson = { connection: 1, payload: '{"op":"tick"}' };
    take([...opened(1), ...inWorker(2)]);
    expect(await listed({ groupBy: "protocol" })).toEqual(["", 1, 2]);
    take([speaksJson]);
    await expect.poll(() => listed({ groupBy: "protocol" })).toEqual(["", 2, "JSON", 1]);
    expect(await listed({ groupBy: "host" })).toEqual(["feed.test", 1, 2]);
    take([closed(1), ...inWorker(3), { connection: 3, payload: '{"op":"tick"}' }]);
    await expect.poll(() => listed({ groupBy: "protocol" })).toEqual(["", 2, "JSON", 3, 1]);
    expect(await listed()).toEqual(["page.test", 1, "feed.js", 2, 3]);
  });

  it("is told anew once it is known what a connection speaks, also where nothing passes any more", { timeout: 10_000 }, async () => {
    const files = { payloads: new MemoryFile(), journal: new MemoryFile() };
    const recorded = new CaptureLog(files, 1 << 28, new Faults("recorder"));
    recorded.take(batchOf([...opened(1), { payload: '{"op":"tick"}' }]), 0);
    recorded.save(1000);
    let held: (() => void)[] | undefined = [];
    const parts = setupEngine({
      log: { resumed: files },
      startDecodeThread: () => {
        const thread = decodeThread();
        const post = thread.post.bind(thread);
        return Object.assign(thread, { post: (...asked: Parameters<typeof post>) => (held === undefined ? post(...asked) : void held.push(() => post(...asked))) });
      },
    });
    ({ end } = parts);
    const { connectionsRevision: before } = await parts.until(({ rows, connections }) => rows === 2 && connections.all === 1);
    await expect.poll(() => held?.length).toBeGreaterThan(0);
    const waiting = held;
    held = undefined;
    waiting.forEach((go) => go());
    await parts.until(({ decoded, connectionsRevision }) => decoded === 2 && connectionsRevision > before);
    expect((await parts.call("connections", WHOLE)).items).toMatchObject([{}, { row: { speaks: "JSON" } }]);
  });

  it("says what those that go on speak over a clear, and what all do at once where that is undone, before anything is decoded again", async () => {
    let isHeld = false;
    const { take, call, until, end: ends } = setupEngine({
      startDecodeThread: () => {
        const thread = decodeThread();
        const post = thread.post.bind(thread);
        return Object.assign(thread, { post: (...asked: Parameters<typeof post>) => (isHeld ? undefined : post(...asked)) });
      },
    });
    end = ends;
    take([...opened(1), ...opened(2), { connection: 1, payload: '{"op":"tick"}' }, { connection: 2, payload: '{"op":"tick"}' }, closed(2)]);
    await until(({ rows, decoded }) => rows > 0 && decoded === rows);
    isHeld = true;
    const spoken = async (): Promise<(string | undefined)[]> => (await call("connections", WHOLE)).items.flatMap((item) => (item.type === "connection" ? [item.row.speaks] : []));
    await call("clear", null);
    expect(await spoken()).toEqual(["JSON"]);
    await call("undoClear", null);
    expect(await spoken()).toEqual(["JSON", "JSON"]);
  });

  it("has those alone that are sought, and the one chosen, whatever stands together", async () => {
    const { take, listed, call } = setUp();
    take([...opened(1), ...inWorker(2), ...opened(3, "wss://chat.test/Room"), ...opened(4, "wss://chat.test/room/2"), closed(4)]);
    expect(await listed({ sought: "room" })).toEqual(["page.test", 3, 4]);
    expect(await listed({ sought: "ROOM 2" })).toEqual(["page.test", 4]);
    expect(await listed({ sought: "feed.js" })).toEqual(["feed.js", 2]);
    expect(await listed({ sought: "room", hidesEnded: true, groupBy: "host" })).toEqual(["chat.test", 3]);
    expect(await listed({ sought: "nothing" })).toEqual([]);
    expect(await listed({ sought: "room", chosen: connectionId(2) })).toEqual(["page.test", 3, 4, "feed.js", 2]);
    expect(await call("connections", { ...WHOLE, sought: "room", hidden: [] })).toMatchObject({ connections: 2, lines: 5 });
    expect((await call("connections", { ...WHOLE, sought: "room" })).hidden).toBeUndefined();
    expect(await call("connectionBeside", { hidesEnded: false, sought: "room", chosen: connectionId(3), by: 1 })).toEqual({ connection: 4, line: 3 });
  });

  it("leaves out those that are hidden on their site, whatever they are grouped by, and says how many and by what", async () => {
    const { take, listed, call } = setUp();
    const ticks = { site: "page.test", pattern: "ws://feed.test/ticks?token=*" };
    const other = { site: "other.test", pattern: "ws://feed.test/news?" };
    take([...opened(1, "ws://feed.test/ticks?token=a1b2"), ...opened(2, "ws://feed.test/news"), ...opened(3, "ws://feed.test/ticks?token=c3d4")]);
    // The pattern of another site hides nothing here.
    const hidden = [other, ticks];
    expect(await listed({ hidden })).toEqual(["page.test", 2]);
    expect(await listed({ hidden, groupBy: "host" })).toEqual(["feed.test", 2]);
    expect(await call("connections", { ...WHOLE, hidden })).toMatchObject({ connections: 1, hidden: { connections: 2, by: [1] } });
    // What is sought besides leaves out more, and hides none of it.
    expect(await call("connections", { ...WHOLE, hidden, sought: "nowhere" })).toMatchObject({ connections: 0, hidden: { connections: 2, by: [1] } });
    expect(await call("connections", { ...WHOLE, hidden: [other] })).not.toHaveProperty("hidden");
    expect(await listed()).toEqual(["page.test", 1, 2, 3]);
  });

  it("sorts them by what passed over them, or by their addresses, without headings", async () => {
    const { take, listed, call } = setUp();
    const times = (connection: number, count: number, payload: string) => Array.from({ length: count }, () => ({ connection, payload }));
    take([...opened(1, "wss://b.test/"), ...inWorker(2), ...opened(3, "wss://a.test/"), ...times(1, 2, "x"), ...times(2, 1, "long".repeat(10)), ...times(3, 3, "y")]);
    expect(await listed({ sortBy: "frames" })).toEqual([3, 1, 2]);
    expect(await listed({ sortBy: "bytes" })).toEqual([2, 3, 1]);
    expect(await listed({ sortBy: "address" })).toEqual([2, 3, 1]);
    expect(await listed({ sortBy: "frames", from: 2, to: 4 })).toEqual([1]);
    expect(await listed({ sortBy: "frames", sought: "test/", hidesEnded: true })).toEqual([3, 1, 2]);
    expect(await call("connections", { ...WHOLE, sortBy: "bytes", chosen: connectionId(1) })).toMatchObject({ lines: 6, connections: 3, chosen: { line: 4, place: 2, row: { id: 1 } } });
    expect(await call("connectionBeside", { hidesEnded: false, sortBy: "bytes", chosen: connectionId(2), by: 1 })).toEqual({ connection: 3, line: 2 });
  });

  it("moves one to the target that it turns out to be of, and drops a target that has none left", async () => {
    const { take, listed } = setUp();
    take([...opened(1), ...inWorker(2), { type: "retargeted", connection: connectionId(1), targetKey: "worker" }]);
    expect(await listed()).toEqual(["feed.js", 2, 1]);
  });

  it("has those that are still open after a clear, and knows no more of the others", async () => {
    const { take, listed, call, until } = setUp();
    take([...opened(1), ...opened(2), closed(1)]);
    await call("clear", null);
    await until(({ connections }) => connections.all === 1 && connections.ended === 0);
    expect(await listed()).toEqual(["page.test", 2]);
    expect(await call("connections", { ...WHOLE, chosen: connectionId(1), watched: [connectionId(1), connectionId(2)] })).toMatchObject({ chosen: null, watched: [{ id: 2 }] });
  });

  it("answers the lines that are asked for, and never more than a view may ask for at once", async () => {
    const { take, listed } = setUp();
    for (let id = 1; id <= 2000; id++) take(opened(id));
    expect(await listed({ from: 3000, to: 3004 })).toEqual([1500, 1501, 1502]);
    expect((await listed({ from: 0, to: 4001 })).length).toBeLessThanOrEqual(MOST_ROWS);
  });

  it("goes from one to the next as they are listed, past headings and those that are hidden, and ends where the list does", async () => {
    const { take, call } = setUp();
    take([...opened(1), ...opened(2), ...inWorker(3), closed(2)]);
    const beside = async (chosen: number | null, by: number, hidesEnded = false) =>
      (await call("connectionBeside", { chosen: chosen === null ? null : connectionId(chosen), by, hidesEnded })).connection;
    expect([await beside(null, 1), await beside(1, 1), await beside(1, 1, true), await beside(3, 1)]).toEqual([1, 2, 3, 3]);
    expect([await beside(3, -1, true), await beside(1, -1), await beside(null, -1), await beside(3, -9), await beside(null, 2 ** 32)]).toEqual([1, null, null, null, 3]);
  });
});
