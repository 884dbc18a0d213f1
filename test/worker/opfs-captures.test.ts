import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { opfsCaptures } from "../../src/worker/opfs-captures.ts";

const ID = "2026-11-20T14-00-00-000Z-00000000";

const refusal = (name: string): DOMException => new DOMException("An attempt was made to modify an object that is locked.", name);

/** The browser's storage with one capture in it, as far as a test says what it answers. */
function setStorage(capture: { readonly removeEntry?: () => Promise<void>; readonly getFileHandle?: (name: string) => Promise<unknown> }): void {
  const captures = { removeEntry: capture.removeEntry, getDirectoryHandle: () => Promise.resolve(capture) };
  vi.stubGlobal("navigator", { storage: { getDirectory: () => Promise.resolve({ getDirectoryHandle: () => Promise.resolve(captures) }) } });
}

describe("the captures on this disk", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout"] }));
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("are deleted once whoever reads them is done", async () => {
    let tries = 0;
    setStorage({ removeEntry: () => (++tries < 4 ? Promise.reject(refusal("NoModificationAllowedError")) : Promise.resolve()) });
    const removed = opfsCaptures.remove(ID);
    await vi.advanceTimersByTimeAsync(2000);
    await removed;
    expect(tries).toBe(4);
  });

  it("are refused with what to do where somebody goes on reading them", async () => {
    setStorage({ removeEntry: () => Promise.reject(refusal("NoModificationAllowedError")) });
    const refused = expect(opfsCaptures.remove(ID)).rejects.toThrow("engine.read-elsewhere");
    await vi.advanceTimersByTimeAsync(2000);
    await refused;
  });

  it("are deleted where another window was faster, and a refusal of another kind is told at once", async () => {
    setStorage({ removeEntry: () => Promise.reject(refusal("NotFoundError")) });
    await opfsCaptures.remove(ID);
    setStorage({ removeEntry: () => Promise.reject(refusal("InvalidStateError")) });
    await expect(opfsCaptures.remove(ID)).rejects.toThrow(/locked/);
  });

  it("leave no file open where one of them cannot be opened", async () => {
    let open = 0;
    const journal = { createSyncAccessHandle: () => (open++, Promise.resolve({ getSize: () => 0, close: () => open-- })) };
    const payloads = { createSyncAccessHandle: () => Promise.reject(refusal("NoModificationAllowedError")) };
    setStorage({ getFileHandle: (name) => Promise.resolve(name === "journal" ? journal : payloads) });
    await expect(opfsCaptures.openFiles(ID)).rejects.toThrow();
    expect(open).toBe(0);
  });
});
