import { afterEach, expect, it } from "vitest";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import type { Tell } from "../../src/model/said.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { en, zh } from "../words/speakers.ts";
import { opened, setupEngine } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

it("rows and the frame that is looked at are told anew when the language changes, and found by its words", async () => {
  let tell: Tell = en.tell;
  const engine = setupEngine({ tell: (told) => tell(told) });
  end = engine.end;
  const { take, call, until, pushes } = engine;
  const attachment = { opcode: 2, payload: Uint8Array.of(1, 2, 3, 4, 5) };
  take([...opened(1, "ws://feed.test/socket.io/?EIO=4"), { payload: '451-["up",{"_placeholder":true,"num":0}]' }, attachment, { type: "closed", connection: connectionId(1), time: monotonicSeconds(1010) }]);
  await until(({ decoded }) => decoded === 4);
  const previews = async () => (await call("rows", { from: 0, to: MOST_ROWS })).rows.map(({ preview }) => preview);
  const before = await previews();
  expect(before[2]).toBe("attachment 1 of 1 of up, 5 B");
  const inspected = await call("inspect", { frame: frameIndex(3), columns: 80 });
  const lines = async () => (await call("textLines", { frame: frameIndex(3), form: "sent", columns: 80, from: 0, to: 10 })).map(({ text }) => text);
  expect((await lines()).join("")).toBe(before[3]);

  const { shown, inspected: revision } = pushes.at(-1) ?? { shown: 0, inspected: 0 };
  tell = zh.tell;
  engine.engine.languageChanged();
  await until((changed) => changed.shown > shown && changed.inspected > revision);
  const after = await previews();
  expect(after[2]).toBe("up 的附件 1 / 1，5 B");
  expect(after[3]).not.toBe(before[3]);
  expect((await lines()).join("")).toBe(after[3]);
  expect(inspected).not.toBeNull();
  // The message itself is as it was.
  expect(after[1]).toBe(before[1]);
});
