import { afterEach, expect, it, vi } from "vitest";
import { countFaults, Faults } from "../../src/model/faults.ts";
import { frameIndex } from "../../src/model/units.ts";
import { opened, setupEngine } from "./setup-engine.ts";

// As where the extension was updated while its engine runs: its files have other names.
vi.mock("../../src/format/snippets/secrets.ts", () => {
  throw new TypeError("Failed to fetch dynamically imported module");
});

let end = (): void => {};
afterEach(() => end());

it("a text that was sent is laid open where what knows secrets cannot be loaded, and that is counted", async () => {
  const faults = new Faults("recorder");
  const engine = setupEngine({ faults });
  end = engine.end;
  engine.take([...opened(1), { direction: "sent", payload: '{"op":"login","password":"correct horse"}' }]);
  await engine.until(({ decoded }) => decoded === 2);
  const place = { frame: frameIndex(1), columns: 80 };
  expect(await engine.call("inspect", place)).toMatchObject({ treeLines: 3, sendsSecret: false });
  expect(countFaults(faults.list)).toBe(1);
  expect(await engine.call("inspect", place)).toMatchObject({ sendsSecret: false });
});
