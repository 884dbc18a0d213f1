import { afterEach, describe, expect, it } from "vitest";
import { CaptureLog } from "../../../src/engine/capture-log.ts";
import { connectionId, monotonicSeconds } from "../../../src/model/units.ts";
import { MemoryFile } from "../../log/memory-file.ts";
import { MemoryFolders, type MemoryFolder } from "../memory-folders.ts";
import { batchOf, opened, OWN_CAPTURE, setupEngine, type Step } from "../setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

const idOf = (number: number): string => `2026-11-1${number}T14-00-00-000Z-00000000`;

function recorded(steps: readonly Step[]): MemoryFolder {
  const folder = { journal: new MemoryFile(), payloads: new MemoryFile() };
  const log = new CaptureLog(folder, 1 << 20);
  log.take(batchOf(steps), 0);
  log.save(1000);
  log.end(2000);
  return folder;
}

function setup(captures: readonly (readonly Step[])[], own: readonly Step[] = []) {
  const folders = new MemoryFolders();
  captures.forEach((steps, number) => folders.folders.set(idOf(number), recorded(steps)));
  const engine = setupEngine({ captures: folders });
  end = engine.end;
  engine.take(own);
  return { ...engine, folders };
}

const GOOD: readonly Step[] = [
  ...opened(1, "ws://feed.test/feed"),
  ...opened(2, "ws://feed.test/chat"),
  { payload: '{"op":"subscribe","depth":20}', direction: "sent" },
  { payload: '{"op":"snapshot","px":1}' },
  { payload: '{"op":"hello"}', connection: 2 },
  { payload: '{"op":"tick","px":2}' },
];
const BAD: readonly Step[] = [
  ...opened(1, "ws://feed.test/chat"),
  ...opened(2, "ws://feed.test/feed"),
  { payload: '{"op":"subscribe","depth":20}', direction: "sent", connection: 2 },
  { payload: '{"op":"hello"}' },
  { payload: '{"op":"snapshot","px":7}', connection: 2 },
  { payload: '{"op":"error"}', connection: 2 },
  { type: "closed", connection: connectionId(2), time: monotonicSeconds(1006), observed: true },
];

describe("two captures side by side", () => {
  it("say where they first go apart, and what else of each connection is not the same", async () => {
    const { call } = setup([GOOD, BAD]);
    const { first, connections, different, all } = await call("compareCaptures", { before: idOf(0), after: idOf(1) });
    expect([different, all]).toEqual([1, 2]);
    expect(first).toMatchObject({ before: 1, after: 2, url: "ws://feed.test/feed", fact: null, at: 2500 });
    expect(first?.message).toMatchObject({ label: "snapshot", before: { frame: 3 }, after: { frame: 4 }, values: [{ path: ".px", before: "1", after: "7" }] });
    expect(connections).toEqual([expect.objectContaining({ before: 1, after: 2, same: 1, changed: 1, onlyBefore: 1, onlyAfter: 1 })]);
    expect(connections[0]?.facts.map(({ about }) => about)).toEqual(["ending"]);
  });

  it("are the same, or differ by a connection that one has alone, or by how one began", async () => {
    const [target, created, request, response] = opened(1, "ws://feed.test/feed");
    const refused = [target, created, request, { ...response, status: 403 }] as Step[];
    const { call } = setup([GOOD, GOOD, GOOD.filter((step) => !("connection" in step && Number(step.connection) === 2)), [...refused, ...GOOD.slice(4)]]);
    expect(await call("compareCaptures", { before: idOf(0), after: idOf(1) })).toEqual({ first: null, connections: [], different: 0, all: 2 });
    expect((await call("compareCaptures", { before: idOf(0), after: idOf(2) })).first).toMatchObject({ url: "ws://feed.test/chat", after: null, message: null, fact: null });
    expect((await call("compareCaptures", { before: idOf(0), after: idOf(3) })).first).toMatchObject({ fact: { about: "status", before: "101", after: "403" } });
  });

  it("differ by a heartbeat that stopped, where the other was heard on the wire, and by no close frame of one alone", async () => {
    const [a, b] = [opened(1, "ws://feed.test/feed"), opened(2, "ws://feed.test/chat")];
    const said: Step[] = [{ payload: '{"op":"tick"}' }, { payload: "hello", connection: 2 }];
    const ping: Step = { payload: "", opcode: 9 };
    const pong: Step = { payload: "", opcode: 10, direction: "sent" };
    const close: Step = { payload: Uint8Array.of(3, 232), opcode: 8 };
    const all = [[ping, pong, close], [close], [ping, close], [{ ...ping, connection: 2 }, close], [{ ...ping, connection: 2 }]];
    const { call } = setup(all.map((controls) => [...a, ...b, ...said, ...controls] as Step[]));
    const compare = async (after: number) => (await call("compareCaptures", { before: idOf(0), after: idOf(after) })).connections.map(({ before, onlyBefore, onlyAfter, facts }) => [before, onlyBefore, onlyAfter, facts.map(({ about, before: one, isCounted }) => [about, one, isCounted])]);
    // Of Chrome's own recording a pcapng has close frames alone.
    expect(await compare(1)).toEqual([]);
    expect(await compare(2)).toEqual([[1, 1, 0, []]]);
    expect(await compare(3)).toEqual([[1, 2, 0, []], [2, 0, 1, []]]);
    expect(await compare(4)).toEqual([[1, 2, 0, [["control frames", "1", false]]], [2, 0, 1, []]]);
  });

  it("differ by an answer, but for 101 and 200 of two that opened", async () => {
    const [target, created, request, response] = opened(1, "ws://feed.test/feed");
    const answered = (...more: readonly unknown[]): Step[] => [target, created, request, ...more] as Step[];
    const failure = { reason: "status", status: 200 };
    const refused = [{ type: "error", connection: connectionId(1), time: monotonicSeconds(1001), message: "", failure }, { type: "closed", connection: connectionId(1), time: monotonicSeconds(1001) }];
    const before = { type: "created", connection: connectionId(1), targetKey: "page", url: "ws://feed.test/feed", seenFromStart: false };
    const { call } = setup([answered(response), answered({ ...response, status: 200 }), answered(), answered({ ...response, status: 200 }, ...refused), [target, before] as Step[]]);
    const statuses = async (after: number) => (await call("compareCaptures", { before: idOf(0), after: idOf(after) })).connections.flatMap(({ facts }) => facts.filter(({ about }) => about === "status").map(({ after: status, isCounted }) => [status, isCounted]));
    expect(await Promise.all([1, 4].map(statuses))).toEqual([[], []]);
    expect(await statuses(2)).toEqual([[null, true]]);
    expect(await statuses(3)).toEqual([["200", true]]);
  });

  it("may be the one that is being recorded; one that is open elsewhere is read beside that, and one that is recorded elsewhere refused", async () => {
    const { call, folders, until } = setup([GOOD, BAD], GOOD);
    await until(({ frames }) => frames === 4);
    expect((await call("compareCaptures", { before: OWN_CAPTURE, after: idOf(0) })).different).toBe(0);
    (folders.folders.get(idOf(1)) as MemoryFolder).use = "open";
    expect((await call("compareCaptures", { before: OWN_CAPTURE, after: idOf(1) })).different).toBeGreaterThan(0);
    (folders.folders.get(idOf(1)) as MemoryFolder).use = "recording";
    await expect(call("compareCaptures", { before: OWN_CAPTURE, after: idOf(1) })).rejects.toThrow("being recorded");
  });
});
