import { encode } from "@msgpack/msgpack";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import { createLookResponder, type LookAnswer, type LookQuestion, type LookRequest, type LookStep } from "../../src/engine/look-thread.ts";
import type { LookedFrame } from "../../src/engine/look.ts";
import { Looker, QuestionBroke, type LookThread } from "../../src/engine/looker.ts";
import { countFaults, Faults } from "../../src/model/faults.ts";
import { say } from "../../src/model/said.ts";
import { connectionId, frameIndex } from "../../src/model/units.ts";
import { startNodeThread } from "../../src/node/node-thread.ts";
import { en } from "../words/speakers.ts";
import { useBuiltThread } from "./built-thread.ts";
import { lookThread, opened, setupEngine, type Step } from "./setup-engine.ts";
import { TIMERS } from "./timers.ts";

let end = (): void => {};
afterEach(() => end());

const packed = (type: string, more: object = {}, connection = 1): Step => ({ connection, opcode: 2, payload: encode({ type, ...more }) });
const ENDLESS = en.tell(say("engine.question-broke"));
const NOTE = say("engine.look-stopped", { decoder: "MessagePack" });

/** An engine whose look threads end without a word at messages that hold `bad`, and where somebody looks for "endless". */
function setup(steps: readonly Step[]) {
  const threads: { readonly asked: LookRequest[] }[] = [];
  const startLookThread = (): LookThread => {
    const thread = lookThread();
    const respond = createLookResponder((step) => thread.onAnswer(step));
    const asked: LookRequest[] = [];
    threads.push({ asked });
    let isGone = false;
    thread.post = (request, transfer) => {
      const taken = structuredClone(request, { transfer });
      asked.push(taken);
      setTimeout(() => {
        if (isGone) return;
        const bad = messagesOf(taken).findIndex((bytes) => Buffer.from(bytes).includes("bad"));
        const isEndless = taken.type === "look" && taken.question.name === "findInTree" && taken.question.asked[0] === "endless";
        if (isEndless) {
          isGone = true;
          if (taken.open !== undefined) thread.onAnswer({ reached: 0 });
          return thread.onGone();
        }
        if (bad === -1) return respond(taken, (answer) => thread.onAnswer(answer));
        isGone = true;
        if (taken.type === "sum up" && taken.isCareful) for (let reached = 0; reached <= bad; reached++) thread.onAnswer({ reached });
        thread.onGone();
      }, 0);
    };
    return thread;
  };
  const engine = setupEngine({ startLookThread });
  end = engine.end;
  engine.take([...opened(1), ...opened(2), ...steps]);
  const previews = async () => (await engine.call("rows", { from: 0, to: MOST_ROWS })).rows.filter(({ kind }) => kind === "message").map(({ preview }) => preview);
  const whenDecoded = () => engine.until(({ decoded, frames }) => frames > 0 && decoded > frames);
  return { ...engine, threads, previews, whenDecoded };
}

const messagesOf = (request: LookRequest): readonly Uint8Array[] =>
  (request.type === "sum up" ? request.messages : [request.open?.own, request.open?.whole]).flatMap((message) => message?.frames.map(({ bytes }) => bytes) ?? []);

describe("what a view looks at", () => {
  it("is summed up on a thread, each row once, however often it is drawn", async () => {
    const { previews, whenDecoded, threads, take, until } = setup([packed("a", { n: 1 }), packed("b"), { payload: '{"type":"text"}' }]);
    await whenDecoded();
    expect(await previews()).toEqual(['{"type":"a","n":1}', '{"type":"b"}', '{"type":"text"}']);
    expect(await previews()).toHaveLength(3);
    take([packed("c")]);
    // Two rows are openings.
    await until(({ decoded, frames }) => frames === 4 && decoded === frames + 2);
    expect((await previews()).at(-1)).toBe('{"type":"c"}');
    const asked = threads.flatMap((thread) => thread.asked.map((request) => messagesOf(request).length));
    expect(asked).toEqual([2, 1]);
  });

  it("is decoded anew where its decoder was chosen, and not as it was before", async () => {
    const { previews, whenDecoded, call, until, pushes } = setup([packed("a")]);
    await whenDecoded();
    expect(await previews()).toEqual(['{"type":"a"}']);
    const { shown } = pushes.at(-1) ?? { shown: 0 };
    await call("decodeAs", { connection: connectionId(1), decoder: "socket.io" });
    await until((changed) => changed.shown > shown && changed.decoded > changed.frames);
    expect(await previews()).toEqual(["8 B"]);
  });

  it("costs a row that breaks its decoder its summary: it is drawn as it stands, named, and the others are summed up", async () => {
    const { previews, whenDecoded, until } = setup([packed("a"), packed("bad"), packed("c")]);
    await whenDecoded();
    const first = await previews();
    expect(first).toHaveLength(3);
    const { stoppedDecoders } = await until(({ stoppedDecoders: stopped }) => stopped.length > 0);
    expect(stoppedDecoders).toEqual([{ decoder: "MessagePack", url: "ws://feed.test/1", messages: 1, isAside: false, notLoaded: null }]);
    const [a, bad, c] = await previews();
    expect([a, c]).toEqual(['{"type":"a"}', '{"type":"c"}']);
    expect(bad).toBe(first[1]);
  });

  it("shows a frame as it was received where laying it open breaks the thread, and says so; other frames are laid open", async () => {
    const { call, whenDecoded, until, threads } = setup([packed("bad"), packed("good")]);
    await whenDecoded();
    const bad = await call("inspect", { frame: frameIndex(2), columns: 80 });
    expect(bad).toMatchObject({ label: "bad", layers: [], treeLines: null, note: NOTE });
    const good = await call("inspect", { frame: frameIndex(3), columns: 80 });
    expect(good).toMatchObject({ label: "good", treeLines: 2, note: null });
    expect((await until(({ stoppedDecoders }) => stoppedDecoders.length > 0)).stoppedDecoders).toMatchObject([{ messages: 1, isAside: false }]);
    // It is not tried again.
    const started = threads.length;
    expect(await call("inspect", { frame: frameIndex(2), columns: 80 })).toMatchObject({ note: NOTE });
    expect(threads).toHaveLength(started);
  });

  it("sets the decoder aside for its connection at the third message, in the table too; other connections keep it", async () => {
    const { call, whenDecoded, until, take } = setup([packed("bad", { n: 1 }), packed("bad", { n: 2 }), packed("bad", { n: 3 }), packed("good")]);
    await whenDecoded();
    for (const frame of [2, 3, 4]) await call("inspect", { frame: frameIndex(frame), columns: 80 });
    await until(({ stoppedDecoders }) => stoppedDecoders[0]?.isAside === true);
    take([packed("later"), packed("elsewhere", {}, 2)]);
    await until(({ decoded, frames }) => frames === 6 && decoded > frames);
    const { rows } = await call("rows", { from: 0, to: MOST_ROWS });
    expect(rows.filter(({ kind }) => kind === "message").map(({ label }) => label)).toEqual(["bad", "bad", "bad", "good", "binary", "elsewhere"]);
    // What it read of this connection before is shown as it was received.
    expect(await call("inspect", { frame: frameIndex(5), columns: 80 })).toMatchObject({ note: NOTE });
  });

  it("keeps what was unfolded when the same frame is laid open otherwise, also on another thread", async () => {
    const { call, whenDecoded } = setup([packed("tree", { list: Array.from({ length: 300 }, (_, n) => ({ n })) }), packed("bad")]);
    await whenDecoded();
    const place = { frame: frameIndex(2) };
    const details = await call("inspect", { ...place, columns: 80 });
    const lines = await call("treeLines", { ...place, from: 0, to: 10 });
    const folded = lines.findIndex(({ key }) => key === "list");
    const more = await call("toggleTree", { ...place, line: folded, all: false });
    expect(more).not.toBe(details?.treeLines);
    expect(await call("inspect", { ...place, columns: 80 })).toMatchObject({ treeLines: more, treeRevision: details?.treeRevision });
  });

  it("is blamed for no search that breaks the thread: that is refused, and the message is laid open anew as it was decoded", async () => {
    const { call, whenDecoded, until, pushes } = setup([packed("tree", { list: [1, 2] }), packed("other")]);
    await whenDecoded();
    const place = { frame: frameIndex(2) };
    const search = (text: string) => call("findInTree", { ...place, text, after: null, backwards: false });
    const before = await call("inspect", { ...place, columns: 80 });
    const told = (await until(({ inspected }) => inspected >= 0)).inspected;
    await expect(search("endless")).rejects.toThrow(ENDLESS);
    await until(({ inspected }) => inspected > told);
    const after = await call("inspect", { ...place, columns: 80 });
    expect(after).toEqual({ ...before, treeRevision: (before?.treeRevision ?? 0) + 1 });
    // Neither where the search lays it open itself.
    await call("inspect", { frame: frameIndex(3), columns: 80 });
    await expect(search("endless")).rejects.toThrow(ENDLESS);
    expect(await search("list")).toMatchObject({ found: { count: 1 } });
    expect(await call("inspect", { ...place, columns: 80 })).toMatchObject({ label: "tree", treeLines: before?.treeLines, note: null });
    expect(pushes.at(-1)?.stoppedDecoders).toEqual([]);
  });

  it("hears of a clear meanwhile as of a frame that is gone", async () => {
    const { call, whenDecoded } = setup([packed("a")]);
    await whenDecoded();
    const looking = call("inspect", { frame: frameIndex(2), columns: 80 });
    await call("clear", null);
    expect(await looking).toBeNull();
    expect(await call("treeLines", { frame: frameIndex(2), from: 0, to: 5 })).toEqual([]);
  });
});

describe("a question that takes over 2 s", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A looker whose thread says only what the test says for it. */
  function setUpLooker() {
    const faults = new Faults("recorder");
    const thread = { ...lookThread(), post: () => {} };
    const looker = new Looker({ start: () => thread, timers: TIMERS, faults });
    const open: LookedFrame = { payload: new Uint8Array(0), opcode: 1, message: 0, hasValue: false, own: undefined, whole: undefined, isSame: false };
    return { looker, thread, open, counted: () => countFaults(faults.list) };
  }

  it("is refused and is no bug, but where a view draws with it", async () => {
    const { looker, counted } = setUpLooker();
    const search = expect(looker.ask("findInTree", ["x", null, false], undefined)).rejects.toBeInstanceOf(QuestionBroke);
    await vi.advanceTimersByTimeAsync(2000);
    await search;
    expect([looker.life, counted()]).toEqual([1, 0]);
    const drawn = expect(looker.ask("treeLines", [0, 9], undefined)).rejects.toMatchObject({ isAtFault: true });
    await vi.advanceTimersByTimeAsync(2000);
    await drawn;
    expect([looker.life, counted()]).toEqual([2, 1]);
  });

  it("has its time once the frame is laid open; that this takes too long is the frame's fault", async () => {
    const { looker, thread, open, counted } = setUpLooker();
    const opening = expect(looker.ask("findInTree", ["x", null, false], open)).rejects.toMatchObject({ isAtFault: true });
    await vi.advanceTimersByTimeAsync(2000);
    await opening;
    expect(counted()).toBe(1);
    const search = expect(looker.ask("findInTree", ["x", null, false], open)).rejects.toBeInstanceOf(QuestionBroke);
    await vi.advanceTimersByTimeAsync(1500);
    thread.onAnswer({ reached: 0 });
    await vi.advanceTimersByTimeAsync(1999);
    expect(looker.life).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await search;
    expect([looker.life, counted()]).toEqual([2, 1]);
  });

  it("is told of by the thread once the frame is laid open", () => {
    const { open } = setUpLooker();
    const steps: LookStep[] = [];
    const respond = createLookResponder((step) => steps.push(step));
    const ask = (question: LookQuestion, opens: LookedFrame | undefined): void => respond({ id: 1, type: "look", open: opens, question }, () => {});
    ask({ name: "facts", asked: [80] }, open);
    ask({ name: "findInTree", asked: ["x", null, false] }, undefined);
    expect(steps).toEqual([]);
    ask({ name: "findInTree", asked: ["x", null, false] }, open);
    expect(steps).toEqual([{ reached: 0 }]);
  });
});

describe("a decoder that hangs at what is looked at, on a real thread", () => {
  const script = useBuiltThread("hostile-look-thread-main");

  it("is stopped within its time; the frame is shown as it was received, and the next is laid open", { timeout: 120_000 }, async () => {
    const engine = setupEngine({ startLookThread: () => startNodeThread<LookRequest, LookAnswer | LookStep>(script(), { memory: 256 }) });
    end = engine.end;
    const { take, until, call } = engine;
    take([...opened(1), { payload: '{"type":"never-ends"}' }, { payload: '{"type":"fine"}' }]);
    await until(({ decoded, frames }) => decoded > frames);
    const looking = call("inspect", { frame: frameIndex(1), columns: 80 });
    // The table is read meanwhile.
    expect((await call("rows", { from: 0, to: MOST_ROWS })).rows.map(({ label }) => label)).toEqual(["open", "never-ends", "fine"]);
    expect(await looking).toMatchObject({ layers: [], treeLines: null, textLines: 1, note: say("engine.look-stopped", { decoder: "JSON" }) });
    expect((await until(({ stoppedDecoders }) => stoppedDecoders.length > 0)).stoppedDecoders).toMatchObject([{ decoder: "JSON", messages: 1, isAside: false }]);
    expect(await call("inspect", { frame: frameIndex(2), columns: 80 })).toMatchObject({ treeLines: 2, note: null });
  });
});
