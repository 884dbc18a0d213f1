import { expect, it } from "vitest";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { hintOf } from "../../../src/panel/welcome/hint-store.ts";
import { memoryArea } from "../state/memory-area.ts";

it("the hint is due until it was closed once, and then in no session again", async () => {
  const area = memoryArea();
  const hint = async () => {
    const one = hintOf({ area } as unknown as PanelSession);
    await new Promise((next) => setTimeout(next));
    return one;
  };
  const first = await hint();
  expect(first.store.getState().isDue).toBe(true);
  expect((await hint()).store.getState().isDue).toBe(true);
  first.close();
  expect(first.store.getState().isDue).toBe(false);
  expect((await hint()).store.getState().isDue).toBe(false);
});
