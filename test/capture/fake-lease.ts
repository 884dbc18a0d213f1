import type { Debuggee } from "../../src/capture/debugger-api.ts";
import type { AttachedTarget } from "../../src/capture/sources/cdp-events.ts";
import type { KnownSessions } from "../../src/capture/attach/known-sessions.ts";
import type { Lease } from "../../src/capture/attach/lease.ts";
import type { FakeDebugger } from "./fake-debugger.ts";

/** Stands where the service worker stands: knows what each page holds, and detaches what no page holds any more. */
export class FakeLeases {
  readonly #api: FakeDebugger;
  readonly #pages = new Set<Map<string, Debuggee>>();

  constructor(api: FakeDebugger) {
    this.#api = api;
  }

  /** Debuggees that pages hold, each as often as it is held. */
  get size(): number {
    return this.held.length;
  }

  get held(): Debuggee[] {
    return [...this.#pages].flatMap((held) => [...held.values()]);
  }

  /** The lease of one page. */
  page(): Lease {
    const held = new Map<string, Debuggee>();
    this.#pages.add(held);
    const key = (debuggee: Debuggee): string => JSON.stringify(debuggee);
    return {
      hold: (debuggee) => void held.set(key(debuggee), debuggee),
      release: (debuggee) => void held.delete(key(debuggee)),
      detach: async (debuggee) => {
        held.delete(key(debuggee));
        if (![...this.#pages].some((page) => page.has(key(debuggee)))) await this.#api.detach(debuggee).catch(() => {});
      },
      settled: () => Promise.resolve(),
    };
  }
}

/** What pages tell each other of sessions, as `chrome.storage.session` keeps it. */
export function fakeSessions(): KnownSessions {
  const known = new Map<string, readonly AttachedTarget[]>();
  return {
    read: async (debuggee) => known.get(JSON.stringify(debuggee)) ?? [],
    write: (debuggee, targets) => void known.set(JSON.stringify(debuggee), targets),
  };
}
