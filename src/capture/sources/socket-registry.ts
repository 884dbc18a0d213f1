import { connectionId, type ConnectionId, type MonotonicSeconds } from "../../model/units.ts";

/** Handshakes that are kept, to know a socket of DevTools' log for one that was heard. */
export const MOST_HANDSHAKES = 50_000;

/**
 * Chrome gives each of those who listen a time of its own for one and the same frame: so many seconds later for DevTools than for us,
 * on a busy machine.
 */
const MOST_BESIDE = 0.05;

/** More sockets than Chrome lets be open at once. */
const MOST_LOOKED_AT = 512;

interface Socket {
  readonly id: ConnectionId;
  readonly sessionKey: string;
  readonly requestId: string;
  url: string;
  /** When it was first heard of; undefined where nobody knows, or where Chrome told of it without saying when (`isNew`). */
  startedAt: MonotonicSeconds | undefined;
  /** Chrome has told that it was made; its handshake, which says when, is still to come. */
  isNew: boolean;
  /** Chrome has told that it was made, and not yet that it was opened. */
  isOpening: boolean;
  /** Frames and errors that Chrome has told of, or DevTools' own log in its place: as many as that log has then. */
  heard: number;
}

/**
 * Which connection a CDP event speaks of. A `requestId` is unique only within its session (two workers can use the
 * same), so a socket is known by both.
 */
export class SocketRegistry {
  readonly #sockets = new Map<string, Socket>();
  readonly #places = new Map<ConnectionId, string>();
  readonly #offsets = new Map<ConnectionId, number>();
  /** By the key of their handshake, also those that have ended. */
  readonly #handshakes = new Map<string, ConnectionId>();
  /** The times of the last messages that DevTools' log told. */
  readonly #filledUntil = new Map<ConnectionId, MonotonicSeconds>();
  #forgottenHandshakes = 0;
  /** Called where one opens, ends or gets another URL. */
  onOpenChanged: () => void = () => {};
  #next = 1;

  /** The number of a connection that has no requestId yet. */
  nextId(): ConnectionId {
    return connectionId(this.#next++);
  }

  /** One that Chrome tells of from its very beginning. */
  addNew(sessionKey: string, requestId: string, url: string): ConnectionId {
    const id = this.nextId();
    this.#put({ id, sessionKey, requestId, url, startedAt: undefined, isNew: true, isOpening: true, heard: 0 });
    return id;
  }

  bind(sessionKey: string, requestId: string, id: ConnectionId, url: string, heard = 0): void {
    this.#put({ id, sessionKey, requestId, url, startedAt: undefined, isNew: false, isOpening: false, heard });
  }

  #put(socket: Socket): void {
    const place = placeOf(socket.sessionKey, socket.requestId);
    this.#sockets.set(place, socket);
    this.#places.set(socket.id, place);
    this.onOpenChanged();
  }

  /** The handshake of a socket is over. */
  setOpened(id: ConnectionId): void {
    const socket = this.#sockets.get(this.#places.get(id) ?? "");
    if (socket?.isOpening !== true) return;
    socket.isOpening = false;
    this.onOpenChanged();
  }

  /** How Chrome calls a socket that has not ended; undefined where it has, or has no requestId. */
  placeOf(id: ConnectionId): Readonly<Pick<Socket, "sessionKey" | "requestId" | "url">> | undefined {
    return this.#sockets.get(this.#places.get(id) ?? "");
  }

  /** When Chrome first spoke of a socket. */
  setStart(id: ConnectionId, time: MonotonicSeconds): void {
    const socket = this.#sockets.get(this.#places.get(id) ?? "");
    if (socket === undefined) return;
    socket.startedAt = time;
    socket.isNew = false;
  }

  /** The URL of a socket becomes known later than itself. */
  rename(id: ConnectionId, url: string): void {
    const socket = this.#sockets.get(this.#places.get(id) ?? "");
    if (socket === undefined) return;
    socket.url = url;
    this.onOpenChanged();
  }

  /** Wall time minus CDP's monotonic time, in seconds, as DevTools' log counts for this socket from begin to end. */
  setClockOffset(id: ConnectionId, offset: number): void {
    this.#offsets.set(id, offset);
  }

  /** The same; undefined where it is not known. */
  clockOffsetOf(id: ConnectionId): number | undefined {
    return this.#offsets.get(id);
  }

  /** A message of a connection comes from DevTools' log. */
  noteFilled(id: ConnectionId, time: MonotonicSeconds): void {
    this.#filledUntil.set(id, time);
  }

  /** The time of a frame that is heard: none stands before what the log told, which was there before it. */
  timeOfHeard(id: ConnectionId, time: MonotonicSeconds): MonotonicSeconds {
    const until = this.#filledUntil.size === 0 ? undefined : this.#filledUntil.get(id);
    if (until === undefined) return time;
    if (time < until && until - time <= MOST_BESIDE) return until;
    this.#filledUntil.delete(id);
    return time;
  }

  /** What names a socket in DevTools' log too (`LoggedSocket.key`). */
  nameHandshake(key: string, id: ConnectionId): void {
    this.#handshakes.set(key, id);
    if (this.#handshakes.size <= MOST_HANDSHAKES) return;
    this.#handshakes.delete(this.#oldestHandshake);
    this.#forgottenHandshakes++;
  }

  /** Handshakes of sockets that have ended, past the bound: DevTools' log may hold sockets that were known. */
  get forgottenHandshakes(): number {
    return this.#forgottenHandshakes;
  }

  /** Of the oldest some, the first whose socket has ended: those that are open are few, and stand in between. */
  get #oldestHandshake(): string {
    let looked = 0;
    for (const [key, id] of this.#handshakes) {
      if (!this.#places.has(id)) return key;
      if (++looked === MOST_LOOKED_AT) break;
    }
    return this.#handshakes.keys().next().value as string;
  }

  ofHandshake(key: string): ConnectionId | undefined {
    return this.#handshakes.get(key);
  }

  /** The sockets of a session that have not ended. */
  openOf(sessionKey: string): readonly Readonly<Pick<Socket, "id" | "requestId" | "url" | "startedAt" | "isNew">>[] {
    return [...this.#sockets.values()].filter((socket) => socket.sessionKey === sessionKey);
  }

  /** All sockets that have not ended. */
  get open(): readonly Readonly<Pick<Socket, "id" | "url" | "isOpening">>[] {
    return [...this.#sockets.values()];
  }

  /** The keys of the handshakes of these, where they are known. */
  handshakesOf(sessionKey: string): readonly string[] {
    const open = new Set(this.openOf(sessionKey).map(({ id }) => id));
    return [...this.#handshakes].flatMap(([key, id]) => (open.has(id) ? key : []));
  }

  /** The sessions that have sockets which have not ended. */
  get sessionKeys(): ReadonlySet<string> {
    return new Set([...this.#sockets.values()].map(({ sessionKey }) => sessionKey));
  }

  find(sessionKey: string, requestId: string): ConnectionId | undefined {
    return this.#sockets.get(placeOf(sessionKey, requestId))?.id;
  }

  /** The same, and one more frame or error of it is counted. */
  hear(sessionKey: string, requestId: string): ConnectionId | undefined {
    const socket = this.#sockets.get(placeOf(sessionKey, requestId));
    if (socket === undefined) return undefined;
    socket.heard++;
    return socket.id;
  }

  /** So many more of its frames are in our log without having been heard; or fewer, where they are heard after all. */
  addHeard(id: ConnectionId, count: number): void {
    const socket = this.#sockets.get(this.#places.get(id) ?? "");
    if (socket !== undefined) socket.heard += count;
  }

  /** Frames and errors heard of a socket that has not ended; undefined where it has, or has no requestId. */
  heardOf(id: ConnectionId): number | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#sockets.get(place)?.heard;
  }

  /** The URL of a socket that has not ended; empty where it is not known. */
  urlOf(id: ConnectionId): string {
    return this.#sockets.get(this.#places.get(id) ?? "")?.url ?? "";
  }

  /** Forgets a socket that has ended; answers it, or undefined where it was not known. */
  end(sessionKey: string, requestId: string): ConnectionId | undefined {
    return this.#end(placeOf(sessionKey, requestId));
  }

  /** The same by its number. */
  endConnection(id: ConnectionId): void {
    const place = this.#places.get(id);
    this.#filledUntil.delete(id);
    if (place !== undefined) this.#end(place);
  }

  /** Forgets every socket of a session; answers those it had. */
  endSession(sessionKey: string): ConnectionId[] {
    const ended = this.openOf(sessionKey).map(({ id }) => id);
    for (const id of ended) this.endConnection(id);
    return ended;
  }

  #end(place: string): ConnectionId | undefined {
    const id = this.#sockets.get(place)?.id;
    this.#sockets.delete(place);
    if (id !== undefined) {
      this.#places.delete(id);
      this.#offsets.delete(id);
      this.#filledUntil.delete(id);
      this.onOpenChanged();
    }
    return id;
  }
}

const placeOf = (sessionKey: string, requestId: string): string => `${sessionKey} ${requestId}`;
