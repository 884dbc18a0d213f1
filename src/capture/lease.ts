import type { Debuggee } from "./debugger-api.ts";

const LEASE = "framescope-lease";
const STORED = "leases";
/** How long the pages have to come back after the service worker was stopped and started. */
const GRACE_MS = 3000;
/** How long the service worker may take to answer a port. */
const ANSWER_MS = 1000;

/**
 * The debuggees that a page answers for. Chrome attaches the extension, not a page of it: two pages that capture one tab
 * share one attachment, so only the service worker, which knows them all, detaches.
 */
export interface Lease {
  hold(debuggee: Debuggee): void;
  /** Gives up what is not attached, or no longer. */
  release(debuggee: Debuggee): void;
  /** Gives up what is attached: it is detached, unless another page holds it too. Resolves once that is done. */
  detach(debuggee: Debuggee): Promise<void>;
  /** Resolves once every detaching that is under way for any page is done. */
  settled(): Promise<void>;
}

/** What a page tells the service worker: all that it holds, and what it wants detached. */
interface Notice {
  readonly held: readonly Debuggee[];
  readonly ended: readonly Debuggee[];
  readonly number: number;
}

/** The answers: at once, what was detached although it is held; and once all detaching is done, to which notice. */
type Answer = { readonly lost: readonly Debuggee[] } | { readonly done: number };

/**
 * Keeps a port to the service worker for as long as this page holds any debuggee: when the port drops, the service
 * worker detaches them, which would otherwise outlive the page.
 *
 * Chrome stops an idle service worker, which drops the port from its side; connecting again starts it. Where that took
 * too long, the service worker has detached what this page still holds, of which Chrome tells nobody: `onLost`.
 */
export function openLease(onLost: (debuggees: readonly Debuggee[]) => void): Lease {
  const held = new Map<string, Debuggee>();
  const ended = new Map<string, Debuggee>();
  const waiting = new Map<number, () => void>();
  let last = 0;
  let port: chrome.runtime.Port | undefined;
  const take = (answer: Answer): void => {
    if ("lost" in answer) {
      const lost = answer.lost.filter(isDebuggee);
      if (lost.length > 0) onLost(lost);
      return;
    }
    if (answer.done === last) ended.clear();
    for (const [number, resolve] of waiting) {
      if (number > answer.done) continue;
      waiting.delete(number);
      resolve();
    }
  };
  const connect = (): chrome.runtime.Port => {
    const opened = chrome.runtime.connect({ name: LEASE });
    const again = (): void => {
      if (port !== opened) return;
      port = undefined;
      if (held.size + ended.size + waiting.size > 0) tell();
    };
    // One that is opened while the service worker is dying leads nowhere, and nobody says so.
    const unheard = setTimeout(() => {
      opened.disconnect();
      again();
    }, ANSWER_MS);
    opened.onMessage.addListener((answer: Answer) => {
      clearTimeout(unheard);
      take(answer);
    });
    opened.onDisconnect.addListener(() => {
      clearTimeout(unheard);
      again();
    });
    return opened;
  };
  const tell = (): void => {
    port ??= connect();
    port.postMessage({ held: [...held.values()], ended: [...ended.values()], number: ++last } satisfies Notice);
  };
  const answered = (): Promise<void> => {
    tell();
    return new Promise((resolve) => waiting.set(last, resolve));
  };
  return {
    hold: (debuggee) => {
      ended.delete(keyOf(debuggee));
      held.set(keyOf(debuggee), debuggee);
      tell();
    },
    release: (debuggee) => {
      if (held.delete(keyOf(debuggee))) tell();
    },
    detach: (debuggee) => {
      held.delete(keyOf(debuggee));
      ended.set(keyOf(debuggee), debuggee);
      return answered();
    },
    settled: answered,
  };
}

const keyOf = (debuggee: Debuggee): string => JSON.stringify(debuggee);

/** Where the service worker keeps what is leased, so that its next life can end what nobody answers for any more. */
export interface LeaseStorage {
  read(): Promise<readonly Debuggee[]>;
  write(debuggees: readonly Debuggee[]): void;
}

export const sessionLeaseStorage: LeaseStorage = {
  read: async () => {
    const { [STORED]: stored } = await chrome.storage.session.get(STORED);
    return Array.isArray(stored) ? stored.filter(isDebuggee) : [];
  },
  write: (debuggees) => void chrome.storage.session.set({ [STORED]: debuggees }),
};

/** A port as the service worker sees it. */
export interface LeasePort {
  readonly name: string;
  postMessage(message: unknown): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/**
 * The service worker's side: detaches what a page held when the page is gone, also a page that went while the service
 * worker was stopped. Call it in the first turn of a service worker's life, or a waiting port is missed.
 */
export function keepLeases(edges: {
  readonly onConnect: (listener: (port: LeasePort) => void) => void;
  readonly detach: (debuggee: Debuggee) => Promise<void>;
  readonly storage: LeaseStorage;
  readonly later: (callback: () => void, milliseconds: number) => void;
}): void {
  const ports = new Map<LeasePort, readonly Debuggee[]>();
  /** Detached although a page may come back for them. */
  const lost = new Set<string>();
  const detaching = new Set<Promise<void>>();
  /** What waits until the pages had time to come back. */
  const unsettled: (() => void)[] = [];
  let isSettled = false;
  const all = (): Debuggee[] => [...new Map([...ports.values()].flat().map((one) => [keyOf(one), one])).values()];
  const endUnheld = (debuggees: readonly Debuggee[]): void => {
    const held = new Set(all().map(keyOf));
    for (const debuggee of debuggees) {
      if (held.has(keyOf(debuggee))) continue;
      // It may be detached already, by the user.
      const done = edges.detach(debuggee).catch(() => {}).finally(() => detaching.delete(done));
      detaching.add(done);
    }
  };
  // Until the pages had time to come back, what the last life left is not forgotten.
  const store = (): void => {
    if (isSettled) edges.storage.write(all());
  };
  edges.onConnect((port) => {
    if (port.name !== LEASE) return;
    ports.set(port, []);
    const answer = (message: Answer): void => {
      // The page may have gone while something was detached for it.
      if (ports.has(port)) port.postMessage(message);
    };
    port.onMessage.addListener((message) => {
      const { held, ended, number } = readNotice(message);
      ports.set(port, held);
      answer({ lost: held.filter((debuggee) => lost.delete(keyOf(debuggee))) });
      store();
      const end = (): void => {
        endUnheld(ended);
        void Promise.all(detaching).then(() => answer({ done: number }));
      };
      // In a new life it is not known yet who else holds what this page gives up.
      if (isSettled || ended.length === 0) end();
      else unsettled.push(end);
    });
    port.onDisconnect.addListener(() => {
      const debuggees = ports.get(port) ?? [];
      ports.delete(port);
      endUnheld(debuggees);
      store();
    });
  });
  void edges.storage.read().then((left) => {
    const settle = (): void => {
      endUnheld(left);
      const held = new Set(all().map(keyOf));
      for (const debuggee of left) if (!held.has(keyOf(debuggee))) lost.add(keyOf(debuggee));
      isSettled = true;
      store();
      for (const end of unsettled.splice(0)) end();
    };
    if (left.length === 0) settle();
    else edges.later(settle, GRACE_MS);
  });
}

function readNotice(message: unknown): Notice {
  const { held, ended, number } = (typeof message === "object" && message !== null ? message : {}) as { readonly held?: unknown; readonly ended?: unknown; readonly number?: unknown };
  return { held: readDebuggees(held), ended: readDebuggees(ended), number: typeof number === "number" ? number : 0 };
}

const readDebuggees = (list: unknown): Debuggee[] => (Array.isArray(list) ? list.filter(isDebuggee) : []);

function isDebuggee(value: unknown): value is Debuggee {
  const fields = (typeof value === "object" && value !== null ? value : {}) as { readonly tabId?: unknown; readonly targetId?: unknown };
  return typeof fields.tabId === "number" || typeof fields.targetId === "string";
}
