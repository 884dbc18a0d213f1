import type { Debuggee } from "../debugger-api.ts";

const LEASE = "framescope-lease";
const STORED = "leases";
/** How long the pages have to come back after the service worker was stopped and started. */
const GRACE_MS = 3000;
/** How long the service worker may take to answer a port before another is tried. */
const ANSWER_MS = 1000;
/** Ports of which no answer came that are kept. */
const MOST_UNANSWERED = 10;

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

/**
 * The answers: at once, the name of this life of the service worker, and which of what the page holds it has detached;
 * and once all detaching is done, to which notice.
 */
type Answer = { readonly life: string; readonly lost: readonly Debuggee[] } | { readonly done: number };

/** A port as either side sees it. */
export interface LeasePort {
  readonly name: string;
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** What a page needs from outside. */
export interface LeaseEdges {
  readonly connect: (name: string) => LeasePort;
  /** Answers what cancels it. */
  readonly later: (callback: () => void, milliseconds: number) => () => void;
}

const chromeEdges: LeaseEdges = {
  connect: (name) => chrome.runtime.connect({ name }),
  later: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/**
 * Keeps a port to the service worker for as long as this page holds any debuggee: when the port drops, the service
 * worker detaches them, which would otherwise outlive the page.
 *
 * Chrome stops an idle service worker, which drops the port from its side; connecting again starts it. Where that took
 * too long, the service worker has detached what this page still holds, of which Chrome tells nobody: `onLost`.
 */
export function openLease(onLost: (debuggees: readonly Debuggee[]) => void, edges: LeaseEdges = chromeEdges): Lease {
  const held = new Map<string, Debuggee>();
  const ended = new Map<string, Debuggee>();
  const waiting = new Map<number, () => void>();
  let last = 0;
  let port: LeasePort | undefined;
  const unanswered: LeasePort[] = [];
  let life: string | undefined;
  const take = (answer: Answer): void => {
    if ("lost" in answer) {
      const lost = answer.lost.filter(isDebuggee);
      // What was detached before this page came is not its loss; and each loss is heard once.
      const isBack = life !== undefined && life !== answer.life;
      life = answer.life;
      if (isBack && lost.length > 0) onLost(lost);
      return;
    }
    if (answer.done === last) ended.clear();
    for (const [number, resolve] of waiting) {
      if (number > answer.done) continue;
      waiting.delete(number);
      resolve();
    }
  };
  const connect = (): LeasePort => {
    const opened = edges.connect(LEASE);
    const again = (): void => {
      if (port !== opened) return;
      port = undefined;
      if (held.size + ended.size + waiting.size > 0) tell();
    };
    // One that is opened while the service worker is dying leads nowhere, and nobody says so. It stays open until the
    // next is answered: where the service worker is only slow to start, it would take the page for gone.
    const cancel = edges.later(() => {
      unanswered.push(opened);
      if (unanswered.length > MOST_UNANSWERED) unanswered.shift()?.disconnect();
      again();
    }, ANSWER_MS);
    opened.onMessage.addListener((answer) => {
      cancel();
      if (port === opened) for (const former of unanswered.splice(0)) former.disconnect();
      take(answer as Answer);
    });
    opened.onDisconnect.addListener(() => {
      cancel();
      const at = unanswered.indexOf(opened);
      if (at >= 0) unanswered.splice(at, 1);
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

/**
 * The service worker's side: detaches what a page held when the page is gone, also a page that went while the service
 * worker was stopped. Call it in the first turn of a service worker's life, or a waiting port is missed.
 */
export function keepLeases(edges: {
  /** The name of this life, another than that of any before. */
  readonly life: string;
  readonly onConnect: (listener: (port: LeasePort) => void) => void;
  /** For a page that gives it up; others may be attached to the same target in another way. */
  readonly detach: (debuggee: Debuggee) => Promise<void>;
  /** For a page that is gone, and left all as it was. */
  readonly end: (debuggee: Debuggee) => Promise<void>;
  readonly storage: LeaseStorage;
  readonly later: (callback: () => void, milliseconds: number) => void;
}): void {
  const ports = new Map<LeasePort, readonly Debuggee[]>();
  /** Detached in this life although pages may come back for them: each of them is to hear it. */
  const lost = new Set<string>();
  const detaching = new Set<Promise<void>>();
  /** What waits until the pages had time to come back. */
  const unsettled: (() => void)[] = [];
  let isSettled = false;
  const all = (): Debuggee[] => [...new Map([...ports.values()].flat().map((one) => [keyOf(one), one])).values()];
  const endUnheld = (debuggees: readonly Debuggee[], end: (debuggee: Debuggee) => Promise<void>): void => {
    const held = new Set(all().map(keyOf));
    for (const debuggee of debuggees) {
      if (held.has(keyOf(debuggee))) continue;
      // It may be detached already, by the user.
      const done = end(debuggee).catch(() => {}).finally(() => detaching.delete(done));
      detaching.add(done);
    }
  };
  // Until the pages had time to come back, what the last life left is not forgotten.
  const store = (): void => {
    if (isSettled) edges.storage.write(all());
  };
  // In a new life it is not known yet who else holds what a page gives up.
  const onceSettled = (end: () => void): void => {
    if (isSettled) end();
    else unsettled.push(end);
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
      answer({ life: edges.life, lost: held.filter((debuggee) => lost.has(keyOf(debuggee))) });
      store();
      const end = (): void => {
        endUnheld(ended, edges.detach);
        void Promise.all(detaching).then(() => answer({ done: number }));
      };
      if (ended.length === 0) end();
      else onceSettled(end);
    });
    port.onDisconnect.addListener(() => {
      const debuggees = ports.get(port) ?? [];
      ports.delete(port);
      onceSettled(() => endUnheld(debuggees, edges.end));
      store();
    });
  });
  void edges.storage.read().then((left) => {
    const settle = (): void => {
      endUnheld(left, edges.end);
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
