import { readRealm, readRealmId } from "../sources/cdp-events.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";

/** What scripts run in: the document of a frame, or a worker; or the world that another extension's scripts have beside it. */
export interface Realm {
  /** As events name it. */
  readonly id: number;
  readonly uniqueId: string;
  readonly isMain: boolean;
}

interface Known {
  users: number;
  enabled: Promise<unknown> | undefined;
  readonly realms: Map<number, Realm>;
}

/**
 * The realms of each target. Chrome tells of them once, when `Runtime` is enabled, and of later ones as they come: so the
 * domain has one owner, and stays enabled while anybody uses it. Enabling it is not free: the page stands still while
 * Chrome tells of the last thousand messages of its console too, 0.1 s for objects of some size.
 */
export class Realms {
  readonly #api: DebuggerApi;
  readonly #targets = new Map<string, Known>();

  constructor(api: DebuggerApi) {
    this.#api = api;
  }

  /**
   * Enables the domain until `release`. Answers the target's realms; none where another page of ours had enabled it
   * before. Rejects with Chrome's own sentence, and is to be released then too.
   */
  async hold(source: DebugSource): Promise<readonly Realm[]> {
    const known = this.#use(source);
    known.enabled ??= this.#api.send(source, "Runtime.enable");
    await known.enabled;
    return [...known.realms.values()];
  }

  /** Those that a target has now, while somebody holds it. */
  of(source: DebugSource): readonly Realm[] {
    return [...(this.#targets.get(keyOf(source))?.realms.values() ?? [])];
  }

  /** Has the handles of objects stay until `release`, as they do while nobody disables the domain. Answers what is known. */
  keep(source: DebugSource): readonly Realm[] {
    return [...this.#use(source).realms.values()];
  }

  release(source: DebugSource): void {
    const key = keyOf(source);
    const known = this.#targets.get(key);
    if (known === undefined || --known.users > 0) return;
    this.#targets.delete(key);
    if (known.enabled !== undefined) void this.#api.send(source, "Runtime.disable").catch(() => {});
  }

  /** Takes an event of any target. */
  take(source: DebugSource, method: string, params: unknown): void {
    const realms = this.#targets.get(keyOf(source))?.realms;
    if (realms === undefined) return;
    switch (method) {
      case "Runtime.executionContextCreated": {
        const realm = readRealm(params);
        if (realm !== undefined) realms.set(realm.id, realm);
        return;
      }
      case "Runtime.executionContextDestroyed":
        realms.delete(readRealmId(params));
        return;
      case "Runtime.executionContextsCleared":
        realms.clear();
    }
  }

  /** Nobody is attached any more. */
  clear(): void {
    this.#targets.clear();
  }

  #use(source: DebugSource): Known {
    const key = keyOf(source);
    const known = this.#targets.get(key) ?? { users: 0, enabled: undefined, realms: new Map<number, Realm>() };
    this.#targets.set(key, known);
    known.users++;
    return known;
  }
}

/** What tells a target from others. */
export const keyOf = ({ tabId, targetId, sessionId }: DebugSource): string => `${tabId} ${targetId} ${sessionId}`;
