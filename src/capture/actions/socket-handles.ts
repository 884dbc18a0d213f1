import { Refusal } from "../../model/refusal.ts";
import { say, type Said } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { Realms } from "../attach/realms.ts";
import type { Session } from "../attach/target-tree.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { KEPT_GROUP, type PageObject } from "../page-object.ts";
import type { NotFound, SpeakingSockets } from "../earlier/speaking-sockets.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";
import { findOnlySocket } from "./only-socket.ts";
import { findSocketNatives, type SocketNatives } from "./page-natives.ts";

/** A socket of the page's that is certainly a connection's, and Chrome's own functions to speak through it. */
export interface SocketHandle {
  readonly socket: PageObject;
  readonly natives: SocketNatives;
}

const NOT_FOUND: Readonly<Record<NotFound, Said>> = { ended: say("live.ended"), "too busy": say("live.too-busy"), "not listened to": say("live.not-listened-to") };

export interface HandleEdges {
  readonly api: DebuggerApi;
  readonly realms: Realms;
  readonly registry: SocketRegistry;
  readonly speaking: SpeakingSockets;
  /** Whether a connection is from before the capture, and nothing has been heard of it since. */
  readonly isAwaited: (connection: ConnectionId) => boolean;
  /** Where a session's commands go, and the session itself. */
  readonly placeOf: (sessionKey: string) => { readonly source: DebugSource; readonly session: Session } | undefined;
}

/**
 * The objects of connections that the user speaks through. Which one is whose is certain, or nothing is sent: a socket is
 * known by what it was seen to say (`SpeakingSockets`), or by being the only one of its address. Nothing is tried out.
 */
export class SocketHandles {
  readonly #edges: HandleEdges;
  readonly #handles = new Map<ConnectionId, SocketHandle>();
  /** Ends the search for a connection's object. */
  readonly #searches = new Map<ConnectionId, () => void>();

  constructor(edges: HandleEdges) {
    this.#edges = edges;
  }

  /** The handle, where it is known. */
  get(connection: ConnectionId): SocketHandle | undefined {
    return this.#edges.registry.placeOf(connection) === undefined ? undefined : this.#handles.get(connection);
  }

  /**
   * Finds a connection's object once it speaks; rejects with a refusal where that will not be. `mayStandStill`: the user
   * allows the page's heap to be walked for it now.
   */
  async reach(connection: ConnectionId, mayStandStill: boolean): Promise<SocketHandle> {
    const known = this.get(connection);
    if (known !== undefined) return known;
    this.letGo(connection);
    const { registry, placeOf, speaking, isAwaited } = this.#edges;
    const place = registry.placeOf(connection);
    // One that has ended has no place either, also where a pause has kept that from the log.
    if (place === undefined) throw new Refusal(say(isAwaited(connection) ? "live.not-heard-yet" : "live.ended"));
    const target = placeOf(place.sessionKey);
    if (target === undefined) throw new Refusal(say("live.ended"));
    if (mayStandStill) {
      const alike = registry.openOf(place.sessionKey).filter(({ url }) => url === place.url || url === "").length;
      return this.#keep(connection, await findOnlySocket(this.#edges, target.source, place.url, alike));
    }
    const socket = await new Promise<PageObject>((resolve, reject) => {
      const stop = speaking.seek(target.session, place.requestId, (found) => {
        this.#searches.delete(connection);
        if (typeof found === "string") return reject(new Refusal(NOT_FOUND[found]));
        // The handle is good for as long as nobody ends the domain.
        this.#edges.realms.keep(found.source);
        resolve(found);
      });
      this.#searches.set(connection, () => {
        stop();
        reject(new Refusal(say("live.cancelled")));
      });
    });
    return this.#keep(connection, socket);
  }

  /** One that is the user's own from the beginning. The domain is kept by who made it. */
  take(connection: ConnectionId, handle: SocketHandle): void {
    this.#handles.set(connection, handle);
  }

  /** Ends a search, and gives back the handle. */
  letGo(connection: ConnectionId): void {
    this.#searches.get(connection)?.();
    this.#searches.delete(connection);
    const handle = this.#handles.get(connection);
    if (handle === undefined) return;
    this.#handles.delete(connection);
    const { source, objectId } = handle.socket;
    void this.#edges.api.send(source, "Runtime.releaseObject", { objectId }).catch(() => {});
    this.#edges.realms.release(source);
  }

  /** The attachment ends. */
  clear(): void {
    for (const stop of this.#searches.values()) stop();
    this.#searches.clear();
    for (const { socket } of this.#handles.values()) void this.#edges.api.send(socket.source, "Runtime.releaseObjectGroup", { objectGroup: KEPT_GROUP }).catch(() => {});
    this.#handles.clear();
  }

  async #keep(connection: ConnectionId, socket: PageObject): Promise<SocketHandle> {
    const natives = await findSocketNatives(this.#edges.api, socket.source, socket.objectId).catch(() => undefined);
    if (natives === undefined) {
      this.#edges.realms.release(socket.source);
      throw new Refusal(say("live.replaced", { name: "WebSocket.prototype.send" }));
    }
    const handle = { socket, natives };
    this.#handles.set(connection, handle);
    return handle;
  }
}
