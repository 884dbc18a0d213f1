import { expect, it } from "vitest";
import { observerNamesIn } from "../../../src/capture/attach/observer-names.ts";

it("the names of the observer are the same for all pages of the extension, and others in the next browser", async () => {
  let stored: Record<string, unknown> = {};
  let turn: Promise<unknown> = Promise.resolve();
  let drawn = 0;
  const names = () =>
    observerNamesIn(
      { get: (key) => Promise.resolve({ [key]: stored[key] }), set: (items) => Promise.resolve(void Object.assign(stored, items)) },
      (act) => {
        const done = turn.then(act);
        turn = done;
        return done;
      },
      () => `name${++drawn}`,
    );
  const [first, second] = await Promise.all([names(), names()]);
  expect(second).toEqual(first);
  expect(new Set(Object.values(first)).size).toBe(3);
  stored = { "closing observer": { binding: 5 } };
  expect(await names()).not.toEqual(first);
});
