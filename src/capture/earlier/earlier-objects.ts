import type { SynthesisedEnd } from "../../model/capture-batch.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { DebugSource } from "../debugger-api.ts";
import type { Session } from "../attach/target-tree.ts";
import type { SocketEvents } from "../sources/socket-events.ts";
import type { Earlier, EarlierList } from "./earlier-list.ts";
import { oneOf, type EarlierRows } from "./earlier-rows.ts";
import { isAlike, type FoundSockets, type LiveSocket } from "./live-sockets.ts";
import { SocketLook, type LookEdges } from "./socket-look.ts";
import type { SpeakingSockets } from "./speaking-sockets.ts";

/** What the page's objects are held against. */
export interface EarlierObjectsEdges extends LookEdges {
  readonly sockets: SocketEvents;
  readonly rows: EarlierRows;
  readonly list: EarlierList;
  readonly speaking: SpeakingSockets;
}

/** What a look found; undefined where nobody could look. */
export interface Looked {
  readonly look: SocketLook;
  readonly found: FoundSockets | undefined;
}

/** What the page's own objects say of its sockets from before: which there are, which are over, and what those are called that speak without a name. */
export class EarlierObjects {
  readonly #edges: EarlierObjectsEdges;
  /** Those that are under way. */
  readonly #looks = new Set<SocketLook>();

  constructor(edges: EarlierObjectsEdges) {
    this.#edges = edges;
  }

  /** Looks through the objects of these targets; `add` is to follow for each. */
  look(targets: readonly { readonly source: DebugSource; readonly session: Session }[], find: (source: DebugSource) => Promise<FoundSockets | undefined>): Promise<readonly Looked[]> {
    return Promise.all(
      targets.map(async ({ source, session }) => {
        const look = new SocketLook(session, this.#edges);
        this.#looks.add(look);
        return { look, found: await find(source) };
      }),
    );
  }

  /** The attachment ends. */
  clear(): void {
    this.#looks.clear();
  }

  /** Whether events are to be told of. */
  get isLooking(): boolean {
    return this.#looks.size > 0;
  }

  /** An event of Chrome's, as it comes. */
  hear({ key }: Session, method: string, params: unknown): void {
    for (const look of this.#looks) if (look.session.key === key) look.hear(method, params);
  }

  /** A socket from before, which no event named, has closed. */
  closed({ key }: Session, requestId: string, url: string): void {
    for (const look of this.#looks) if (look.session.key === key) look.tell(requestId, url);
  }

  /** What was found in a session is over with it. */
  endSession(sessionKey: string): void {
    for (const look of this.#looks) if (look.session.key === sessionKey) look.isOver = true;
  }

  /**
   * Adds what the log does not have: as many of one URL as there are more than are known. `why`: the session was
   * listened to before, so what is known and lives no more has ended since.
   */
  add(look: SocketLook, sockets: readonly LiveSocket[], claimed: Set<Earlier>, why: SynthesisedEnd | undefined): void {
    this.#looks.delete(look);
    if (look.isOver || look.isFull) return;
    const { session } = look;
    if (why !== undefined) {
      const left = sockets.map(({ url }) => url);
      for (const url of look.told) if (left.includes(url)) left.splice(left.indexOf(url), 1);
      // The latest first: of several with one URL, those that a page before it opened are the older ones.
      for (const { id, requestId, url } of this.#edges.registry.openOf(session.key).toReversed()) {
        // Of what came since, or has closed, Chrome tells.
        if (!look.stayed(requestId)) continue;
        const at = left.indexOf(url);
        // While nobody listened, any of them may have ended.
        if (at < 0 && (why === "navigation" || !sockets.some((socket) => socket.url === url))) this.#edges.sockets.endConnection(id, why);
        else if (at >= 0) left.splice(at, 1);
      }
    }
    const { known } = look;
    const left: LiveSocket[] = [];
    for (const socket of sockets) {
      const at = known.indexOf(socket.url);
      if (at >= 0) {
        known.splice(at, 1);
        continue;
      }
      const logged = this.#edges.list.all.find((one) => !claimed.has(one) && (one.sessionKey ?? session.key) === session.key && one.url === socket.url);
      if (logged !== undefined) {
        claimed.add(logged);
        continue;
      }
      left.push(socket);
    }
    for (const socket of this.#giveNames(look, left)) {
      const added = { connection: this.#edges.rows.addUnseen(session, socket), url: socket.url, sessionKey: session.key, socket };
      this.#edges.list.addLive(added);
      claimed.add(added);
    }
  }

  /** A socket that speaks is known now; where it was found silent before, that one is it. */
  takeName(session: Session, connection: ConnectionId, address: LiveSocket): void {
    this.#edges.speaking.forget(session.key, connection);
    const twin = this.#edges.list.liveOf(session.key).find(({ socket }) => isAlike(socket, address));
    if (twin !== undefined) {
      this.#edges.list.remove((one) => one === twin);
      this.#edges.rows.withdraw(twin.connection);
    }
    this.#edges.rows.name(connection, address);
  }

  /** Ends what lives no more in the sessions that were looked into, `there`, or in no session that is known. */
  endGone(there: ReadonlySet<string>, claimed: ReadonlySet<Earlier>, why: SynthesisedEnd): void {
    const urls = new Set([...claimed].map(({ url }) => url));
    // Of several with one URL it is not known which are left.
    const gone = this.#edges.list.remove(
      (one) => (one.sessionKey === undefined || there.has(one.sessionKey)) && !claimed.has(one) && !urls.has(one.url),
    );
    for (const { connection } of gone) this.#edges.sockets.endConnection(connection, why);
  }

  /** Those that speak without a name are among these objects of their page; answers those that are silent. */
  #giveNames({ session, told }: SocketLook, sockets: readonly LiveSocket[]): readonly LiveSocket[] {
    const unnamed = this.#edges.registry.openOf(session.key).filter(({ url }) => url === "");
    // Some may have closed since.
    const count = unnamed.length + told.filter((url) => url === "").length;
    const [first] = sockets;
    if (first === undefined || count === 0) return sockets;
    if (sockets.every((one) => isAlike(one, first))) {
      for (const { id } of unnamed) this.takeName(session, id, first);
      return sockets.slice(count);
    }
    const which = oneOf(sockets.map(({ url }) => url));
    for (const { id } of unnamed) this.#edges.rows.note(session, id, which);
    return sockets.length > count ? sockets : [];
  }
}
