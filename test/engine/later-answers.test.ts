import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import type { InspectedFrame } from "../../src/contract/inspect.ts";
import type { DecodeThread } from "../../src/engine/decode-run.ts";
import { frameIndex } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { batchOf, decodeThread, opened, setupEngine, type Step } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

/** A decode thread that begins when it is let go. */
function heldThread() {
  let letGo = (): void => {};
  const isLetGo = new Promise<void>((resolve) => (letGo = resolve));
  const start = (): DecodeThread => {
    const thread = decodeThread();
    const post = thread.post.bind(thread);
    thread.post = (request, transfer) => void isLetGo.then(() => post(request, transfer));
    return thread;
  };
  return { start, letGo };
}

function setup(steps: readonly Step[], options: Parameters<typeof setupEngine>[0] = {}) {
  const engine = setupEngine(options);
  end = engine.end;
  engine.take(steps);
  const inspect = (frame: number): Promise<InspectedFrame | null> => engine.call("inspect", { frame: frameIndex(frame), columns: 80 });
  /** Once the engine tells that there is more to say of the frame than there was at `before`. */
  const told = (before: number) => engine.until(({ inspected }) => inspected > before).then(({ inspected }) => inspected);
  return { ...engine, inspect, told };
}

/** `{"a":[1,{"b":2}],"c":{}}` as MessagePack. */
const PACKED = Uint8Array.of(0x82, 0xa1, 0x61, 0x92, 0x01, 0x81, 0xa1, 0x62, 0x02, 0xa1, 0x63, 0x80);

describe("a frame that is looked at", () => {
  it("has its label, its layers and its value once it is decoded", async () => {
    const held = heldThread();
    const { inspect, told, call } = setup([...opened(1), { payload: PACKED, opcode: 2 }], { startDecodeThread: held.start });
    const before = await inspect(1);
    expect(before).toMatchObject({ label: "binary", layers: [], treeLines: null });
    const hears = told(0);
    held.letGo();
    await hears;
    const after = await inspect(1);
    expect(after).toMatchObject({ layers: [{ name: "MessagePack" }], treeLines: 6 });
    expect(after?.treeRevision).toBeGreaterThan(before?.treeRevision ?? 0);
    expect((await call("treeLines", { frame: frameIndex(1), from: 0, to: 9 })).map(({ key }) => key)).toEqual([null, "a", "0", "1", "b", "c"]);
  });

  it("keeps folded and unfolded what was, through its decoding", async () => {
    const held = heldThread();
    const { inspect, told, call } = setup([...opened(1), { payload: '{"type":"book","bids":[[1,2],[3,4]],"asks":{"x":{"y":1}}}' }], { startDecodeThread: held.start });
    const lines = async (): Promise<(string | null)[]> => (await call("treeLines", { frame: frameIndex(1), from: 0, to: 50 })).map(({ key }) => key);
    await inspect(1);
    // Folds the bids, and in the asks what stands deepest.
    await call("toggleTree", { frame: frameIndex(1), line: (await lines()).indexOf("bids"), all: false });
    await call("toggleTree", { frame: frameIndex(1), line: (await lines()).indexOf("x"), all: false });
    const folded = await lines();
    expect(folded).toEqual([null, "type", "bids", "asks", "x"]);
    const hears = told(0);
    held.letGo();
    await hears;
    expect(await inspect(1)).toMatchObject({ label: "book", treeLines: folded.length });
    expect(await lines()).toEqual(folded);
  });

  it("has its answer once that comes, and how long answers usually take as more of them come", async () => {
    const request = (id: number): Step => ({ payload: `{"op":"order","id":${id}}`, direction: "sent" });
    const answer = (id: number): Step => ({ payload: `{"op":"ordered","id":${id},"error":null}` });
    const { inspect, told, take, until } = setup([...opened(1), request(1)]);
    await until(({ decoded }) => decoded === 2);
    expect((await inspect(1))?.pair).toMatchObject({ role: "request", other: null, latency: null });
    const heard = told(0);
    take([answer(1)]);
    const first = await heard;
    expect((await inspect(1))?.pair).toMatchObject({ other: { frame: 2, label: "ordered" }, usual: { count: 1 } });
    const later = told(first);
    take([request(2), answer(2)]);
    await later;
    expect((await inspect(1))?.pair).toMatchObject({ other: { frame: 2 }, usual: { count: 2 } });
  });

  it("has the rest of its message once that comes, where the message is spread over several", async () => {
    const { inspect, told, take, until, call } = setup([...opened(1, "ws://feed.test/?EIO=4"), { payload: '452-["up",{"name":"x","parts":[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]}]' }]);
    const texts = async (): Promise<string> => (await call("treeLines", { frame: frameIndex(1), from: 0, to: 50 })).map(({ text }) => text).join(" ");
    await until(({ decoded }) => decoded === 2);
    await inspect(1);
    expect(await texts()).toContain("true");
    take([{ payload: Uint8Array.of(1, 2, 3), opcode: 2 }]);
    const { inspected } = await until(({ decoded }) => decoded === 3);
    const later = told(inspected);
    take([{ payload: Uint8Array.of(4, 5), opcode: 2 }]);
    await later;
    expect(await inspect(1)).toMatchObject({ label: "up", layers: [{ name: "Engine.IO" }, { name: "Socket.IO" }, { name: "JSON" }] });
    expect(await texts()).not.toContain("true");
    expect(await texts()).toContain("BAU=");
  });

  it("of which nothing new is known is not asked for again", async () => {
    const { inspect, take, until, pushes } = setup([...opened(1), { payload: '{"op":"a"}' }]);
    await until(({ decoded }) => decoded === 2);
    await inspect(1);
    const before = pushes.at(-1)?.inspected;
    take([{ payload: '{"op":"b"}' }]);
    await until(({ decoded }) => decoded === 3);
    expect(pushes.at(-1)?.inspected).toBe(before);
  });

  it("says in the end what it would say to somebody who opens it then, whenever it was opened", async () => {
    const message = fc.constantFrom<Step>(
      { payload: '{"op":"order","id":1}', direction: "sent" },
      { payload: '{"op":"ordered","id":1,"error":null}' },
      { payload: '{"op":"order","id":2}', direction: "sent" },
      { payload: '{"op":"ordered","id":2,"error":null}' },
      { payload: '42["book",{"a":1}]' },
      { payload: '421["ask"]', direction: "sent" },
      { payload: '431["told"]' },
      { payload: '451-["up",{"_placeholder":true,"num":0}]' },
      { payload: Uint8Array.of(1, 2, 3), opcode: 2 },
      { payload: PACKED, opcode: 2 },
      { payload: "plain" },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 8 }), fc.nat(8), fc.nat(7), async (messages, opensAfter, which) => {
        const first = messages.slice(0, 1 + (opensAfter % messages.length));
        const rest = messages.slice(first.length);
        const frame = 1 + (which % first.length);
        const { inspect, take, until, pushes, call, end: endIt } = setup([...opened(1), ...first]);
        let seen = await inspect(frame);
        let revision = pushes.at(-1)?.inspected ?? 0;
        if (rest.length > 0) take(rest);
        await until(({ decoded }) => decoded === 1 + messages.length);
        for (;;) {
          const told = (await until(() => true)).inspected;
          if (told === revision) break;
          revision = told;
          seen = await inspect(frame);
        }
        const treeOf = async (lines: typeof call): Promise<unknown> => await lines("treeLines", { frame: frameIndex(frame), from: 0, to: 200 });
        const followed = await treeOf(call);
        endIt();
        const anew = setup([...opened(1), ...first]);
        if (rest.length > 0) anew.take(rest);
        await anew.until(({ decoded }) => decoded === 1 + messages.length);
        const fresh = await anew.inspect(frame);
        // What is usual is told anew once a second at most.
        const comparable = (details: InspectedFrame | null): unknown => details && { ...details, treeRevision: 0, pair: details.pair && { ...details.pair, usual: null } };
        expect(comparable(seen)).toEqual(comparable(fresh));
        expect(followed).toEqual(await treeOf(anew.call));
        anew.end();
      }),
      { numRuns: 20 },
    );
  });
});

describe("finding", () => {
  const TICKS: Step[] = [...opened(1), { payload: '{"op":"tick"}' }, { payload: '{"op":"book"}' }, { payload: '{"op":"tick"}' }];

  it("waits for rows that are not decoded yet, and says that there is none only once all are", async () => {
    const held = heldThread();
    const { call } = setup(TICKS, { startDecodeThread: held.start });
    const answers: unknown[] = [];
    const found = call("find", { filter: "type:book", from: null, backwards: false }).then((answer) => (answers.push(answer), answer));
    // What asks for nothing of decoding is answered meanwhile, and ends no other's search; a newer search does.
    expect((await call("rows", { from: 0, to: 9 })).rows).toHaveLength(4);
    expect(answers).toEqual([]);
    held.letGo();
    expect(await found).toEqual({ place: 2, frame: 2 });
    expect(await call("find", { filter: "type:book", from: 4, backwards: true })).toEqual({ place: 2, frame: 2 });
    expect(await call("find", { filter: "type:other", from: null, backwards: false })).toBeNull();
  });

  it("is ended by a newer search", async () => {
    const held = heldThread();
    const { call } = setup(TICKS, { startDecodeThread: held.start });
    const old = call("find", { filter: "type:book", from: null, backwards: false });
    const next = call("find", { filter: "type:tick", from: 1, backwards: false });
    expect(await old).toBeNull();
    held.letGo();
    expect(await next).toEqual({ place: 3, frame: 3 });
  });

  it("finds what a capture that is still being read has at its end, both ways", async () => {
    const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
    const log = new CaptureLog(files, 1 << 20);
    for (let save = 0; save < 300; save++) {
      log.take(batchOf([...(save === 0 ? opened(1) : []), { payload: save === 298 ? '{"op":"needle"}' : '{"op":"hay"}' }]), save);
      log.save(save);
    }
    for (const [filter, from, backwards, frame] of [["needle", null, false, 299], ["type:needle", null, false, 299], ["hay", null, true, 300], ["type:none", null, false, null]] as const) {
      const { call, end: endIt } = setup([], { log: { kept: files } });
      // Asked before the first block is read.
      expect((await call("find", { filter, from, backwards }))?.frame ?? null).toBe(frame);
      endIt();
    }
  });

  it("waits for rows that the view’s own filter has not come to", async () => {
    const held = heldThread();
    const { call } = setup(TICKS, { startDecodeThread: held.start });
    await call("setScope", { filter: "type:tick", connection: null, sent: true, received: true, sort: null });
    const found = call("find", { filter: "tick", from: 0, backwards: false });
    held.letGo();
    expect(await found).toEqual({ place: 1, frame: 3 });
  });
});
