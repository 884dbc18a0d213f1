import { afterEach, expect, it } from "vitest";
import { opened, setupEngine } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

it("pings, pongs and close frames are shown as what they are, whatever a decoder could make of what they carry", async () => {
  const engine = setupEngine();
  end = engine.end;
  // A MessagePack map, which a decoder would take.
  const payload = Uint8Array.of(0x82, 0xa1, 0x61, 1, 0xa1, 0x62, 0xc3);
  engine.take([...opened(1), { payload, opcode: 2 }, { payload, opcode: 9 }, { payload, opcode: 10, direction: "sent" }, { payload, opcode: 8 }, { payload: '{"type":"tick"}' }]);
  await engine.until(({ decoded, rows }) => rows === 6 && decoded === rows);
  const { rows } = await engine.call("rows", { from: 1, to: 6 });
  expect(rows.map(({ label }) => label)).toEqual(["MessagePack", "ping", "pong", "close", "tick"]);
});
