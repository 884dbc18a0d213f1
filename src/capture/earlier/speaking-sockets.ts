import type { Direction } from "../../model/frame.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { Session } from "../attach/target-tree.ts";
import type { DebugSource } from "../debugger-api.ts";
import type { PageObject } from "../page-object.ts";
import { readFrame, readSocketMoment } from "../sources/cdp-events.ts";
import { ListenedTarget, type ListeningEdges } from "./listened-target.ts";
import type { LiveSocket } from "./live-sockets.ts";
import { matchSpeakers, type HeardMessage } from "./match-speakers.ts";
import { noteOf, type SpeakerNote } from "./speaker-notes.ts";

/** Calls that are looked at for one name: each takes 0.1 ms of the page's time, and DevTools is told of a script. */
const MOST_CALLS = 1000;
/** Frames of a socket without a name, after which the other function is listened to as well. */
const FRAMES_TO_WIDEN = 5;
/** Frames of all sockets of a target, after which it is no use. */
const MOST_FRAMES = 2000;
/** The panel is being drawn while the capture begins: what keeps the page from its core waits for that. */
const SETTLE_MS = 500;
/** How often a target is asked that cannot answer yet, as a worker that is only starting. */
const MOST_TRIES = 4;

/** Why a socket's object will not be found: it has ended, too much passed meanwhile, or its target cannot be listened to. */
export type NotFound = "ended" | "too busy" | "not listened to";
/** Told once: the socket's object, or why it will not be found. */
export type Found = (socket: PageObject | NotFound) => void;

export interface SpeakingEdges extends ListeningEdges {
  readonly sourceOf: (session: Session) => DebugSource | undefined;
  readonly later: (callback: () => void, milliseconds: number) => void;
  readonly named: (session: Session, connection: ConnectionId, address: LiveSocket) => void;
  /** It will not be named. */
  readonly gaveUp: (session: Session, connection: ConnectionId) => void;
}

/** One target in which a socket speaks whose address is not known. */
interface Watch {
  readonly session: Session;
  readonly target: ListenedTarget;
  /** By requestId. */
  readonly unnamed: Map<string, ConnectionId>;
  /** The sockets whose objects are wanted, by requestId. */
  readonly sought: Map<string, Set<Found>>;
  /** Which socket of the page's each requestId is, as far as it is known. */
  readonly known: Map<string, string>;
  /** What passed since the watch began, as Chrome tells it, and as the page's own functions do. */
  readonly heard: HeardMessage[];
  readonly notes: SpeakerNote[];
  calls: number;
  /** How often it was asked in vain. */
  tries: number;
  /** Addresses alone are no haste. */
  isSettling: boolean;
  isReading: boolean;
  isStale: boolean;
  isOver: boolean;
}

/**
 * Finds out the address of a socket when it next speaks. Chrome calls a condition whenever the page calls the native
 * `send`, or reads the data of a message; it notes whose, and answers false. So nothing pauses, no heap is walked, and
 * nothing of the page's is replaced. It ends as soon as all names are known.
 */
export class SpeakingSockets {
  readonly #edges: SpeakingEdges;
  readonly #watches = new Map<string, Watch>();

  constructor(edges: SpeakingEdges) {
    this.#edges = edges;
  }

  /** Whether frames are to be told of. */
  get isListening(): boolean {
    return this.#watches.size > 0;
  }

  /** The connections of a session whose addresses are being found. */
  unnamedOf(sessionKey: string): readonly ConnectionId[] {
    return [...(this.#watches.get(sessionKey)?.unnamed.values() ?? [])];
  }

  /** Has the address of a socket found that has just spoken in this direction. */
  watch(session: Session, requestId: string, connection: ConnectionId, direction: Direction): void {
    const known = this.#watches.get(session.key);
    if (known !== undefined) {
      known.unnamed.set(requestId, connection);
      if (!known.target.isIdle) void this.#read(known);
      else if (!known.isSettling) void this.#begin(known, direction);
      return;
    }
    const watch = this.#add(session);
    if (watch === undefined) {
      this.#edges.gaveUp(session, connection);
      return;
    }
    watch.unnamed.set(requestId, connection);
    watch.isSettling = true;
    this.#edges.later(() => {
      watch.isSettling = false;
      if (watch.target.isIdle && !watch.isOver) void this.#begin(watch, direction);
    }, SETTLE_MS);
  }

  /** Has the address of a socket found once it speaks, whichever way. Until then nobody listens. */
  expect(session: Session, requestId: string, connection: ConnectionId): void {
    const watch = this.#watches.get(session.key) ?? this.#add(session);
    if (watch === undefined) this.#edges.gaveUp(session, connection);
    else watch.unnamed.set(requestId, connection);
  }

  /** Has the object of a socket found that is to speak next, whichever way. Answers what ends the search. */
  seek(session: Session, requestId: string, found: Found): () => void {
    const before = this.#watches.get(session.key);
    const watch = before ?? this.#add(session);
    if (watch === undefined) {
      found("ended");
      return () => {};
    }
    const seekers = watch.sought.get(requestId) ?? new Set();
    watch.sought.set(requestId, seekers.add(found));
    const listening = watch.target.listenToBoth();
    void (watch.target.isIdle ? this.#begin(watch, "received") : listening.then(() => this.#read(watch)));
    return () => {
      if (!seekers.delete(found) || seekers.size > 0 || watch.sought.get(requestId) !== seekers) return;
      watch.sought.delete(requestId);
      this.#endIfDone(watch);
    };
  }

  #add(session: Session): Watch | undefined {
    const source = this.#edges.sourceOf(session);
    if (source === undefined) return undefined;
    const heard: HeardMessage[] = [];
    const watch: Watch = {
      session,
      target: new ListenedTarget(this.#edges, source, () => heard.length),
      unnamed: new Map(),
      sought: new Map(),
      known: new Map(),
      heard,
      notes: [],
      calls: 0,
      tries: 0,
      isSettling: false,
      isReading: false,
      isStale: false,
      isOver: false,
    };
    this.#watches.set(session.key, watch);
    return watch;
  }

  /** A WebSocket event of Chrome's, while `isListening`. */
  hear({ key }: Session, method: string, params: unknown): void {
    const watch = this.#watches.get(key);
    if (watch === undefined) return;
    if (method === "Network.webSocketClosed") {
      const { requestId } = readSocketMoment(params);
      this.#tellAll(watch, "ended", requestId);
      this.#forget(watch, requestId);
      return;
    }
    const direction = method === "Network.webSocketFrameSent" ? "sent" : method === "Network.webSocketFrameReceived" ? "received" : undefined;
    const frame = direction === undefined ? undefined : readFrame(params);
    if (direction === undefined || frame === undefined) return;
    const { requestId } = frame;
    const isWanted = watch.unnamed.has(requestId) || watch.sought.has(requestId);
    // What passes while nobody listens says nothing.
    if (watch.target.isIdle && (watch.isSettling || !isWanted)) return;
    watch.heard.push({ requestId, message: noteOf(direction, frame.opcode, frame.payloadData) });
    if (watch.heard.length > MOST_FRAMES) return this.#giveUp(watch, "too busy");
    if (!isWanted) return;
    if (watch.target.isIdle) void this.#begin(watch, direction);
    if (!watch.target.isListening) return;
    void this.#read(watch);
    if (watch.target.listensTo(direction)) return;
    if (watch.heard.filter((one) => one.requestId === requestId).length >= FRAMES_TO_WIDEN) void watch.target.listen(direction);
  }

  /** Chrome told of a script: each call of the condition is one. */
  called({ key }: Session): void {
    const watch = this.#watches.get(key);
    if (watch?.target.isListening !== true) return;
    if (++watch.calls > MOST_CALLS) this.#giveUp(watch, "too busy");
  }

  /** A connection is named otherwise, or has ended. */
  forget(sessionKey: string, connection: ConnectionId): void {
    const watch = this.#watches.get(sessionKey);
    for (const [requestId, id] of watch?.unnamed ?? []) if (watch !== undefined && id === connection) this.#forget(watch, requestId);
  }

  /** Chrome will say nothing more of a session's sockets. */
  endSession(sessionKey: string): void {
    const watch = this.#watches.get(sessionKey);
    if (watch !== undefined) this.#end(watch);
  }

  /** Ends all, and leaves nothing behind in the page. */
  clear(): void {
    for (const watch of this.#watches.values()) this.#end(watch);
  }

  /** Where the target cannot answer yet, it is asked again when a socket next speaks there. */
  async #begin(watch: Watch, direction: Direction): Promise<void> {
    const begun = await watch.target.ask(direction);
    if (begun === "not yet") watch.tries++;
    if (begun === "never" || watch.tries === MOST_TRIES) this.#giveUp(watch, "not listened to");
  }

  /** Takes what was noted, and names what that tells. */
  async #read(watch: Watch): Promise<void> {
    watch.isStale = true;
    if (watch.isReading) return;
    watch.isReading = true;
    while (watch.isStale && !watch.isOver) {
      watch.isStale = false;
      watch.notes.push(...(await watch.target.takeNotes()));
      if (!watch.isOver) await this.#name(watch);
    }
    watch.isReading = false;
  }

  async #name(watch: Watch): Promise<void> {
    const { unnamed, sought, known, heard, notes, session, target } = watch;
    const wanted = new Set([...unnamed.keys(), ...sought.keys()].filter((requestId) => !known.has(requestId)));
    const addresses = new Map<string, LiveSocket>();
    for (const [requestId, { socket, address }] of matchSpeakers(heard, notes, wanted, new Set(known.values()), target.from)) {
      known.set(requestId, socket);
      addresses.set(requestId, address);
    }
    for (const [requestId, seekers] of sought) {
      const socket = known.get(requestId);
      for (const found of socket === undefined ? [] : [...seekers]) {
        // To each a handle of its own, to give back.
        const object = await target.objectOf(socket ?? "");
        // Who sought it may have ended the search meanwhile.
        if (object !== undefined && seekers.delete(found)) found(object);
      }
      if (seekers.size === 0) sought.delete(requestId);
    }
    for (const [requestId, address] of addresses) {
      const connection = unnamed.get(requestId);
      if (connection !== undefined) this.#edges.named(session, connection, address);
      unnamed.delete(requestId);
    }
    this.#endIfDone(watch);
  }

  #forget(watch: Watch, requestId: string): void {
    watch.unnamed.delete(requestId);
    this.#endIfDone(watch);
  }

  #endIfDone(watch: Watch): void {
    if (watch.unnamed.size === 0 && watch.sought.size === 0) this.#end(watch);
  }

  #giveUp(watch: Watch, why: NotFound): void {
    if (watch.isOver) return;
    for (const connection of watch.unnamed.values()) this.#edges.gaveUp(watch.session, connection);
    this.#tellAll(watch, why);
    this.#end(watch);
  }

  #end(watch: Watch): void {
    if (watch.isOver) return;
    this.#watches.delete(watch.session.key);
    watch.isOver = true;
    this.#tellAll(watch, "ended");
    watch.target.end();
  }

  /** Those who seek one socket, or any. */
  #tellAll({ sought }: Watch, why: NotFound, requestId?: string): void {
    const told = requestId === undefined ? [...sought] : [...sought].filter(([one]) => one === requestId);
    for (const [one, seekers] of told) {
      sought.delete(one);
      for (const found of seekers) found(why);
    }
  }
}
