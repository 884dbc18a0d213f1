import { expect, test } from "vitest";
import { readAhead } from "../../../src/panel/state/read-ahead.ts";
import type { StorageArea } from "../../../src/panel/state/kept-store.ts";

type Listener = Parameters<StorageArea["onChanged"]["addListener"]>[0];

/** Storage that notes what it was asked for, and that others write. */
function setup() {
  const stored = new Map<string, unknown>([["look", 1], ["sizes", 2]]);
  const asked: string[] = [];
  const listeners = new Set<Listener>();
  let isBroken = false;
  const area: StorageArea = {
    get: (key) => {
      asked.push(key);
      return isBroken ? Promise.reject(new Error("The storage is not there.")) : Promise.resolve({ [key]: stored.get(key) });
    },
    set: (items) => {
      for (const [key, value] of Object.entries(items)) stored.set(key, value);
      return Promise.resolve();
    },
    onChanged: { addListener: (listener) => listeners.add(listener), removeListener: (listener) => listeners.delete(listener) },
  };
  const otherWrites = (key: string, newValue: unknown): void => {
    stored.set(key, newValue);
    for (const listener of listeners) listener({ [key]: { newValue } });
  };
  return { area, asked, otherWrites, breakDown: (broken: boolean) => (isBroken = broken) };
}

test("what was read ahead is asked for once, anything else when it is needed", async () => {
  const { area, asked } = setup();
  const ahead = readAhead(area, ["look"]);
  expect(asked).toEqual(["look"]);
  expect(await ahead.get("look")).toEqual({ look: 1 });
  expect(await ahead.get("sizes")).toEqual({ sizes: 2 });
  expect(asked).toEqual(["look", "sizes"]);
});

test("a value that was changed since, by this page or by another, is read as it is now", async () => {
  const { area, otherWrites } = setup();
  const ahead = readAhead(area, ["look", "sizes"]);
  otherWrites("look", 3);
  await ahead.set({ sizes: 4 });
  expect(await ahead.get("look")).toEqual({ look: 3 });
  expect(await ahead.get("sizes")).toEqual({ sizes: 4 });
});

test("a value that could not be read ahead is read when it is needed", async () => {
  const { area, breakDown } = setup();
  breakDown(true);
  const ahead = readAhead(area, ["look"]);
  await Promise.resolve();
  breakDown(false);
  expect(await ahead.get("look")).toEqual({ look: 1 });
});
