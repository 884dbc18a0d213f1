import { afterEach, expect, it } from "vitest";
import { readStorage } from "../../src/agent/read-storage.ts";

const page = globalThis as Record<string, unknown>;
const storageOf = (entries: Readonly<Record<string, string>>) => ({ length: Object.keys(entries).length, key: (i: number) => Object.keys(entries)[i] ?? null, getItem: (name: string) => entries[name] ?? null });
const had = Object.getOwnPropertyDescriptors(page);
afterEach(() => {
  for (const name of ["localStorage", "sessionStorage"]) {
    delete page[name];
    if (had[name] !== undefined) Object.defineProperty(page, name, had[name]);
  }
});

const give = (name: string, get: () => unknown): unknown => Object.defineProperty(page, name, { get, configurable: true });

it("tells what the storages hold, and passes over what is too long", () => {
  give("localStorage", () => storageOf({ theme: "dark", huge: "x".repeat(1000), auth: "k7Yw3pQz" }));
  give("sessionStorage", () => storageOf({ tab: "1" }));
  expect(readStorage(100)).toEqual([
    { in: "localStorage", name: "theme", value: "dark" },
    { in: "localStorage", name: "auth", value: "k7Yw3pQz" },
    { in: "sessionStorage", name: "tab", value: "1" },
  ]);
});

it("tells nothing of a storage that the document may not use", () => {
  give("localStorage", () => {
    throw new Error("SecurityError");
  });
  give("sessionStorage", () => storageOf({ tab: "1" }));
  expect(readStorage(100)).toEqual([{ in: "sessionStorage", name: "tab", value: "1" }]);
});
