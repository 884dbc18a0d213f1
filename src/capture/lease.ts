import type { Debuggee } from "./debugger-api.ts";

const LEASE = "framescope-lease";
const STORED = "leases";
/** How long the pages have to come back after the service worker was stopped and started. */
const GRACE_MS = 3000;
/** How long the service worker may take to answer a port. */
const ANSWER_MS = 1000;

/** The debuggees that a page answers for. */
export interface Lease {
  hold(debuggee: Debuggee): void;
  release(debuggee: Debuggee): void;
}

/**
 * Keeps a port to the service worker for as long as this page holds any debuggee: when the port drops, the service
 * worker detaches them, which would otherwise outlive the page.
 *
 * Chrome stops an idle service worker, which drops the port from its side; connecting again starts it. Where that took
 * too long, the service worker has detached what this page still holds, of which Chrome tells nobody: `onLost`.
 */
export function openLease(onLost: (debuggees: readonly Debuggee[]) => void): Lease {
  const held = new Map<string, Debuggee>();
  let port: chrome.runtime.Port | undefined;
  const connect = (): chrome.runtime.Port => {
    const opened = chrome.runtime.connect({ name: LEASE });
    const again = (): void => {
      if (port !== opened) return;
      port = undefined;
      if (held.size > 0) tell();
    };
    // One that is opened while the service worker is dying leads nowhere, and nobody says so.
    const unheard = setTimeout(() => {
      opened.disconnect();
      again();
    }, ANSWER_MS);
    opened.onMessage.addListener((message: unknown) => {
      clearTimeout(unheard);
      const lost = Array.isArray(message) ? message.filter(isDebuggee) : [];
      if (lost.length > 0) onLost(lost);
    });
    opened.onDisconnect.addListener(() => {
      clearTimeout(unheard);
      again();
    });
    return opened;
  };
  const tell = (): void => {
    port ??= connect();
    port.postMessage([...held.values()]);
  };
  return {
    hold: (debuggee) => {
      held.set(JSON.stringify(debuggee), debuggee);
      tell();
    },
    release: (debuggee) => {
      if (held.delete(JSON.stringify(debuggee))) tell();
    },
  };
}

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
  const ended = new Set<string>();
  let isSettled = false;
  const all = (): Debuggee[] => [...new Map([...ports.values()].flat().map((one) => [JSON.stringify(one), one])).values()];
  const endUnheld = (debuggees: readonly Debuggee[]): void => {
    const held = new Set(all().map((one) => JSON.stringify(one)));
    for (const debuggee of debuggees) {
      // It may be detached already, by the page itself or by the user.
      if (!held.has(JSON.stringify(debuggee))) void edges.detach(debuggee).catch(() => {});
    }
  };
  // Until the pages had time to come back, what the last life left is not forgotten.
  const store = (): void => {
    if (isSettled) edges.storage.write(all());
  };
  edges.onConnect((port) => {
    if (port.name !== LEASE) return;
    ports.set(port, []);
    port.onMessage.addListener((message) => {
      const debuggees = Array.isArray(message) ? message.filter(isDebuggee) : [];
      ports.set(port, debuggees);
      const lost = debuggees.filter((debuggee) => ended.delete(JSON.stringify(debuggee)));
      // Also the answer that the page waits for.
      port.postMessage(lost);
      store();
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
      const held = new Set(all().map((one) => JSON.stringify(one)));
      for (const debuggee of left) if (!held.has(JSON.stringify(debuggee))) ended.add(JSON.stringify(debuggee));
      isSettled = true;
      store();
    };
    if (left.length === 0) settle();
    else edges.later(settle, GRACE_MS);
  });
}

function isDebuggee(value: unknown): value is Debuggee {
  const fields = (typeof value === "object" && value !== null ? value : {}) as { readonly tabId?: unknown; readonly targetId?: unknown };
  return typeof fields.tabId === "number" || typeof fields.targetId === "string";
}
