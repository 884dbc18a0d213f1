import { readAttachedTarget, type AttachedTarget } from "./cdp-events.ts";
import type { Debuggee } from "./debugger-api.ts";

/**
 * The frames and workers that Chrome has attached the extension to, by debuggee. Chrome tells of each only once, so a
 * page that joins another's attachment learns of them here.
 */
export interface KnownSessions {
  read(debuggee: Debuggee): Promise<readonly AttachedTarget[]>;
  write(debuggee: Debuggee, targets: readonly AttachedTarget[]): void;
}

const keyOf = (debuggee: Debuggee): string => `sessions ${JSON.stringify(debuggee)}`;

/** In memory that all pages of the extension share, and that ends with the browser. */
export const storedSessions: KnownSessions = {
  read: async (debuggee) => {
    const key = keyOf(debuggee);
    const { [key]: stored } = await chrome.storage.session.get(key);
    return Array.isArray(stored) ? stored.flatMap((one: { readonly sessionId?: unknown }) => readAttachedTarget({ sessionId: one.sessionId, targetInfo: one }) ?? []) : [];
  },
  write: (debuggee, targets) => {
    const key = keyOf(debuggee);
    void (targets.length === 0 ? chrome.storage.session.remove(key) : chrome.storage.session.set({ [key]: targets }));
  },
};
