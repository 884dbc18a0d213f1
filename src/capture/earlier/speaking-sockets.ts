import type { Direction } from "../../model/frame.ts";
import type { ConnectionId } from "../../model/units.ts";
import { hasChildFrames, readBreakpointId, readFrame, readObjectId, readScriptBytes, readSocketMoment, readValue } from "../sources/cdp-events.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import type { LiveSocket } from "./live-sockets.ts";
import type { Realms } from "../attach/realms.ts";
import { beginNotes, declareNotes, endNotes, FUNCTIONS, noteOf, noteWhen, readNotes, TAKE_NOTES, type SpeakerNote } from "./speaker-notes.ts";
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
const GROUP = "framescope-speakers";

export interface SpeakingEdges {
  readonly api: DebuggerApi;
  readonly realms: Realms;
  /** A name for what is noted in a page, which nobody can guess. */
  readonly name: string;
  readonly sourceOf: (session: Session) => DebugSource | undefined;
  /** Whether DevTools has had the scripts of this target read. */
  readonly isInDevTools: (source: DebugSource) => boolean;
  readonly named: (session: Session, connection: ConnectionId, address: LiveSocket) => void;
  /** It will not be named. */
  readonly gaveUp: (session: Session, connection: ConnectionId) => void;
}

/** One target in which a socket speaks whose address is not known. */
interface Watch {
  readonly session: Session;
  readonly source: DebugSource;
  /** By requestId. */
  readonly unnamed: Map<string, ConnectionId>;
  /** Sockets of the page that have a name. */
  readonly taken: Set<string>;
  /** What passed since the watch began, as Chrome tells it, and as the page's own functions do. */
  heard: HeardMessage[];
  notes: SpeakerNote[];
  readonly realms: { readonly key: string; readonly place: object; readonly objectId: string }[];
  readonly listensTo: Set<Direction>;
  calls: number;
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
      void this.#read(known);
      return;
    }
    const source = this.#edges.sourceOf(session);
    if (source === undefined) {
      this.#edges.gaveUp(session, connection);
      return;
    }
    const watch: Watch = {
      session,
      source,
      unnamed: new Map([[requestId, connection]]),
      taken: new Set(),
      heard: [],
      notes: [],
      realms: [],
      listensTo: new Set(),
      calls: 0,
      isReading: false,
      isStale: false,
      isHeld: false,
      isOver: false,
    };
    this.#watches.set(session.key, watch);
    void this.#begin(watch, direction);
  }

  /** A WebSocket event of Chrome's, while `isListening`. */
  hear({ key }: Session, method: string, params: unknown): void {
    const watch = this.#watches.get(key);
    if (watch === undefined) return;
    if (method === "Network.webSocketClosed") {
      this.#forget(watch, readSocketMoment(params).requestId);
      return;
    }
    const direction = method === "Network.webSocketFrameSent" ? "sent" : method === "Network.webSocketFrameReceived" ? "received" : undefined;
    const frame = direction === undefined ? undefined : readFrame(params);
    if (direction === undefined || frame === undefined) return;
    const { requestId } = frame;
    watch.heard.push({ requestId, message: noteOf(direction, frame.opcode, frame.payloadData) });
    if (watch.heard.length > MOST_FRAMES) return this.#giveUp(watch);
    if (!watch.unnamed.has(requestId) || watch.realms.length === 0) return;
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

  async #begin(watch: Watch, direction: Direction): Promise<void> {
    const { api, realms, name } = this.#edges;
    const { source } = watch;
    try {
      if (!(await this.#isSoonEnabled(source))) throw new Error("The page would stand still.");
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
      if (watch.realms.length === 0 || watch.isOver) throw new Error("Nobody to ask.");
      const enabled = api.send(source, "Debugger.enable");
      // Right behind it: without, the page would stop at a `debugger` statement for us.
      await Promise.all([enabled, api.send(source, "Debugger.setSkipAllPauses", { skip: true })]);
      await this.#listen(watch, direction);
      if (watch.listensTo.size === 0) await this.#listen(watch, direction === "sent" ? "received" : "sent");
      if (watch.listensTo.size === 0) throw new Error("The page's functions are none of Chrome's.");
    } catch {
      this.#giveUp(watch);
    }
    if (watch.isOver) this.#release(watch);
  }

  /** One function serves all realms of a process. Chrome looks through the heap for it, 20 ms for a million objects. */
  async #listen(watch: Watch, direction: Direction): Promise<void> {
    const { api, name } = this.#edges;
    const { source, realms, listensTo } = watch;
    listensTo.add(direction);
    try {
      const objectId = readObjectId(await api.send(source, "Runtime.evaluate", { expression: FUNCTIONS[direction], silent: true, objectGroup: GROUP, ...realms[0]?.place }));
      const set = await api.send(source, "Debugger.setBreakpointOnFunctionCall", { objectId, condition: noteWhen(name, direction) });
      if (readBreakpointId(set) === undefined) listensTo.delete(direction);
    } catch {
      listensTo.delete(direction);
    }
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
      if (!watch.isOver) this.#name(watch);
    }
    watch.isReading = false;
  }

  #name(watch: Watch): void {
    const { unnamed, taken, heard, notes, session } = watch;
    for (const [requestId, { socket, address }] of matchSpeakers(heard, notes, new Set(unnamed.keys()), taken)) {
      const connection = unnamed.get(requestId);
      if (connection === undefined) continue;
      taken.add(socket);
      this.#edges.named(session, connection, address);
      this.#forget(watch, requestId);
    }
  }

  #forget(watch: Watch, requestId: string): void {
    watch.unnamed.delete(requestId);
    if (watch.unnamed.size === 0) this.#end(watch);
  }

  #giveUp(watch: Watch): void {
    if (watch.isOver) return;
    for (const connection of watch.unnamed.values()) this.#edges.gaveUp(watch.session, connection);
    this.#end(watch);
  }

  #end(watch: Watch): void {
    this.#watches.delete(watch.session.key);
    watch.isOver = true;
    // Before that it is still beginning, and is released at the end of that.
    if (watch.listensTo.size > 0) this.#release(watch);
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
