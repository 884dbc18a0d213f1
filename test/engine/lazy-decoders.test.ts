import { afterEach, describe, expect, it } from "vitest";
import { encode } from "@msgpack/msgpack";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import type { Decoder } from "../../src/decode/decoder.ts";
import { messagePack } from "../../src/decode/decoders/message-pack.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import { frameIndex } from "../../src/model/units.ts";
import { Faults } from "../../src/model/faults.ts";
import { decodeThread, opened, setupEngine, type Step } from "./setup-engine.ts";

/** MessagePack's decoder as one whose library comes lazily, for all threads: here they are one. */
function lazyMessagePack() {
  const { open, load } = messagePack;
  let isThere = false;
  let come = (): void => {};
  const came = new Promise<void>((resolve) => (come = resolve));
  const lazy: Pick<Decoder, "load" | "open"> = {
    load: async () => {
      await came;
      await load();
    },
    open: (context) => {
      if (!isThere) throw new Error("opened before it was loaded");
      return open(context);
    },
  };
  Object.assign(messagePack, lazy);
  return {
    come: () => {
      isThere = true;
      come();
    },
    restore: () => Object.assign(messagePack, { open, load }),
  };
}

let end = (): void => {};
afterEach(() => end());

const packed = (value: object, connection = 1): Step => ({ connection, opcode: 2, payload: encode(value) });
const text = (type: string, connection = 1): Step => ({ connection, payload: JSON.stringify({ type }) });
const everything = { filter: "", connection: null, sent: true, received: true, sort: null };

describe("an engine with a decoder that comes lazily", () => {
  it("stands still at the row that needs it, goes on with the same, and loses none; filters and inspector have it too", async () => {
    const library = lazyMessagePack();
    const engine = setupEngine();
    end = () => {
      engine.end();
      library.restore();
    };
    const { take, until, call, pushes } = engine;
    const rows = async () => (await call("rows", { from: 0, to: MOST_ROWS })).rows.filter(({ kind }) => kind === "message");
    take([...opened(1), ...opened(2), text("first"), packed({ type: "packed", px: 7 }), text("last", 2)]);
    await until(({ frames }) => frames === 3);
    take([packed({ type: "later", px: 9 }, 2)]);
    await until(({ frames }) => frames === 4);
    expect((await rows()).map(({ label }) => label)).toEqual(["text", "binary", "text", "binary"]);
    expect(pushes.at(-1)?.decoded).toBe(0);

    library.come();
    // The openings are rows, too.
    await until(({ decoded }) => decoded === 6);
    expect((await rows()).map(({ label, preview }) => [label, preview])).toEqual([
      ["first", '{"type":"first"}'],
      ["packed", '{"type":"packed","px":7}'],
      ["last", '{"type":"last"}'],
      ["later", '{"type":"later","px":9}'],
    ]);
    expect(pushes.at(-1)?.stoppedDecoders).toEqual([]);
    await call("setScope", { ...everything, filter: ".px > 8" });
    await until(({ scanned, matches }) => scanned === 1 && matches === 1);
    const [later] = await rows();
    const inspected = await call("inspect", { frame: later?.index ?? frameIndex(0), columns: 80 });
    expect(inspected?.layers.map(({ name }) => name)).toEqual(["MessagePack"]);
    expect(inspected?.treeLines).toBe(3);
  });
});

describe("a decoder that cannot be loaded", () => {
  it("is set aside for each connection that needs it, with its reason; the rows come, and others read what they know", async () => {
    const faults = new Faults("recorder");
    const failing = DECODERS.map((decoder: Decoder): Decoder => (decoder.id === "msgpack" ? { ...decoder, load: () => Promise.reject(new Error("no network")) } : decoder));
    const engine = setupEngine({ faults, startDecodeThread: () => decodeThread(failing) });
    end = engine.end;
    engine.take([...opened(1), ...opened(2), text("first"), packed({ type: "packed" }), text("second"), packed({ type: "other" }, 2), packed({ type: "third" })]);
    const { stoppedDecoders, undecoded } = await engine.until(({ frames, decoded, stoppedDecoders: stopped }) => frames === 5 && decoded > frames && stopped.length === 2);
    expect(stoppedDecoders).toEqual([1, 2].map((connection) => ({ decoder: "MessagePack", url: `ws://feed.test/${connection}`, messages: 0, isAside: true, notLoaded: { why: null } })));
    expect(undecoded).toBe(0);
    const { rows } = await engine.call("rows", { from: 0, to: MOST_ROWS });
    expect(rows.filter(({ kind }) => kind === "message").map(({ label }) => label)).toEqual(["first", "binary", "second", "binary", "binary"]);
    // A bug: told once, whichever connections have it.
    expect(faults.list).toMatchObject([{ where: "decode thread", count: 1 }]);
  });
});
