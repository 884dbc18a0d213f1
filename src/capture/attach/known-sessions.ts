import { readAttachedTarget, type AttachedTarget } from "../sources/cdp-events.ts";
import type { Debuggee } from "../debugger-api.ts";

/**
 * The frames and workers that Chrome has attached the extension to, by debuggee. Chrome tells of each only once, so a
 * page that joins another's attachment learns of them here.
 */
export interface KnownSessions {
  read(debuggee: Debuggee): Promise<readonly AttachedTarget[]>;
  /** None: the debuggee is attached no more, or anew. */
  write(debuggee: Debuggee, targets: readonly AttachedTarget[]): void;
}

/** Of `chrome.storage.session`, which holds 10 MB for the whole extension. */
export interface SessionArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Of one debuggee; what is more is known only to the page that was told. */
const MOST_TARGETS = 1000;
/** A URL only names a target, and a data: URL has no end. */
const MOST_URL = 1000;

const keyOf = (debuggee: Debuggee): string => `sessions ${JSON.stringify(debuggee)}`;

/** `refused`: is told where something could not be written. */
export function sessionsIn(area: SessionArea, refused: (problem: Error) => void): KnownSessions {
  return {
    read: async (debuggee) => {
      const key = keyOf(debuggee);
      const { [key]: stored } = await area.get(key);
      return Array.isArray(stored) ? stored.flatMap((one: { readonly sessionId?: unknown }) => readAttachedTarget({ sessionId: one.sessionId, targetInfo: one }) ?? []) : [];
    },
    write: (debuggee, targets) => {
      const key = keyOf(debuggee);
      const known = targets.slice(-MOST_TARGETS).map((target) => ({ ...target, url: target.url.slice(0, MOST_URL) }));
      const done = known.length === 0 ? area.remove(key) : area.set({ [key]: known });
      done.catch((error: unknown) =>
        refused(new Error(`What runs in ${JSON.stringify(debuggee)} is not in chrome.storage.session: another view of this tab that is opened now does not hear its workers and frames of other sites, until the page is loaded again.`, { cause: error })),
      );
    },
  };
}

/** In memory that all pages of the extension share, and that ends with the browser. */
export const storedSessions: KnownSessions = sessionsIn(
  {
    get: (key) => chrome.storage.session.get(key),
    set: (items) => chrome.storage.session.set(items),
    remove: (key) => chrome.storage.session.remove(key),
  },
  // oxlint-disable-next-line no-console -- for who looks into it: nothing of this capture is lost
  (problem) => console.warn(problem),
);
