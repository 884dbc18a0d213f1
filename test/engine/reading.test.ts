import { afterEach, describe, expect, it } from "vitest";
import { say } from "../../src/model/said.ts";
import { frameIndex } from "../../src/model/units.ts";
import { opened, setupEngine, type Message } from "./setup-engine.ts";

let ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends) end();
  ends = [];
});

function setup(options: Parameters<typeof setupEngine>[0] = {}) {
  const engine = setupEngine(options);
  ends.push(engine.end);
  return engine;
}

/** A text that is a value, and one that is none; bytes. Each is longer than what is held of a log's end. */
const LONG: readonly Message[] = [
  { payload: JSON.stringify(Array.from({ length: 120_000 }, (_, n) => ({ n }))) },
  { payload: "line of text\n".repeat(120_000) },
  { payload: Uint8Array.from({ length: 1_500_000 }, (_, i) => (i * 7 + 0x80) % 256), opcode: 2 },
  { payload: "x".repeat(1_500_000) },
];

describe("a message that is read", () => {
  it("opens out of the file as out of memory: as value, text and bytes", async () => {
    const read = async (budget: number) => {
      const { take, until, call } = setup({ budget });
      take(opened(1));
      for (const message of LONG) take([message]);
      const { bytes, bytesInMemory } = await until(({ decoded, frames }) => frames === LONG.length && decoded === LONG.length + 1);
      const [value, text, binary] = [frameIndex(1), frameIndex(2), frameIndex(3)];
      const inspected = [await call("inspect", { frame: binary, columns: 80 }), await call("inspect", { frame: text, columns: 80 }), await call("inspect", { frame: value, columns: 80 })];
      const shown = {
        inspected: inspected.map((one) => [one?.treeLines, one?.textLines, one?.note, one?.bytesHead]),
        tree: await call("treeLines", { frame: value, message: 0, from: 119_000, to: 119_010 }),
        bytes: await call("bytes", { frame: binary, from: 1_400_000, to: 1_400_100 }),
      };
      return { isInMemory: bytesInMemory >= bytes, shown };
    };
    const [onDisk, inMemory] = [await read(0), await read(1 << 28)];
    expect([onDisk.isInMemory, inMemory.isInMemory]).toEqual([false, true]);
    expect(onDisk.shown).toEqual(inMemory.shown);
    expect(onDisk.shown.tree).toHaveLength(10);
  });

  it("shows all that can be read of it before it breaks or ends, and says where that is", async () => {
    const { take, until, call } = setup();
    take([...opened(1), { payload: '{"type":"a","list":[1,2' }, { payload: '{"type":"b","x":tru}' }]);
    await until(({ decoded }) => decoded === 3);
    const at = (problem: ReturnType<typeof say>, offset: number) => say("decode.not-quite-json", { problem: say("decode.at-byte", { problem, offset }) });
    const lines = (one: Awaited<ReturnType<typeof call<"inspect">>>) => one?.treeHead.map(({ key, text }) => `${key ?? ""} ${text}`);
    const cut = await call("inspect", { frame: frameIndex(1), columns: 80 });
    expect(lines(cut)).toEqual([" {2}", 'type "a"', "list Array(1)", "0 1"]);
    expect(cut?.note).toEqual(at(say("decode.json-ends", { close: "]" }), 23));
    const broken = await call("inspect", { frame: frameIndex(2), columns: 80 });
    expect(lines(broken)).toEqual([" {1}", 'type "b"']);
    expect(broken?.note).toEqual(at(say("decode.json-value"), 16));
  });

  it("is shown as it came where it is too long to be decoded, and says so", async () => {
    const { take, call } = setup();
    const most = 64 * 2 ** 20;
    take([...opened(1), { payload: new Uint8Array(most + 1).fill(0x80), opcode: 2 }]);
    expect(await call("inspect", { frame: frameIndex(1), columns: 80 })).toMatchObject({ treeLines: null, textLines: null, note: say("engine.look-too-long", { most }), size: most + 1 });
    expect(await call("bytes", { frame: frameIndex(1), from: most, to: most + 9 })).toEqual(Uint8Array.of(0x80));
  });
});
