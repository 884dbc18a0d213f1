import { describe, expect, it } from "vitest";
import type { AttachedTarget } from "../../../src/capture/sources/cdp-events.ts";
import { sessionsIn } from "../../../src/capture/attach/known-sessions.ts";
import { settle, setUpCapture, TAB } from "../set-up-capture.ts";

const DEBUGGEE = { tabId: TAB };
const aWorker = (name: string, url = `http://page.test/${name}.js`): AttachedTarget => ({ sessionId: name, targetId: name, type: "worker", url, isNew: false });

/** `chrome.storage.session`, which may refuse to write. */
function setup(refusal?: string) {
  const stored = new Map<string, unknown>();
  const warnings: string[] = [];
  const sessions = sessionsIn(
    {
      get: async (key) => (stored.has(key) ? { [key]: stored.get(key) } : {}),
      set: async (items) => {
        if (refusal !== undefined) throw new Error(refusal);
        for (const [key, value] of Object.entries(items)) stored.set(key, value);
      },
      remove: async (key) => void stored.delete(key),
    },
    (problem) => warnings.push(`${problem.message} ${String(problem.cause)}`),
  );
  return { sessions, stored, warnings };
}

describe("what runs in a debuggee, as pages tell each other", () => {
  it("is read as it was written", async () => {
    const { sessions } = setup();
    sessions.write(DEBUGGEE, [aWorker("one"), aWorker("two")]);
    expect(await sessions.read(DEBUGGEE)).toEqual([aWorker("one"), aWorker("two")]);
    expect(await sessions.read({ targetId: "other" })).toEqual([]);
  });

  it("takes no more than its share, however many there are and however long their URLs", async () => {
    const { sessions, stored } = setup();
    const long = `data:text/javascript,${"x".repeat(100_000)}`;
    sessions.write(DEBUGGEE, Array.from({ length: 5000 }, (_, i) => aWorker(`${i}`, long)));
    expect(JSON.stringify([...stored]).length).toBeLessThan(2 ** 21);
    expect((await sessions.read(DEBUGGEE)).at(-1)?.sessionId).toBe("4999");
  });

  it("says so where it cannot be written", async () => {
    const { sessions, warnings } = setup("QUOTA_BYTES quota exceeded");
    sessions.write(DEBUGGEE, [aWorker("one")]);
    await settle();
    expect(warnings).toEqual([expect.stringMatching(/tabId.*QUOTA_BYTES/)]);
  });

  it("is forgotten when Chrome ends the debugging of a tab or of a shared worker", async () => {
    const { sessions, stored } = setup();
    const { api, capture, emit } = setUpCapture({ sessions });
    await capture.start();
    emit("Network.requestWillBeSent", { loaderId: "", type: "Script", requestId: "S", documentURL: "http://page.test/s.js", request: { url: "http://page.test/s.js" } });
    await settle();
    const attach = (sessionId: string) => ({ sessionId, targetInfo: { targetId: sessionId, type: "worker", url: "" }, waitingForDebugger: true });
    emit("Target.attachedToTarget", attach("w"));
    api.emit({ targetId: "S" }, "Target.attachedToTarget", attach("n"));
    await settle();
    expect(stored.size).toBe(2);
    api.emitDetach({ targetId: "S" }, "target_closed");
    await settle();
    expect([...stored.keys()]).toEqual([`sessions {"tabId":${TAB}}`]);
    api.emitDetach(DEBUGGEE, "target_closed");
    await settle();
    expect(stored.size).toBe(0);
  });
});
