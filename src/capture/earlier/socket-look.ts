import { readCreated, readSocketMoment } from "../sources/cdp-events.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";
import type { Session } from "../attach/target-tree.ts";
import type { HeldEvent } from "./orphan-names.ts";

/** Sockets that a session may open and close while it is looked into: past that, what is found there says nothing. */
const MOST_TOLD = 5000;

/** What a look begins with. */
export interface LookEdges {
  readonly registry: SocketRegistry;
  /** Events that wait until the search is over. */
  readonly held: () => readonly HeldEvent[];
}

/**
 * A look into the objects of one session, from its begin until what it found is held against what is known. Chrome goes on
 * telling meanwhile: a socket that is found may be one that was made after the begin, and may have ended by the end. So
 * known is what was known at any moment in between.
 */
export class SocketLook {
  readonly session: Session;
  /** The session has ended since: what was found there has ended with it. */
  isOver = false;
  /** The requestIds of those that had closed by the begin, and that no event had made known. */
  readonly closedBefore: ReadonlySet<string>;
  readonly #registry: SocketRegistry;
  /** The URLs of those that were open at the begin, by requestId. */
  readonly #open: ReadonlyMap<string, string>;
  /** The requestIds of those in the registry whose closing waits, and came before the begin. */
  readonly #closed = new Set<string>();
  /** The URLs of those that were made or have closed since, or whose making waits; by requestId. */
  readonly #told = new Map<string, string>();

  constructor(session: Session, { registry, held }: LookEdges) {
    this.session = session;
    this.#registry = registry;
    const open = new Map(registry.openOf(session.key).map(({ requestId, url }) => [requestId, url]));
    const unknown = new Set<string>();
    for (const { session: of, method, params } of held()) {
      if (of.key !== session.key) continue;
      if (method !== "Network.webSocketClosed") this.hear(method, params);
      else {
        const { requestId } = readSocketMoment(params);
        if (open.delete(requestId)) this.#closed.add(requestId);
        else if (!this.#told.delete(requestId)) unknown.add(requestId);
      }
    }
    this.#open = open;
    this.closedBefore = unknown;
  }

  /** Takes an event of the session as it comes, also where it waits. */
  hear(method: string, params: unknown): void {
    const created = method === "Network.webSocketCreated" ? readCreated(params) : undefined;
    if (created !== undefined) this.tell(created.requestId, created.url);
    if (method !== "Network.webSocketClosed") return;
    const { requestId } = readSocketMoment(params);
    const url = this.#open.get(requestId);
    if (url !== undefined) this.tell(requestId, url);
  }

  /** A socket was made, or has closed. */
  tell(requestId: string, url: string): void {
    if (!this.isFull) this.#told.set(requestId, url);
  }

  /** More was told than is kept: what is found says nothing. */
  get isFull(): boolean {
    return this.#told.size > MOST_TOLD;
  }

  /** Whether a socket was open when the look began, and has not closed since. */
  stayed(requestId: string): boolean {
    return this.#open.has(requestId) && !this.#told.has(requestId);
  }

  /** The URLs of those that Chrome tells of, now or once what waits is passed on. */
  get told(): readonly string[] {
    return [...this.#told.values()];
  }

  /** The URLs of all that have been known since the begin. */
  get known(): string[] {
    const others = this.#registry.openOf(this.session.key).filter(({ requestId }) => !this.#told.has(requestId) && !this.#closed.has(requestId));
    return [...this.told, ...others.map(({ url }) => url)];
  }
}
