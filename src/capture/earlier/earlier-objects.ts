import type { SynthesisedEnd } from "../../model/capture-batch.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { Session } from "../attach/target-tree.ts";
import { readCreated } from "../sources/cdp-events.ts";
import type { SocketEvents } from "../sources/socket-events.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";
import type { Earlier, EarlierList } from "./earlier-list.ts";
import { oneOf, type EarlierRows } from "./earlier-rows.ts";
import { isAlike, type LiveSocket } from "./live-sockets.ts";
import type { HeldEvent } from "./orphan-names.ts";
import type { SpeakingSockets } from "./speaking-sockets.ts";

/** What the page's objects are held against. */
export interface EarlierObjectsEdges {
  readonly sockets: SocketEvents;
  readonly rows: EarlierRows;
  readonly registry: SocketRegistry;
  readonly list: EarlierList;
  readonly speaking: SpeakingSockets;
  /** Events that wait until the search is over. */
  readonly held: () => readonly HeldEvent[];
}

/** What the page's own objects say of its sockets from before: which there are, which are over, and what those are called that speak without a name. */
export class EarlierObjects {
  readonly #edges: EarlierObjectsEdges;

  constructor(edges: EarlierObjectsEdges) {
    this.#edges = edges;
  }

  /**
   * Adds what the log does not have: as many of one URL as there are more than are known. `why`: the session was
   * listened to before, so what is known and lives no more has ended since.
   */
  add(session: Session, sockets: readonly LiveSocket[], claimed: Set<Earlier>, why: SynthesisedEnd | undefined): void {
    if (why !== undefined) {
      const left = sockets.map(({ url }) => url);
      // The latest first: of several with one URL, those that a page before it opened are the older ones.
      for (const { id, url } of this.#edges.registry.openOf(session.key).toReversed()) {
        const at = left.indexOf(url);
        // While nobody listened, any of them may have ended.
        if (at < 0 && (why === "navigation" || !sockets.some((socket) => socket.url === url))) this.#edges.sockets.endConnection(id, why);
        else if (at >= 0) left.splice(at, 1);
      }
    }
    const known = this.#edges.sockets.openUrls(session.key);
    for (const { session: of, method, params } of this.#edges.held()) {
      const created = of.key === session.key && method === "Network.webSocketCreated" ? readCreated(params) : undefined;
      if (created !== undefined) known.push(created.url);
    }
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
    for (const socket of this.#giveNames(session, left)) {
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
  #giveNames(session: Session, sockets: readonly LiveSocket[]): readonly LiveSocket[] {
    const unnamed = this.#edges.registry.openOf(session.key).filter(({ url }) => url === "");
    const [first] = sockets;
    if (first === undefined || unnamed.length === 0) return sockets;
    if (sockets.every((one) => isAlike(one, first))) {
      for (const { id } of unnamed) this.takeName(session, id, first);
      return sockets.slice(unnamed.length);
    }
    const which = oneOf(sockets.map(({ url }) => url));
    for (const { id } of unnamed) this.#edges.rows.note(session, id, which);
    return sockets.length > unnamed.length ? sockets : [];
  }
}
