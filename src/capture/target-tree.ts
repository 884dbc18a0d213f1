import type { Target, TargetType } from "../model/connection.ts";
import type { AttachedTarget } from "./cdp-events.ts";

/** One target that CDP speaks to, under a key that outlives a detach and attach. */
export interface Session {
  readonly key: string;
  readonly targetKey: string;
}

/** The tab's own session. */
export const ROOT_SESSION = "page";

const TYPES: Readonly<Record<string, TargetType>> = {
  page: "page",
  iframe: "frame",
  worker: "worker",
  service_worker: "service worker",
  shared_worker: "shared worker",
};

/** The frames and workers of the tab that have a session of their own. */
export class TargetTree {
  readonly #onTarget: (target: Target) => void;
  readonly #children = new Map<string, Session>();
  #page: Session = { key: ROOT_SESSION, targetKey: "page:" };

  /** `onTarget` is told of each target before anything else speaks of it. */
  constructor(onTarget: (target: Target) => void) {
    this.#onTarget = onTarget;
  }

  /** The tab shows the page at `url`. Pages of one origin are one target: a reload does not make another. */
  setPage(url: string): void {
    const key = `page:${URL.parse(url)?.origin ?? url}`;
    this.#page = { key: ROOT_SESSION, targetKey: key };
    this.#onTarget({ key, type: "page", url });
  }

  add(target: AttachedTarget): void {
    this.#children.set(target.sessionId, { key: target.targetId, targetKey: target.targetId });
    this.#onTarget({ key: target.targetId, type: TYPES[target.type] ?? "other", url: target.url });
  }

  /**
   * A child's own frame (its id is the target's) is now at `url`; answers the key of its session. A frame inside it is
   * no news: undefined.
   */
  setUrl(sessionId: string, frameId: string, url: string): string | undefined {
    const session = this.#children.get(sessionId);
    if (session?.key !== frameId) return undefined;
    this.#onTarget({ key: session.targetKey, type: "frame", url });
    return session.key;
  }

  /** Forgets a child; answers the key of its session. */
  remove(sessionId: string): string | undefined {
    const session = this.#children.get(sessionId);
    this.#children.delete(sessionId);
    return session?.key;
  }

  /** The session of an event's source; one that is not known counts as a target of its own. */
  sessionOf(sessionId: string | undefined): Session {
    if (sessionId === undefined) return this.#page;
    return this.#children.get(sessionId) ?? { key: sessionId, targetKey: sessionId };
  }
}
