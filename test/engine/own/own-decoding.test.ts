import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { MOST_ROWS } from "../../../src/contract/rows.ts";
import type { OwnAnswer, OwnStep, OwnThread } from "../../../src/engine/own/own-thread.ts";
import { connectionId } from "../../../src/model/units.ts";
import { createOwnResponder, type OwnModule } from "../../../src/sandbox/own-responder.ts";
import { connectionRows, opened, setupEngine, type Step } from "../setup-engine.ts";
import { TIMERS } from "../timers.ts";

const DOCS = readFileSync(new URL("../../../docs/own-decoders.md", import.meta.url), "utf8");
/** The example of the page. */
const ACME = /```js acme\.js\n(.+?)```/s.exec(DOCS)?.[1] ?? "";
const HANGS = "hangs";

let end = (): void => {};
afterEach(() => end());

const load = async (source: string): Promise<OwnModule> => (source === HANGS ? await new Promise(() => {}) : ((await import(`data:text/javascript,${encodeURIComponent(source)}`)) as OwnModule));

/** A thread as the sandboxed page has it, on this one. */
function ownThread(): OwnThread {
  const respond = createOwnResponder({ load, now: () => performance.now(), post: (message: OwnAnswer | OwnStep) => thread.onAnswer(structuredClone(message)) });
  let isEnded = false;
  const thread: OwnThread = {
    post: (request, transfer) => {
      const taken = structuredClone(request, { transfer });
      setTimeout(() => isEnded || void respond(taken), 0);
    },
    onAnswer: () => {},
    onFailure: () => {},
    onGone: () => {},
    onReady: () => {},
    isReady: true,
    end: () => void (isEnded = true),
  };
  return thread;
}

function setup(steps: readonly Step[]) {
  let threads = 0;
  const startOwnThread = (): OwnThread => {
    threads++;
    return ownThread();
  };
  // Deadlines come soon.
  const engine = setupEngine({ startOwnThread, later: (callback, milliseconds) => TIMERS.later(callback, milliseconds / 20) });
  end = engine.end;
  engine.take([...opened(1), ...opened(2), ...steps]);
  const rows = async () => (await engine.call("rows", { from: 0, to: MOST_ROWS })).rows.filter(({ kind }) => kind === "message");
  const labels = async () => (await rows()).map(({ label }) => label);
  const choose = (source: string) => engine.call("ownDecoders", [{ name: "acme", source }]).then(() => engine.call("decodeAs", { connection: connectionId(1), decoder: "own:acme" }));
  return { ...engine, rows, labels, choose, threads: () => threads };
}

function acme(kind: number, id: number, text: string): Uint8Array {
  const head = Buffer.alloc(5, kind);
  head.writeUInt32BE(id, 1);
  return Buffer.concat([head, Buffer.from(text)]);
}

const ASKED: Step = { payload: acme(1, 7, '{"command":"buy","topic":"ACME","qty":12345678901234567}'), opcode: 2, direction: "sent" };
const ANSWERED: Step = { payload: acme(2, 7, '{"ok":true,"note":"12 bought"}'), opcode: 2 };

describe("a decoder of the user's own", () => {
  it("reads, as the page on it says, labels, pairs, topics and values, and no other connection", async () => {
    const { call, choose, labels, rows, until } = setup([ASKED, ANSWERED, { payload: acme(4, 0, ""), opcode: 2 }, { payload: "hello" }, { payload: '{"type":"tick"}', connection: 2 }]);
    await choose(ACME);
    await expect.poll(labels).toEqual(["buy", "buy done", "ping", "text", "tick"]);
    const [asked, answered] = await rows();
    expect([asked, answered]).toMatchObject([{ pair: { role: "request", latency: 1000 } }, { pair: { role: "answer" } }]);
    const index = asked?.index as never;
    expect(await call("inspect", { frame: index, columns: 80 })).toMatchObject({ layers: [{ name: "acme" }] });
    expect(await call("treeLines", { frame: index, from: 0, to: 9 })).toContainEqual(expect.objectContaining({ key: "command", text: '"buy"' }));
    for (const [filter, count] of [[".ok = true", 1], ["topic:ACME", 1], ["id:7", 2], ["type:ping", 1], ["protocol:own", 3]] as const) {
      await call("setScope", { filter, connection: null, sent: true, received: true, sort: null });
      expect(await until(({ scanned, matches }) => scanned === 1 && matches === count), filter).toMatchObject({ matches: count });
    }
    expect((await connectionRows(call)).map(({ decodedAs, speaks }) => [decodedAs, speaks])).toEqual([["own:acme", "acme"], [undefined, "JSON"]]);
    expect((await call("decoders", null))[0]).toEqual({ id: "own:acme", name: "acme" });
  });

  it("that is opened again reads all anew; one that is removed reads nothing more", async () => {
    const { call, choose, labels } = setup([{ payload: '{"type":"tick"}' }]);
    await choose("export const decode = () => ({ label: 'one' })");
    await expect.poll(labels).toEqual(["one"]);
    await call("ownDecoders", [{ name: "acme", source: "export default { decode: (text) => ({ label: `two ${text.length}`, value: 1n }) }" }]);
    await expect.poll(labels).toEqual(["two 15"]);
    await call("ownDecoders", []);
    await expect.poll(labels).toEqual(["tick"]);
  });

  it("that throws, cannot be loaded or answers what it may not is told at each message, and nothing else breaks", async () => {
    const { call, choose, labels, rows, until, threads } = setup([{ payload: "a" }, { payload: '{"type":"tick"}', connection: 2 }]);
    for (const [source, problem] of [
      ["export const decode = () => { throw new TypeError('no such field') }", /TypeError: no such field/],
      ["export const decode = async () => ({})", /promise/],
      ["export const nothing = 1", /no function/],
      ["this is no JavaScript", /SyntaxError/],
      ["export const decode = () => ({ value: 'x'.repeat(2 ** 21) })", /1 MiB/],
    ] as const) {
      await choose(source);
      await expect.poll(labels).toEqual(["acme failed", "tick"]);
      const row = (await rows())[0];
      await expect.poll(async () => JSON.stringify(await call("inspect", { frame: row?.index as never, columns: 80 }))).toMatch(problem);
    }
    for (const [source, label] of [["export const decode = () => 7", "text"], ["export const decode = () => ({ label: {}, kind: 7, id: [] })", "acme"], ["export const decode = () => ({ label: 'x'.repeat(9999) })", `${"x".repeat(63)}…`]] as const) {
      await choose(source);
      await expect.poll(labels).toEqual([label, "tick"]);
    }
    expect([threads(), (await until(() => true)).stoppedDecoders]).toEqual([1, []]);
  });

  it("that hangs is ended, and after three messages set aside for its connection by its name; others go on", async () => {
    const { choose, labels, take, until, threads } = setup([{ payload: "a" }, { payload: '{"type":"tick"}', connection: 2 }]);
    await choose(HANGS);
    const stopped = await until(({ stoppedDecoders }) => stoppedDecoders.length > 0);
    expect(stopped.stoppedDecoders).toMatchObject([{ decoder: "acme", url: "ws://feed.test/1", messages: 1, isAside: false }]);
    take([{ payload: "b" }, { payload: "c" }, { payload: "d" }, { payload: '{"type":"tock"}', connection: 2 }]);
    expect(await until(({ stoppedDecoders, decoded, frames }) => stoppedDecoders[0]?.isAside === true && decoded > frames)).toMatchObject({ stoppedDecoders: [{ decoder: "acme", messages: 3 }] });
    await expect.poll(labels).toEqual(["text", "tick", "text", "text", "text", "tock"]);
    const before = threads();
    take([{ payload: "e" }]);
    await until(({ decoded, frames }) => frames === 7 && decoded > frames);
    expect(threads()).toBe(before);
    // It is no bug of Framescope's.
    expect((await until(() => true)).faults).toEqual([]);
  });

  it("is not given what is over 1 MiB, and that is said", async () => {
    const { choose, labels } = setup([{ payload: "a" }, { payload: "b".repeat(2 ** 20 + 1) }]);
    await choose("export const decode = (text) => ({ label: `${text.length}` })");
    await expect.poll(labels).toEqual(["1", "acme"]);
  });
});
