import { connectionId, type ConnectionId } from "../model/units.ts";

interface Socket {
  readonly id: ConnectionId;
  readonly sessionKey: string;
  readonly url: string;
}

/**
 * Which connection a CDP event speaks of. A `requestId` is unique only within its session (two workers can use the
 * same), so a socket is known by both.
 */
export class SocketRegistry {
  readonly #sockets = new Map<string, Socket>();
  #next = 1;

  /** The number of a connection that has no requestId yet. */
  nextId(): ConnectionId {
    return connectionId(this.#next++);
  }

  add(sessionKey: string, requestId: string, url: string): ConnectionId {
    const id = this.nextId();
    this.bind(sessionKey, requestId, id, url);
    return id;
  }

  bind(sessionKey: string, requestId: string, id: ConnectionId, url: string): void {
    this.#sockets.set(key(sessionKey, requestId), { id, sessionKey, url });
  }

  /** The URLs of a session's sockets that have not ended, each as often as there are. */
  urlsOf(sessionKey: string): string[] {
    return [...this.#sockets.values()].filter((socket) => socket.sessionKey === sessionKey).map(({ url }) => url);
  }

  find(sessionKey: string, requestId: string): ConnectionId | undefined {
    return this.#sockets.get(key(sessionKey, requestId))?.id;
  }

  /** Forgets a socket that has ended; answers it, or undefined where it was not known. */
  end(sessionKey: string, requestId: string): ConnectionId | undefined {
    const id = this.find(sessionKey, requestId);
    this.#sockets.delete(key(sessionKey, requestId));
    return id;
  }

  /** Forgets every socket of a session; answers those it had. */
  endSession(sessionKey: string): ConnectionId[] {
    const ended: ConnectionId[] = [];
    for (const [place, socket] of this.#sockets) {
      if (socket.sessionKey !== sessionKey) continue;
      ended.push(socket.id);
      this.#sockets.delete(place);
    }
    return ended;
  }
}

const key = (sessionKey: string, requestId: string): string => `${sessionKey} ${requestId}`;
