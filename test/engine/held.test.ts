import { afterEach, expect, it } from "vitest";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { opened, setupEngine } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

it("a search in a view that is held still ends with its last row, however many rows have come since", async () => {
  const { take, call, until, end: close } = setupEngine();
  end = close;
  take([...opened(1), { payload: '{"type":"a"}' }, { payload: '{"type":"b"}' }]);
  await until(({ decoded, rows }) => rows === 3 && decoded === 3);
  await call("hold", { isHeld: true });
  take([{ type: "closed", connection: connectionId(1), time: monotonicSeconds(1010) }]);
  await until(({ decoded }) => decoded === 4);
  for (const filter of ["nothing holds this", "type:none"]) {
    for (const backwards of [false, true]) expect(await call("find", { filter, from: null, backwards })).toBeNull();
  }
  expect(await call("find", { filter: "type:b", from: null, backwards: true })).toMatchObject({ place: 2 });
});
