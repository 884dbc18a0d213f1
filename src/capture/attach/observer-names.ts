import { drawObserverNames, type ObserverNames } from "../sources/closing-observer.ts";
import type { SessionArea } from "./known-sessions.ts";

const KEY = "closing observer";

/**
 * The names of the observer of closings: drawn by who needs them first, and the same for all pages of the extension until the
 * browser ends, so that each can put back what another put in. `alone`: runs what it is given while nobody else does.
 */
export const observerNamesIn = (area: Omit<SessionArea, "remove">, alone: <Value>(act: () => Promise<Value>) => Promise<Value>, drawName: () => string): Promise<ObserverNames> =>
  alone(async () => {
    const stored = readNames((await area.get(KEY))[KEY]);
    if (stored !== undefined) return stored;
    const names = drawObserverNames(drawName);
    await area.set({ [KEY]: names });
    return names;
  });

function readNames(value: unknown): ObserverNames | undefined {
  const { binding, secret, off } = (value ?? {}) as Partial<Record<keyof ObserverNames, unknown>>;
  return typeof binding === "string" && typeof secret === "string" && typeof off === "string" ? { binding, secret, off } : undefined;
}

const drawName = (): string => crypto.randomUUID().replaceAll("-", "");

/** In memory that no page sees. Where that cannot be written, they are this page's own: another one then does not put back what it put in. */
export const storedObserverNames = (): Promise<ObserverNames> =>
  observerNamesIn({ get: (key) => chrome.storage.session.get(key), set: (items) => chrome.storage.session.set(items) }, (act) => navigator.locks.request(KEY, act), drawName).catch(() => drawObserverNames(drawName));
