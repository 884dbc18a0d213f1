import { expect, test } from "vitest";
import { KeptStore, type StorageArea } from "../../../src/panel/state/kept-store.ts";
import { settle } from "./answering-engine.ts";

type Listener = Parameters<StorageArea["onChanged"]["addListener"]>[0];

/** Storage that several pages share. */
function setup() {
  const kept = new Map<string, unknown>();
  const listeners = new Set<Listener>();
  const area: StorageArea = {
    get: (key) => Promise.resolve({ [key]: kept.get(key) }),
    set: (items) => {
      for (const [key, newValue] of Object.entries(items)) {
        kept.set(key, newValue);
        for (const changed of listeners) changed({ [key]: { newValue } });
      }
      return Promise.resolve();
    },
    onChanged: { addListener: (listener) => listeners.add(listener), removeListener: (listener) => listeners.delete(listener) },
  };
  const read = (stored: unknown): { readonly size: number } => {
    const { size } = (stored ?? {}) as { size?: unknown };
    return { size: typeof size === "number" ? size : 1 };
  };
  return { kept, listeners, page: () => new KeptStore(area, "look", read) };
}

test("a value is there again when the panel is opened again", async () => {
  const { page } = setup();
  const first = page();
  await first.begin();
  expect(first.store.getState()).toEqual({ size: 1 });
  first.change({ size: 7 });
  await settle();
  const second = page();
  await second.begin();
  expect(second.store.getState()).toEqual({ size: 7 });
});

test("all pages have the same value, and a page that ended listens no longer", async () => {
  const { page, listeners } = setup();
  const [a, b] = [page(), page()];
  await Promise.all([a.begin(), b.begin()]);
  a.change({ size: 3 });
  expect(b.store.getState()).toEqual({ size: 3 });
  a.end();
  b.end();
  expect(listeners.size).toBe(0);
});

test("what is not valid in storage is its default", async () => {
  const { kept, page } = setup();
  kept.set("look", { size: "large" });
  const store = page();
  await store.begin();
  expect(store.store.getState()).toEqual({ size: 1 });
});
