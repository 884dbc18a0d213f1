import type { ConnectionId } from "../../model/units.ts";
import type { Session } from "../attach/target-tree.ts";
import type { DebugSource } from "../debugger-api.ts";
import type { PageObject } from "../page-object.ts";
import type { SpeakingSockets } from "../earlier/speaking-sockets.ts";
import type { RuledRows } from "../sources/ruled-rows.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";

export interface OpenEdges {
  readonly registry: SocketRegistry;
  readonly speaking: SpeakingSockets;
  readonly ruled: RuledRows;
  readonly placeOf: (sessionKey: string) => { readonly source: DebugSource; readonly session: Session } | undefined;
  /** Opened by the user: no rule is for it. */
  readonly isOwn: (connection: ConnectionId) => boolean;
  /** Hands a socket of the page's to the agent in its realm, which tells of it (`met`, `again`). */
  readonly adopt: (socket: PageObject, token: string) => Promise<void>;
  /** The handle is needed no more. */
  readonly release: (socket: PageObject) => void;
  /** Whether what listens to its sockets can be had. */
  readonly isPage: (source: DebugSource) => boolean;
  readonly changed: () => void;
}

interface Asked {
  readonly connection: ConnectionId;
  readonly socket: PageObject;
  tries: number;
}

/** A page may do something with a socket each time that it is asked for. */
const MOST_TRIES = 20;

/**
 * Sockets that no agent saw being made: open before a rule was on, or made by a function of Chrome's that the page had kept.
 * Each comes under the rules once its object is certain, which it is by what it says (`SpeakingSockets`): the message by
 * which it is known passes them.
 */
export class OpenUnderRules {
  readonly #edges: OpenEdges;
  /** Sessions in which an agent is. */
  readonly #sessions = new Set<string>();
  /** What ends the search for each. */
  readonly #awaited = new Map<ConnectionId, () => void>();
  /** They said too much, or too much beside them was said, to be told apart. */
  readonly #beyond = new Set<ConnectionId>();
  /** Their received messages pass the rules. */
  readonly #sentOnly = new Set<ConnectionId>();
  readonly #asked = new Map<string, Asked>();
  #last = 0;

  constructor(edges: OpenEdges) {
    this.#edges = edges;
  }

  /** Connections that come under the rules with their next message, those of which only what is sent does, and those that will not. */
  get counts(): { readonly awaited: number; readonly sentOnly: number; readonly beyond: number } {
    const { registry, ruled } = this.#edges;
    const isOpen = (connection: ConnectionId): boolean => registry.placeOf(connection) !== undefined;
    const isLeft = (connection: ConnectionId): boolean => isOpen(connection) && !ruled.has(connection);
    return { awaited: [...this.#awaited.keys()].filter(isLeft).length, sentOnly: [...this.#sentOnly].filter(isOpen).length, beyond: [...this.#beyond].filter(isLeft).length };
  }

  /** An agent has come into a session; its sockets may have been there before. */
  begin(sessionKey: string): void {
    this.#sessions.add(sessionKey);
    for (const { id } of this.#edges.registry.openOf(sessionKey)) this.#await(id);
  }

  /** A connection has opened, or is heard of for the first time. */
  opened(sessionKey: string, connection: ConnectionId): void {
    if (this.#sessions.has(sessionKey)) this.#await(connection);
  }

  /** The connection of a socket that the agent has taken in; undefined where nobody asked for it. */
  met(token: string): ConnectionId | undefined {
    const { registry, release, isPage } = this.#edges;
    const asked = this.#asked.get(token);
    if (asked === undefined) return undefined;
    this.#asked.delete(token);
    release(asked.socket);
    const { connection } = asked;
    if (registry.placeOf(connection) === undefined) return undefined;
    if (!isPage(asked.socket.source)) this.#sentOnly.add(connection);
    return connection;
  }

  /** The agent asks for it once more. */
  again(token: string): void {
    const { release, adopt } = this.#edges;
    const asked = this.#asked.get(token);
    if (asked === undefined) return;
    if (++asked.tries < MOST_TRIES) return void adopt(asked.socket, token);
    this.#asked.delete(token);
    release(asked.socket);
    this.#beyond.add(asked.connection);
  }

  /** There is no agent any more where it is. */
  lost(token: string): void {
    const asked = this.#asked.get(token);
    this.#asked.delete(token);
    if (asked === undefined) return;
    this.#edges.release(asked.socket);
    this.#beyond.add(asked.connection);
    this.#edges.changed();
  }

  clear(): void {
    this.#sessions.clear();
    for (const stop of this.#awaited.values()) stop();
    this.#awaited.clear();
    this.#beyond.clear();
    this.#sentOnly.clear();
    this.#asked.clear();
  }

  #await(connection: ConnectionId): void {
    const { registry, speaking, ruled, placeOf, isOwn, adopt, changed } = this.#edges;
    const place = registry.placeOf(connection);
    const target = place === undefined ? undefined : placeOf(place.sessionKey);
    if (place === undefined || target === undefined || ruled.has(connection) || isOwn(connection) || this.#awaited.has(connection)) return;
    let isOver = false;
    const stop = speaking.seek(target.session, place.requestId, (found) => {
      isOver = true;
      this.#awaited.delete(connection);
      if (typeof found === "string") {
        if (found !== "ended") this.#beyond.add(connection);
      } else {
        const token = `${++this.#last}`;
        this.#asked.set(token, { connection, socket: found, tries: 0 });
        void adopt(found, token);
      }
      changed();
    });
    if (isOver) return;
    this.#awaited.set(connection, stop);
    changed();
  }
}
