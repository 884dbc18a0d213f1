import { encode } from "@msgpack/msgpack";
import { afterEach, describe, expect, it } from "vitest";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import type { PairPaths } from "../../src/model/pair-paths.ts";
import { connectionId } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { connectionRows, opened, setupEngine, type Step } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

const PATHS: PairPaths = { asks: "sent", request: ".meta.nonce", answer: ".about" };
const asks = (nonce: unknown): Step => ({ payload: JSON.stringify({ do: "buy", meta: { nonce } }), direction: "sent" });
const says = (about: unknown): Step => ({ payload: JSON.stringify({ done: true, about }) });

function setup(steps: readonly Step[], files = { payloads: new MemoryFile(), journal: new MemoryFile() }, log: Parameters<typeof setupEngine>[0] = { log: files }) {
  const engine = setupEngine(log);
  end = engine.end;
  if (steps.length > 0) engine.take([...opened(1, "ws://shop.test/live?token=a"), ...steps]);
  /** Of each message its part in a pair, and the seconds between: messages come one a second. */
  const pairs = async (filter = "") => {
    await engine.call("setScope", { filter, connection: null, sent: true, received: true, sort: null });
    await engine.until(({ decoded, frames, scanned }) => decoded >= frames && scanned === 1);
    const { rows } = await engine.call("rows", { from: 0, to: MOST_ROWS });
    return rows.filter(({ kind }) => kind === "message").map(({ pair }) => (pair === null ? "" : `${pair.role} ${pair.latency === null ? "waits" : pair.latency / 1000}`));
  };
  const pairBy = (paths: PairPaths | null) => engine.call("pairBy", { connection: connectionId(1), pairs: paths });
  return { ...engine, files, pairs, pairBy };
}

describe("pairs by the two paths that the user named", () => {
  it("are of each request with the first answer that has the same, until the user takes them away; filters find them", async () => {
    const { pairs, pairBy, call } = setup([asks("a"), asks("b"), says("b"), says("none"), says("a"), says("a"), asks("c")]);
    const before = ["", "", "", "", "", "", ""];
    await expect.poll(() => pairs()).toEqual(before);
    await pairBy(PATHS);
    const all = ["request 4", "request 1", "answer 1", "", "answer 4", "", "request waits"];
    await expect.poll(() => pairs()).toEqual(all);
    expect(await pairs("latency:>2s")).toEqual(["request 4", "answer 4"]);
    expect(await pairs("id:b")).toEqual(["request 1", "answer 1"]);
    expect((await connectionRows(call)).map(({ pairs: paths }) => paths)).toEqual([PATHS]);
    await pairBy(null);
    await expect.poll(() => pairs()).toEqual(before);
  });

  it("take 7, 7.0 and “7” for one, an answer in another encoding and in a frame of several, and leave what their decoder pairs", async () => {
    const { pairs, pairBy } = setup([
      asks(7),
      { payload: Uint8Array.from(encode({ about: "7" })), opcode: 2 },
      { payload: '{"do":"sell","meta":{"nonce":8.0}}', direction: "sent" },
      asks(9),
      { payload: '{"about":8}\u001e{"about":9}\u001e' },
      { payload: '{"jsonrpc":"2.0","method":"sum","id":1}', direction: "sent" },
      { payload: '{"jsonrpc":"2.0","result":3,"id":1}' },
      asks({ a: 1 }),
      asks("x".repeat(300)),
    ]);
    await pairBy(PATHS);
    await expect.poll(() => pairs()).toEqual(["request 1", "answer 1", "request 2", "request 1", "answer 2", "request 1", "answer 1", "", ""]);
  });

  it("are of requests that the server sends, where the user says so, and of one path that both have", async () => {
    const { pairs, pairBy } = setup([{ payload: '{"nonce":1}' }, { payload: '{"nonce":1}', direction: "sent" }, { payload: '{"nonce":2}', direction: "sent" }]);
    await pairBy({ asks: "received", request: ".nonce", answer: ".nonce" });
    await expect.poll(() => pairs()).toEqual(["request 1", "answer 1", ""]);
  });

  it("are kept with the capture, stay with a chosen decoder, and are those of later connections to the same address", async () => {
    const { take, pairs, pairBy, call, engine, files } = setup([asks("a"), says("a")]);
    await pairBy(PATHS);
    await call("decodeAs", { connection: connectionId(1), decoder: "json" });
    await call("readBySchema", { connection: connectionId(1), choice: null });
    take([...opened(2, "ws://shop.test/live?token=b"), { ...asks("a"), connection: 2 }, { ...says("a"), connection: 2 }] as Step[]);
    await expect.poll(() => pairs()).toEqual(["request 1", "answer 1", "request 1", "answer 1"]);
    engine.end();
    const { choices } = recoverCapture(files.journal, files.payloads, 1 << 20);
    expect([1, 2].map((id) => choices.of(id).pairs)).toEqual([PATHS, PATHS]);
    const kept = setup([], files, { log: { kept: files } });
    await kept.until(({ storage, decoded, rows }) => storage.state === "kept" && storage.read === 1 && rows > 0 && decoded === rows);
    await expect.poll(() => kept.pairs()).toEqual(["request 1", "answer 1", "request 1", "answer 1"]);
  });

  it("are refused where a path is none, with what is wrong", async () => {
    const { pairBy, call } = setup([asks("a")]);
    await expect(pairBy({ ...PATHS, answer: ".a[" })).rejects.toThrow(/\[/);
    await expect(pairBy({ ...PATHS, request: "" })).rejects.toThrow();
    expect((await connectionRows(call)).map(({ pairs: paths }) => paths)).toEqual([undefined]);
  });

  it("are remembered by what a view knows of before", async () => {
    const { take, pairs, call } = setup([]);
    await call("rememberDecoders", [{ url: "ws://shop.test/*", decoder: null, pairs: PATHS }]);
    take([...opened(1, "ws://shop.test/live"), asks("a"), says("a")]);
    await expect.poll(() => pairs()).toEqual(["request 1", "answer 1"]);
  });
});
