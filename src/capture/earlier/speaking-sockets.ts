import type { Direction } from "../../model/frame.ts";
import type { ConnectionId } from "../../model/units.ts";
import { hasChildFrames, readBreakpointId, readFrame, readObjectId, readScriptBytes, readSocketMoment, readValue } from "../sources/cdp-events.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import type { LiveSocket } from "./live-sockets.ts";
import type { Realms } from "../attach/realms.ts";
import { BEGIN_NOTES, beginNotes, declareNotes, endNotes, FUNCTIONS, noteOf, noteWhen, readNotes, SOCKET_OF, TAKE_NOTES, type SpeakerNote } from "./speaker-notes.ts";
import { matchSpeakers, type HeardMessage } from "./match-speakers.ts";
import type { Session } from "../attach/target-tree.ts";

/**
 * Without DevTools, which has had all scripts read already, `Debugger.enable` reads them while the page stands still:
 * 35 ms a megabyte.
 */
const MOST_SCRIPT_BYTES = 1_500_000;
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
const GROUP = "framescope-speakers";
/** Handles of sockets that somebody keeps. */
export const KEPT_GROUP = "framescope-sockets";

/** An object of a page's, by its handle. */
export interface PageObject {
  readonly source: DebugSource;
  readonly objectId: string;
}

/** Told once: the socket's object, or why it will not be found. */
export type Found = (socket: PageObject | "ended" | "given up") => void;

export interface SpeakingEdges {
  readonly api: DebuggerApi;
  readonly realms: Realms;
  /** A name for what is noted in a page, which nobody can guess. */
  readonly name: string;
  readonly sourceOf: (session: Session) => DebugSource | undefined;
  /** Whether DevTools has had the scripts of this target read. */
  readonly isInDevTools: (source: DebugSource) => boolean;
  readonly later: (callback: () => void, milliseconds: number) => void;
  readonly named: (session: Session, connection: ConnectionId, address: LiveSocket) => void;
  /** It will not be named. */
  readonly gaveUp: (session: Session, connection: ConnectionId) => void;
}

/** What became of asking a target. */
type Begun = "listening" | "not yet" | "never";

/** One target in which a socket speaks whose address is not known. */
interface Watch {
  readonly session: Session;
  readonly source: DebugSource;
  /** By requestId. */
  readonly unnamed: Map<string, ConnectionId>;
  /** The sockets whose objects are wanted, by requestId. */
  readonly sought: Map<string, Set<Found>>;
  /** Which socket of the page's each requestId is, as far as it is known. */
  readonly known: Map<string, string>;
  /** What passed since the watch began, as Chrome tells it, and as the page's own functions do. */
  heard: HeardMessage[];
  notes: SpeakerNote[];
  readonly realms: { readonly key: string; readonly place: object; readonly objectId: string }[];
  /** How many frames had been heard when a realm began to note those of a direction, by both. */
  readonly from: Map<string, number>;
  readonly listensTo: Set<Direction>;
  calls: number;
  /** How often it was asked in vain. */
  tries: number;
  /** Addresses alone are no haste. */
  isSettling: boolean;
  isBeginning: boolean;
  wantsBoth: boolean;
  isReading: boolean;
  isStale: boolean;
  isHeld: boolean;
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
      if (!isIdle(known)) void this.#read(known);
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
      if (isIdle(watch) && !watch.isOver) void this.#begin(watch, direction);
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
    watch.wantsBoth = true;
    const seekers = watch.sought.get(requestId) ?? new Set();
    watch.sought.set(requestId, seekers.add(found));
    if (isIdle(watch)) void this.#begin(watch, "received");
    else if (watch.listensTo.size > 0) void this.#listenToBoth(watch).then(() => this.#read(watch));
    return () => {
      if (!seekers.delete(found) || seekers.size > 0 || watch.sought.get(requestId) !== seekers) return;
      watch.sought.delete(requestId);
      this.#endIfDone(watch);
    };
  }

  #add(session: Session): Watch | undefined {
    const source = this.#edges.sourceOf(session);
    if (source === undefined) return undefined;
    const watch: Watch = {
      session,
      source,
      unnamed: new Map(),
      sought: new Map(),
      known: new Map(),
      heard: [],
      notes: [],
      realms: [],
      from: new Map(),
      listensTo: new Set(),
      calls: 0,
      tries: 0,
      isSettling: false,
      isBeginning: false,
      wantsBoth: false,
      isReading: false,
      isStale: false,
      isHeld: false,
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
    if (isIdle(watch) && (watch.isSettling || !isWanted)) return;
    watch.heard.push({ requestId, message: noteOf(direction, frame.opcode, frame.payloadData) });
    if (watch.heard.length > MOST_FRAMES) return this.#giveUp(watch);
    if (!isWanted) return;
    if (isIdle(watch)) void this.#begin(watch, direction);
    if (watch.realms.length === 0) return;
    void this.#read(watch);
    if (watch.listensTo.has(direction)) return;
    if (watch.heard.filter((one) => one.requestId === requestId).length >= FRAMES_TO_WIDEN) void this.#listen(watch, direction);
  }

  /** Chrome told of a script: each call of the condition is one. */
  called({ key }: Session): void {
    const watch = this.#watches.get(key);
    if (watch === undefined || watch.listensTo.size === 0) return;
    if (++watch.calls > MOST_CALLS) this.#giveUp(watch);
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
    watch.isBeginning = true;
    const begun = await this.#ask(watch, direction).catch((): Begun => "not yet");
    watch.isBeginning = false;
    if (begun === "not yet") {
      watch.tries++;
      // Who seeks a socket waits for an answer, and can ask again.
      this.#tellAll(watch, "given up");
      this.#endIfDone(watch);
    }
    if (begun === "never" || watch.tries === MOST_TRIES) this.#giveUp(watch);
    if (begun !== "listening" || watch.isOver) this.#release(watch);
  }

  /** Rejects where the target does not answer. */
  async #ask(watch: Watch, direction: Direction): Promise<Begun> {
    const { api, realms, name } = this.#edges;
    const { source } = watch;
    // It would stand still.
    if (!(await this.#isSoonEnabled(source))) return "never";
    const tree = await api.send(source, "Page.getFrameTree").catch(() => undefined);
    watch.isHeld = true;
    // Where there is but one document, Chrome need not be asked which there are.
    const told = hasChildFrames(tree) ? await realms.hold(source) : realms.keep(source);
    const places = told.length === 0 ? [{}] : told.filter(({ isMain }) => isMain).map(({ uniqueId }) => ({ uniqueContextId: uniqueId }));
    for (const [i, place] of places.entries()) {
      await api.send(source, "Runtime.evaluate", { expression: declareNotes(name), silent: true, ...place });
      const objectId = readObjectId(await api.send(source, "Runtime.evaluate", { expression: beginNotes(name), silent: true, objectGroup: GROUP, ...place }));
      if (objectId !== undefined) watch.realms.push({ key: String(i), place, objectId });
    }
    if (watch.realms.length === 0 || watch.isOver) return "not yet";
    const enabled = api.send(source, "Debugger.enable");
    // Right behind it: without, the page would stop at a `debugger` statement for us.
    await Promise.all([enabled, api.send(source, "Debugger.setSkipAllPauses", { skip: true })]);
    await this.#listen(watch, direction);
    if (watch.wantsBoth) await this.#listenToBoth(watch);
    if (watch.listensTo.size === 0) await this.#listen(watch, direction === "sent" ? "received" : "sent");
    // The page's functions are none of Chrome's.
    return watch.listensTo.size === 0 ? "never" : "listening";
  }

  /** One function serves all realms of a process. Chrome looks through the heap for it, 20 ms for a million objects. */
  async #listen(watch: Watch, direction: Direction): Promise<void> {
    const { api, name } = this.#edges;
    const { source, realms, listensTo } = watch;
    listensTo.add(direction);
    try {
      const objectId = readObjectId(await api.send(source, "Runtime.evaluate", { expression: FUNCTIONS[direction], silent: true, objectGroup: GROUP, ...realms[0]?.place }));
      const set = await api.send(source, "Debugger.setBreakpointOnFunctionCall", { objectId, condition: noteWhen(name, direction) });
      if (readBreakpointId(set) === undefined) throw new Error("It is none of Chrome's functions.");
      for (const { key, objectId: notes } of realms) {
        await api.send(source, "Runtime.callFunctionOn", { objectId: notes, functionDeclaration: BEGIN_NOTES, arguments: [{ value: direction === "sent" }] });
        // Chrome keeps the order: what is heard from here on is noted.
        watch.from.set(`${key} ${direction}`, watch.heard.length);
      }
    } catch {
      listensTo.delete(direction);
    }
  }

  async #listenToBoth(watch: Watch): Promise<void> {
    for (const direction of ["received", "sent"] as const) if (!watch.listensTo.has(direction)) await this.#listen(watch, direction);
  }

  async #isSoonEnabled(source: DebugSource): Promise<boolean> {
    const { api, isInDevTools } = this.#edges;
    if (isInDevTools(source)) return true;
    // A worker has no resources, and stands still alone.
    const tree = await api.send(source, "Page.getResourceTree").catch(() => undefined);
    return readScriptBytes(tree) <= MOST_SCRIPT_BYTES;
  }

  /** Takes what was noted, and names what that tells. */
  async #read(watch: Watch): Promise<void> {
    watch.isStale = true;
    if (watch.isReading) return;
    watch.isReading = true;
    const { api } = this.#edges;
    while (watch.isStale && !watch.isOver) {
      watch.isStale = false;
      for (const { key, objectId } of watch.realms) {
        const answer = await api.send(watch.source, "Runtime.callFunctionOn", { objectId, functionDeclaration: TAKE_NOTES, returnByValue: true }).catch(() => undefined);
        watch.notes.push(...readNotes(readValue(answer), key));
      }
      if (!watch.isOver) await this.#name(watch);
    }
    watch.isReading = false;
  }

  async #name(watch: Watch): Promise<void> {
    const { unnamed, sought, known, heard, notes, session } = watch;
    const wanted = new Set([...unnamed.keys(), ...sought.keys()].filter((requestId) => !known.has(requestId)));
    const addresses = new Map<string, LiveSocket>();
    for (const [requestId, { socket, address }] of matchSpeakers(heard, notes, wanted, new Set(known.values()), watch.from)) {
      known.set(requestId, socket);
      addresses.set(requestId, address);
    }
    for (const [requestId, seekers] of sought) {
      const socket = known.get(requestId);
      for (const found of socket === undefined ? [] : [...seekers]) {
        // To each a handle of its own, to give back.
        const object = await this.#objectOf(watch, socket ?? "");
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

  async #objectOf({ source, realms }: Watch, socket: string): Promise<PageObject | undefined> {
    const [key, id] = socket.split(" ");
    const realm = realms.find((one) => one.key === key);
    if (realm === undefined) return undefined;
    const call = { objectId: realm.objectId, functionDeclaration: SOCKET_OF, arguments: [{ value: Number(id) }], objectGroup: KEPT_GROUP };
    const objectId = readObjectId(await this.#edges.api.send(source, "Runtime.callFunctionOn", call).catch(() => undefined));
    return objectId === undefined ? undefined : { source, objectId };
  }

  #forget(watch: Watch, requestId: string): void {
    watch.unnamed.delete(requestId);
    this.#endIfDone(watch);
  }

  #endIfDone(watch: Watch): void {
    if (watch.unnamed.size === 0 && watch.sought.size === 0) this.#end(watch);
  }

  #giveUp(watch: Watch): void {
    if (watch.isOver) return;
    for (const connection of watch.unnamed.values()) this.#edges.gaveUp(watch.session, connection);
    this.#tellAll(watch, "given up");
    this.#end(watch);
  }

  #end(watch: Watch): void {
    if (watch.isOver) return;
    this.#watches.delete(watch.session.key);
    watch.isOver = true;
    this.#tellAll(watch, "ended");
    // Before that it is still beginning, and is released at the end of that.
    if (watch.listensTo.size > 0) this.#release(watch);
  }

  /** Those who seek one socket, or any. */
  #tellAll({ sought }: Watch, why: "ended" | "given up", requestId?: string): void {
    const told = requestId === undefined ? [...sought] : [...sought].filter(([one]) => one === requestId);
    for (const [one, seekers] of told) {
      sought.delete(one);
      for (const found of seekers) found(why);
    }
  }

  /** The page is as it was; what is gone already needs no releasing. */
  #release(watch: Watch): void {
    const { api, realms, name } = this.#edges;
    const { source } = watch;
    if (!watch.isHeld) return;
    watch.isHeld = false;
    const quietly = (method: string, params = {}): void => void api.send(source, method, params).catch(() => {});
    quietly("Debugger.disable");
    for (const { place } of watch.realms.splice(0)) quietly("Runtime.evaluate", { expression: endNotes(name), silent: true, ...place });
    quietly("Runtime.releaseObjectGroup", { objectGroup: GROUP });
    realms.release(source);
  }
}

/** It could not be asked yet: the next frame is a reason to try again. */
const isIdle = ({ isBeginning, listensTo }: Watch): boolean => !isBeginning && listensTo.size === 0;
