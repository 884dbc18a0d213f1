import { afterEach, expect, it } from "vitest";
import { connectionId, monotonicSeconds } from "../../../src/model/units.ts";
import { opened, setupEngine } from "../setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

it("two connections of a capture are told side by side: how they began and ended, and what changed in messages of a type", async () => {
  const { take, call, until, end: ends } = setupEngine();
  end = ends;
  const [target, created, request, response] = opened(2, "ws://feed.test/a");
  take([
    ...opened(1, "ws://feed.test/a"),
    { payload: '{"op":"subscribe","depth":20}', direction: "sent" },
    { payload: '{"op":"tick","px":1}' },
    { payload: '{"op":"tick","px":2}' },
    { type: "closed", connection: connectionId(1), time: monotonicSeconds(1006) },
    ...([target, created, request, { ...response, headers: [{ name: "Server", value: "b" }] }] as ReturnType<typeof opened>),
    { payload: '{"op":"subscribe","depth":5}', direction: "sent", connection: 2 },
    { payload: '{"op":"tick","px":1}', connection: 2 },
    { payload: '{"op":"error"}', connection: 2 },
  ]);
  await until(({ decoded }) => decoded >= 9);
  const compared = await call("compareConnections", { before: connectionId(1), after: connectionId(2) });
  expect(compared).toMatchObject({ before: 1, after: 2, same: 1, changed: 1, onlyBefore: 1, onlyAfter: 1, paths: [{ path: ".depth", messages: 1 }] });
  expect(compared?.facts.map(({ about, name }) => `${about} ${name}`.trim())).toEqual(["response header Server", "ending"]);
  expect(compared?.differences.map(({ label, before, after, values }) => [label, before?.frame ?? null, after?.frame ?? null, values])).toEqual([
    ["subscribe", 1, 6, [{ path: ".depth", before: "20", after: "5" }]],
    ["error", null, 8, []],
    ["tick", 3, null, []],
  ]);
  expect(await call("compareConnections", { before: connectionId(1), after: connectionId(9) })).toBeNull();
});
