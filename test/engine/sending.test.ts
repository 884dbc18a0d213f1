import { describe, expect, it } from "vitest";
import { say } from "../../src/model/said.ts";
import { connectionId, frameIndex } from "../../src/model/units.ts";
import { opened, setupEngine, type Message } from "./setup-engine.ts";

async function setup(frames: readonly Message[], url = "ws://feed.test/1") {
  const engine = setupEngine();
  engine.take(opened(1, url));
  engine.take(frames);
  await engine.until(({ decoded, frames: count }) => count === frames.length && decoded >= frames.length + 1);
  return engine;
}

const SOCKET_IO = "ws://feed.test/socket.io/?EIO=4&transport=websocket";
const ORDER: Message = { direction: "sent", payload: '42/orders,7["order:place",{"sym":"BTC","qty":9007199254740993}]' };

describe("a message that is to be sent again", () => {
  it("is edited as the value that its decoder reads, and sent as the decoder writes it, to the last digit", async () => {
    const { call } = await setup([ORDER], SOCKET_IO);
    const place = { frame: frameIndex(1) };
    expect(await call("editable", place)).toEqual({ form: "value", text: '{"sym":"BTC","qty":9007199254740993}', decoder: { id: "socket.io", name: "Socket.IO" } });
    expect(await call("encode", { ...place, text: '{\n  "sym": "ETH",\n  "qty": 9007199254740995\n}' })).toEqual([{ type: "text", text: '42/orders,7["order:place",{"sym":"ETH","qty":9007199254740995}]' }]);
  });

  it("is edited as it stands where that is JSON or text, and as Base64 where it is neither", async () => {
    const { call } = await setup([{ direction: "sent", payload: '{"a": 1.50}' }, { direction: "sent", payload: "hello" }, { direction: "sent", opcode: 2, payload: new Uint8Array([0xff, 0, 1]) }]);
    expect(await call("editable", { frame: frameIndex(1) })).toEqual({ form: "text", text: '{"a": 1.50}' });
    expect(await call("editable", { frame: frameIndex(2) })).toEqual({ form: "text", text: "hello" });
    expect(await call("editable", { frame: frameIndex(3) })).toEqual({ form: "base64", text: "/wAB" });
  });

  it("is had exactly as it was, too", async () => {
    const { call } = await setup([ORDER, { direction: "sent", opcode: 2, payload: new Uint8Array([0xff, 0]) }], SOCKET_IO);
    expect(await call("outgoing", { frame: frameIndex(1) })).toEqual({ message: { type: "text", text: ORDER.payload }, at: 1001 });
    expect(await call("outgoing", { frame: frameIndex(2) })).toEqual({ message: { type: "binary", bytes: new Uint8Array([0xff, 0]) }, at: 1002 });
    expect(await call("outgoing", { frame: frameIndex(9) })).toBeNull();
  });

  it("is refused where the JSON is none, and where nobody can write it", async () => {
    const { call } = await setup([ORDER, { direction: "sent", payload: "no event" }], SOCKET_IO);
    await expect(call("encode", { frame: frameIndex(1), text: "{" })).rejects.toThrow(/Not valid JSON/);
    await expect(call("encode", { frame: frameIndex(99), text: "{}" })).rejects.toThrow(/cannot write/);
    expect(await call("editable", { frame: frameIndex(99) })).toBeNull();
  });
});

describe("a message that the user sent", () => {
  it("awaits its answer also before it is decoded: whether it asks for one is not known yet", async () => {
    const { call, take } = await setup([ORDER], SOCKET_IO);
    take([{ ...ORDER, payload: '42/orders,9["order:place",{"qty":2}]', origin: "user" }]);
    expect(await call("sentByUser", { connection: connectionId(1), from: 2 })).toMatchObject({ frame: 2, answer: "awaited" });
  });

  it("is found by who made it, with its answer once that has come", async () => {
    const { call, take, until } = await setup([ORDER, { ...ORDER, payload: '42/orders,8["order:place",{"qty":1}]', origin: "user" }], SOCKET_IO);
    expect(await call("sentByUser", { connection: connectionId(1), from: 0 })).toMatchObject({ frame: 2, label: "order:place", answer: "awaited" });
    take([{ direction: "received", payload: '43/orders,8[{"ok":true}]' }]);
    await until(({ decoded }) => decoded >= 4);
    expect(await call("sentByUser", { connection: connectionId(1), from: 2 })).toMatchObject({ frame: 2, answer: { frame: 3, latency: expect.any(Number) as number } });
    expect(await call("sentByUser", { connection: connectionId(1), from: 3 })).toBeNull();
  });

  it("that asks for no answer has the first message that its connection received after it, within ten seconds", async () => {
    const { call, take, until } = await setup([{ direction: "received", payload: "before" }, { direction: "sent", payload: "hello", origin: "user" }, { direction: "sent", payload: "own" }]);
    take(opened(2, "ws://feed.test/2"));
    const ask = () => call("sentByUser", { connection: connectionId(1), from: 0 });
    expect(await ask()).toMatchObject({ frame: 2, counted: 2, answer: null, next: "awaited" });
    take([{ connection: 2, payload: "of another" }, { payload: "made here", origin: "user" }, { payload: "welcome" }, { payload: "more" }]);
    await until(({ frames }) => frames === 7);
    expect(await ask()).toMatchObject({ answer: null, next: { label: "text", preview: "welcome", latency: 1000 } });
  });

  it("has none that came later than that, and its row is counted on over a clear", async () => {
    // One a second.
    const { call, take, until } = await setup([{ direction: "sent", payload: "hello", origin: "user" }, ...Array.from({ length: 10 }, (): Message => ({ direction: "sent", payload: "own" })), { payload: "late" }]);
    expect(await call("sentByUser", { connection: connectionId(1), from: 0 })).toMatchObject({ frame: 1, answer: null, next: null });
    await call("clear", null);
    take([{ direction: "sent", payload: "again", origin: "user" }]);
    await until(({ frames, decoded }) => frames === 1 && decoded === 1);
    const counted = (await call("rowCount", null)) - 1;
    expect(await call("sentByUser", { connection: connectionId(1), from: counted })).toMatchObject({ frame: 0, counted });
    expect(await call("sentByUser", { connection: connectionId(1), from: counted + 1 })).toBeNull();
  });

  it("is told apart by `from:you`, and in its row", async () => {
    const { call, until, pushes } = await setup([{ payload: "a", direction: "sent" }, { payload: "b", direction: "sent", origin: "user" }]);
    const before = pushes.at(-1)?.shown ?? 0;
    await call("setScope", { filter: "from:you", connection: null, sent: true, received: true, sort: null });
    await until(({ shown, scanned }) => shown > before && scanned === 1);
    const { rows } = await call("rows", { from: 0, to: 10 });
    expect(rows.map(({ preview, origin }) => [preview, origin])).toEqual([["b", "user"]]);
  });
});

describe("a transcript", () => {
  const LOGIN: readonly Message[] = [
    { direction: "sent", payload: '{"op":"login"}' },
    { direction: "received", payload: '{"token":"old"}' },
    { direction: "sent", opcode: 2, payload: new Uint8Array([0xff, 0]) },
  ];

  it("is all that a connection sent, exactly as it was, or the rows that were chosen", async () => {
    const { call } = await setup(LOGIN);
    expect(await call("sentBefore", { of: connectionId(1) })).toMatchObject({
      messages: [{ message: { type: "text", text: '{"op":"login"}' }, frame: 1 }, { message: { type: "binary", bytes: new Uint8Array([0xff, 0]) }, frame: 3 }],
      left: 0,
    });
    expect(await call("sentBefore", { of: [{ frame: frameIndex(2) }, { frame: frameIndex(99) }, { frame: frameIndex(0) }] })).toMatchObject({ messages: [{ message: { text: '{"token":"old"}' } }], left: 1 });
    expect(await call("sentBefore", { of: connectionId(9) })).toEqual({ messages: [], left: 0 });
  });

  it("takes a value of what was received since, the newest, and of no other connection", async () => {
    const { call, take, until } = await setup(LOGIN);
    const from = await call("rowCount", null);
    expect(from).toBe(4);
    const asked = { connection: connectionId(1), from, path: ".token" };
    expect(await call("receivedValue", asked)).toEqual({ value: null, looked: 4 });
    take([{ direction: "received", payload: '{"token":"first","n":12345678901234567890}' }, { direction: "received", payload: '{"token":"second","list":[1, 2]}' }, { direction: "sent", payload: '{"token":"mine"}' }]);
    await until(({ decoded }) => decoded >= 7);
    expect(await call("receivedValue", asked)).toMatchObject({ value: "second" });
    expect(await call("receivedValue", { ...asked, path: ".n" })).toMatchObject({ value: "12345678901234567890" });
    expect(await call("receivedValue", { ...asked, path: ".list" })).toMatchObject({ value: "[1,2]" });
    expect(await call("receivedValue", { ...asked, connection: connectionId(2) })).toMatchObject({ value: null });
    await expect(call("receivedValue", { ...asked, path: "token" })).rejects.toThrow();
  });

  it("knows whether what was received matches a filter, and says what of a filter is wrong", async () => {
    const { call, take, until } = await setup(LOGIN);
    const asked = { connection: connectionId(1), from: 4, filter: "token" };
    await expect(call("receivedMatch", { ...asked, filter: "(" })).rejects.toThrow();
    expect(await call("receivedMatch", { ...asked, filter: "token" })).toEqual({ matches: false, looked: 4 });
    take([{ direction: "received", payload: '{"token":"new"}' }]);
    await until(({ decoded }) => decoded >= 5);
    expect(await call("receivedMatch", { ...asked, filter: "token" })).toEqual({ matches: true, looked: 5 });
  });

  it("is stopped by what came first of very much, and takes its values from there too", async () => {
    const { call, take, until } = await setup(LOGIN);
    take([{ direction: "received", payload: '{"token":"early"}' }, ...Array.from({ length: 2500 }, (): Message => ({ direction: "received", payload: "{}" }))]);
    await until(({ decoded }) => decoded === 2505);
    expect(await call("receivedMatch", { connection: connectionId(1), from: 4, filter: "early" })).toEqual({ matches: true, looked: 2004 });
    expect(await call("receivedMatch", { connection: connectionId(1), from: 2004, filter: "early" })).toEqual({ matches: false, looked: 2505 });
    expect(await call("receivedValue", { connection: connectionId(1), from: 4, path: ".token" })).toEqual({ value: "early", looked: 2004 });
  });

  it("is reported by what the user sent since: answered, without an answer, and how long it took", async () => {
    const { call, take, until } = await setup([ORDER], SOCKET_IO);
    take([
      { ...ORDER, payload: '42/orders,8["order:place",{"qty":1}]', origin: "user" },
      { ...ORDER, payload: '42/orders,9["order:place",{"qty":2}]', origin: "user" },
      { direction: "received", payload: '43/orders,8[{"ok":true}]' },
    ]);
    await until(({ decoded }) => decoded >= 5);
    expect(await call("replayReport", { connection: connectionId(1), from: 2 })).toMatchObject({ sent: 2, answered: 1, unanswered: 1, latency: { median: expect.any(Number) as number } });
    expect(await call("replayReport", { connection: connectionId(1), from: 5 })).toEqual({ sent: 0, answered: 0, unanswered: 0, latency: null });
  });

  it("has its answers and its report over a clear, and over its undoing: rows are counted on", async () => {
    const { call, take, until } = await setup([ORDER, { direction: "received", payload: '{"token":"before"}' }], SOCKET_IO);
    const from = await call("rowCount", null);
    expect(from).toBe(3);
    take([{ direction: "received", payload: '{"token":"one"}' }]);
    await call("clear", null);
    take([{ ...ORDER, payload: '42/orders,9["order:place",{"qty":2}]', origin: "user" }, { direction: "received", payload: '{"token":"two"}' }]);
    const asked = { connection: connectionId(1), from, path: ".token" };
    await expect.poll(() => call("receivedValue", asked)).toEqual({ value: "two", looked: 6 });
    expect(await call("replayReport", { connection: connectionId(1), from })).toMatchObject({ sent: 1, unanswered: 1 });
    await call("undoClear", null);
    await until(({ decoded }) => decoded >= 6);
    expect(await call("rowCount", null)).toBe(6);
    expect(await call("receivedValue", { ...asked, from: 6 })).toEqual({ value: null, looked: 6 });
    expect(await call("replayReport", { connection: connectionId(1), from })).toMatchObject({ sent: 1, unanswered: 1 });
  });

  it("leaves a row of what became of it, of its connection alone, and none where that is not known", async () => {
    const { call } = await setup([ORDER]);
    await call("noteRun", { connection: connectionId(1), told: say("replay.all-sent", { n: 3 }) });
    await call("noteRun", { connection: connectionId(9), told: say("replay.all-sent", { n: 4 }) });
    await call("setScope", { filter: "type:report", connection: null, sent: true, received: true, sort: null });
    expect(await call("rowCount", null)).toBe(3);
    const { rows } = await call("rows", { from: 0, to: 5 });
    expect(rows.map(({ kind, connection, preview }) => [kind, connection, preview])).toEqual([["report", 1, "Transcript: All 3 sent."]]);
  });
});
