import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { SpreadCounter } from "../../src/engine/spread.ts";
import { MOST_NOTE } from "../../src/contract/rows.ts";
import type { CaptureEvent } from "../../src/model/capture-batch.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { opened, setupEngine, type Step } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

const TRAFFIC: Step[] = [
  ...opened(1, "ws://feed.test/a?token=5f3b9c"),
  { payload: '{"op":"order","id":1}', direction: "sent" },
  { payload: '{"op":"ordered","id":1}' },
  { payload: '{"op":"order","id":2}', direction: "sent" },
  { payload: '{"op":"tick","px":1}' },
  { type: "closed", connection: connectionId(1), time: monotonicSeconds(1006) },
  ...opened(2, "ws://feed.test/a?token=77ab01"),
  { payload: '{"op":"tick"}', connection: 2 },
];

describe("the page of a connection", () => {
  it("tells what went over it each way, by type, its answers, and the others to its address", async () => {
    const { take, call, until, end: ends } = setupEngine();
    end = ends;
    take(TRAFFIC);
    await until(({ decoded }) => decoded >= 7);
    const page = await call("connectionPage", { connection: connectionId(1) });
    expect(page).toMatchObject({ isOpen: false, handshake: 500, unanswered: 1, firstUnanswered: 3, otherTypes: 0, familyBefore: 0, familyBehind: 0 });
    expect(page?.ways.map(({ direction, frames, bytes }) => [direction, frames, bytes])).toEqual([
      ["sent", 2, 42],
      ["received", 2, 43],
    ]);
    expect(page?.types.map(({ label, frames }) => [label, frames])).toEqual([
      ["order", 2],
      ["ordered", 1],
      ["tick", 1],
    ]);
    expect(page?.types.map(({ latencies, slowest, errors }) => [latencies?.count ?? 0, latencies?.most ?? null, slowest, errors])).toEqual([
      [1, 1000, 1, 0],
      [0, null, null, 0],
      [0, null, null, 0],
    ]);
    expect(page?.latencies).toEqual({ count: 1, least: 1000, median: 1000, p95: 1000, most: 1000 });
    expect(page?.latencyBuckets).toEqual([{ from: 1000, to: 1500, count: 1 }]);
    expect(page?.slowest.map(({ frame, latency }) => [frame, latency])).toEqual([[1, 1000]]);
    expect(page?.beginning.map(({ frame }) => frame)).toEqual([1, 2, 3, 4]);
    expect(page?.longestSilence?.lasted).toBe(1000);
    expect(page?.family.map(({ connection, url }) => [connection, url])).toEqual([[1, "ws://feed.test/a?token=5f3b9c"], [2, "ws://feed.test/a?token=77ab01"]]);
    expect(await call("connectionPage", { connection: connectionId(9) })).toBeNull();
  });

  it("tells how far apart heartbeats are and how soon they are answered, from the first of them, where there are enough", async () => {
    const { take, call, until, end: ends } = setupEngine();
    end = ends;
    const ping: Step = { payload: '{"type":"ping"}', direction: "sent" };
    const pong: Step = { payload: '{"type":"pong"}' };
    const other: Step = { payload: '{"type":"pong"}', connection: 2 };
    const pause: Step = { type: "resumed", time: monotonicSeconds(1008), skipped: 3 };
    take([...opened(1), ...opened(2), ping, pong, ping, other, ping, pong, ping, pong, pause, ping, pong, ping, ...[1, 2].map((): Step => ({ ...ping, connection: 2 }))]);
    await until(({ decoded }) => decoded >= 16);
    const heartbeatsOf = async (id: number) => (await call("connectionPage", { connection: connectionId(id) }))?.heartbeats;
    expect(await heartbeatsOf(1)).toEqual({ direction: "sent", first: 2, interval: { count: 4, least: 2000, median: 2000, p95: 2000, most: 2000 }, delay: { count: 4, least: 1000, median: 1000, p95: 1000, most: 1000 }, followed: 5 });
    expect(await heartbeatsOf(2)).toBeNull();
  });

  it("says where a closing has no code, its own or that of another to its address", async () => {
    const { take, call, until, end: ends } = setupEngine();
    end = ends;
    take([...TRAFFIC, ...opened(3, "ws://feed.test/b")]);
    await until(({ connections }) => connections.all === 3);
    const lacksCode = async (id: number) => (await call("connectionPage", { connection: connectionId(id) }))?.hasUnknownCode;
    expect([await lacksCode(1), await lacksCode(2), await lacksCode(3)]).toEqual([true, true, false]);
  });

  it("tells of many to its address those around it, and how many there are before and behind", async () => {
    const { take, call, until, end: ends } = setupEngine();
    end = ends;
    take(Array.from({ length: 40 }, (_, i) => opened(i + 1, "ws://feed.test/a")).flat());
    await until(({ connections }) => connections.all === 40);
    const around = async (id: number) => {
      const page = await call("connectionPage", { connection: connectionId(id) });
      return [page?.familyBefore, page?.family[0]?.connection, page?.family.at(-1)?.connection, page?.familyBehind];
    };
    expect(await around(1)).toEqual([0, 1, 12, 28]);
    expect(await around(20)).toEqual([14, 15, 26, 14]);
    expect(await around(40)).toEqual([28, 29, 40, 0]);
  });

  it("knows what connected again by the pattern of its address, as the list does, and how long each waited for the one before to end", async () => {
    const { take, call, until, end: ends } = setupEngine();
    end = ends;
    const SOCKETS = ["412/k3jdabax/websocket", "007/abcdefgh/websocket", "412/k3jd01ax/websocket", "room/1", "room/2"];
    const lives = SOCKETS.map((path, i): Step[] => {
      const connection = connectionId(i + 1);
      const [target, created, request, response] = opened(i + 1, `wss://feed.test/sockjs/${path}`) as [CaptureEvent, CaptureEvent, CaptureEvent, CaptureEvent];
      const at = (event: CaptureEvent, time: number): CaptureEvent => ({ ...event, time: monotonicSeconds(time) }) as CaptureEvent;
      const begun = 2000 + i * 100;
      return [target, created, at(request, begun), at(response, begun + 1), { type: "closed", connection, time: monotonicSeconds(begun + 90 + i * 2) }];
    });
    take(lives.flat());
    await until(({ connections }) => connections.all === SOCKETS.length);
    const familyOfOne = async (id: number) => (await call("connectionPage", { connection: connectionId(id) }))?.family.map(({ connection, waited, lasted }) => [connection, waited, lasted]);
    const sockets = [
      [1, null, 89_000],
      [2, 10_000, 91_000],
      [3, 8_000, 93_000],
    ];
    for (const id of [1, 2, 3]) expect(await familyOfOne(id)).toEqual(sockets);
    for (const id of [4, 5]) expect(await familyOfOne(id)).toEqual([]);
    const { items } = await call("connections", { from: 0, to: 20, watched: [], hidesEnded: false, chosen: null });
    expect(items.flatMap((item) => (item.type === "connection" ? [[item.row.root, item.row.times]] : []))).toEqual([[1, 3], [4, 1], [5, 1]]);
  });

  it("tells of no wait where the one before had not ended", async () => {
    const { take, call, until, end: ends } = setupEngine();
    end = ends;
    take([...opened(1, "ws://feed.test/a"), ...opened(2, "ws://feed.test/a"), { type: "closed", connection: connectionId(1), time: monotonicSeconds(1006) }, ...opened(3, "ws://feed.test/b")]);
    await until(({ connections }) => connections.all === 3);
    expect((await call("connectionPage", { connection: connectionId(2) }))?.family.map(({ waited }) => waited)).toEqual([null, null]);
    expect((await call("connectionPage", { connection: connectionId(3) }))?.family).toEqual([]);
  });

  it("has the user's note, which stands at its first row, whole as it could be written", async () => {
    const { take, call, until, end: ends } = setupEngine();
    end = ends;
    take(TRAFFIC);
    await until(({ decoded }) => decoded >= 7);
    const noteOf = async (id: number) => (await call("connectionPage", { connection: connectionId(id) }))?.note;
    const first = (await call("firstRow", { connection: connectionId(2) }))?.frame ?? frameIndex(-1);
    expect(await noteOf(2)).toEqual({ frame: first, text: "" });
    const text = "n".repeat(MOST_NOTE);
    await call("note", { frame: first, text });
    expect(await noteOf(2)).toEqual({ frame: first, text });
    expect((await noteOf(1))?.text).toBe("");
  });

  it("counts the errors of a type: its own, and the answers to its requests that are one", async () => {
    const { take, call, until, end: ends } = setupEngine();
    end = ends;
    const ask = (id: number): Step => ({ payload: `{"jsonrpc":"2.0","method":"get","id":${id}}`, direction: "sent" });
    take([...opened(1, "ws://feed.test/a"), ask(1), { payload: '{"jsonrpc":"2.0","id":1,"result":1}' }, ask(2), { payload: '{"jsonrpc":"2.0","id":2,"error":{"code":-1}}' }, ask(3)]);
    await until(({ decoded }) => decoded >= 5);
    const page = await call("connectionPage", { connection: connectionId(1) });
    const get = page?.types.find(({ direction }) => direction === "sent");
    expect(get).toMatchObject({ label: "get", frames: 3, errors: 1, latencies: { count: 2 } });
  });
});

describe("how values lie", () => {
  it("is told of all values, and of very many about as a sorted list has it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 200 }), (values) => {
        const counter = new SpreadCounter();
        for (const value of values) counter.add(value);
        const sorted = values.toSorted((a, b) => a - b);
        expect(counter.spread()).toMatchObject({ count: values.length, least: sorted[0], most: sorted.at(-1), median: sorted[Math.floor(values.length / 2)] });
      }),
    );
    const many = new SpreadCounter();
    for (let i = 0; i < 500_000; i++) many.add(i);
    expect(many.spread()).toMatchObject({ count: 500_000, least: 0, most: 499_999 });
    expect(Math.abs((many.spread()?.median ?? 0) - 250_000)).toBeLessThan(5_000);
  });
});
