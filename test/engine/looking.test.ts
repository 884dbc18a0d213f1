import { encode } from "@msgpack/msgpack";
import { afterEach, describe, expect, it } from "vitest";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import { createLookResponder, type LookAnswer, type LookRequest, type LookStep } from "../../src/engine/look-thread.ts";
import type { LookThread } from "../../src/engine/looker.ts";
import { say } from "../../src/model/said.ts";
import { connectionId, frameIndex } from "../../src/model/units.ts";
import { startNodeThread } from "../../src/node/node-thread.ts";
import { lookThread, opened, setupEngine, type Step } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

const packed = (type: string, more: object = {}, connection = 1): Step => ({ connection, opcode: 2, payload: encode({ type, ...more }) });
const NOTE = say("engine.look-stopped", { decoder: "MessagePack" });

/** An engine whose look threads end without a word at messages that hold `bad`. */
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

  it("hears of a clear meanwhile as of a frame that is gone", async () => {
    const { call, whenDecoded } = setup([packed("a")]);
    await whenDecoded();
    const looking = call("inspect", { frame: frameIndex(2), columns: 80 });
    await call("clear", null);
    expect(await looking).toBeNull();
    expect(await call("treeLines", { frame: frameIndex(2), from: 0, to: 5 })).toEqual([]);
  });
});

describe("a decoder that hangs at what is looked at, on a real thread", () => {
  it("is stopped within its time; the frame is shown as it was received, and the next is laid open", { timeout: 120_000 }, async () => {
    const engine = setupEngine({ startLookThread: () => startNodeThread<LookRequest, LookAnswer | LookStep>(new URL("./hostile-look-thread-main.ts", import.meta.url), { memory: 256 }) });
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
