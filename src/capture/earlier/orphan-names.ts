import { monotonicSeconds, type ConnectionId, type MonotonicSeconds } from "../../model/units.ts";
import { readFrame, readSocketMoment } from "../sources/cdp-events.ts";
import type { LoggedSocket } from "./devtools-log.ts";
import type { Earlier, EarlierList, Logged } from "./earlier-list.ts";
import { ADDRESS_UNKNOWN, FROM_LOG, NOT_SEEN, UNTIL_IT_SPEAKS, oneOf, type EarlierRows } from "./earlier-rows.ts";
import { isAlike } from "./live-sockets.ts";
import { matchSocket, type OrphanFrame } from "./match-socket.ts";
import type { SocketEvents } from "../sources/socket-events.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";
import type { SpeakingSockets } from "./speaking-sockets.ts";
import type { SocketLook } from "./socket-look.ts";
import type { Session } from "../attach/target-tree.ts";
import type { ToldFrames } from "./told-frames.ts";
import { say, sentences, type Said } from "../../model/said.ts";

/** What Chrome said of a socket, as it came. */
export interface HeldEvent {
  readonly session: Session;
  readonly method: string;
  readonly params: unknown;
}

/** So often DevTools' log is read for whose the frames are: on a calm machine some three seconds. */
const MOST_READINGS = 20;
/** After so many without a socket that it could be, it is none of the log's. */
const READINGS_WITHOUT = 3;
/** The same while the log has nothing as late as the frame: DevTools on a busy machine hears of it after us. */
const READINGS_BEHIND = 10;
/** What makes a requestId known before its first frame. */
const OPENINGS: ReadonlySet<string> = new Set(["Network.webSocketCreated", "Network.webSocketWillSendHandshakeRequest", "Network.webSocketHandshakeResponseReceived"]);

interface Orphan {
  readonly session: Session;
  readonly requestId: string;
  readonly frames: OrphanFrame[];
}

export interface OrphanEdges {
  readonly list: EarlierList;
  readonly sockets: SocketEvents;
  readonly rows: EarlierRows;
  readonly registry: SocketRegistry;
  readonly told: ToldFrames;
  readonly speaking: SpeakingSockets;
  /** From DevTools' wall time to CDP's clock. */
  readonly monotonic: (time: number) => MonotonicSeconds;
}

/**
 * Finds out whose the frames are whose requestId no event made known. Chrome names a running socket by a requestId that
 * neither DevTools' log nor the page's objects know. One of the log is told by payload and time; where another got the
 * very same payloads, by time alone, which its notice says. One of the objects only where no other is left that differs
 * from it. Else it stands apart until its address is found.
 */
export class OrphanNames {
  readonly #list: EarlierList;
  readonly #sockets: SocketEvents;
  readonly #rows: EarlierRows;
  readonly #registry: SocketRegistry;
  readonly #told: ToldFrames;
  readonly #speaking: SpeakingSockets;
  readonly #monotonic: (time: number) => MonotonicSeconds;
  /** Closings that wait, and are of none of the sockets that live. */
  readonly #closedBefore = new Set<string>();

  constructor({ list, sockets, rows, registry, told, speaking, monotonic }: OrphanEdges) {
    this.#list = list;
    this.#sockets = sockets;
    this.#rows = rows;
    this.#registry = registry;
    this.#told = told;
    this.#speaking = speaking;
    this.#monotonic = monotonic;
  }

  /**
   * Lets the requestId of each held frame be known. `readLog`: DevTools' log as it is once it has settled; undefined
   * where that took too long. How long it goes on is counted in readings, which a busy machine makes longer, and needs.
   */
  async name(held: () => readonly HeldEvent[], readLog: () => Promise<readonly LoggedSocket[] | undefined>): Promise<void> {
    for (let reading = 1; reading <= MOST_READINGS && this.#list.logged.length > 0 && this.#orphans(held()).length > 0; reading++) {
      const log = await readLog();
      if (log === undefined) break;
      // Frames that came since the reading are no part of it, and are compared as far as it goes.
      const open = this.#orphans(held()).filter((orphan) => !this.#matchLogged(orphan, log));
      if (reading >= (this.#isBehind(open, log) ? READINGS_BEHIND : READINGS_WITHOUT) && this.#candidates(open, log) === 0) break;
    }
    for (const orphan of this.#orphans(held())) this.#matchLive(orphan);
  }

  /** A frame of a requestId that no event made known, while no socket from before is known that it could be of. */
  letSpeak(session: Session, method: string, params: unknown): void {
    const frame = readFrame(params);
    const direction = method === "Network.webSocketFrameSent" ? "sent" : "received";
    if (frame !== undefined) this.#addSpeaking(session, frame.requestId, { direction, timestamp: frame.timestamp }, UNTIL_IT_SPEAKS);
  }

  /** A closing of a requestId that no event made known: it can only be told where all that are left are alike. */
  closing({ key }: Session, requestId: string): Earlier | undefined {
    if (this.#closedBefore.delete(placeOf(key, requestId))) return undefined;
    const live = this.#list.liveOf(key);
    const [first] = live;
    if (first === undefined || this.#list.loggedOf(key).length > 0 || !live.every(({ socket }) => isAlike(socket, first.socket))) return undefined;
    this.#list.remove((one) => one === first);
    return first;
  }

  /** The objects of a session were all looked through: none of those that live is one whose closing came before. */
  closedBefore({ session, closedBefore }: SocketLook): void {
    for (const requestId of closedBefore) this.#closedBefore.add(placeOf(session.key, requestId));
  }

  /** One that something else than a frame made known: its address is found when it next speaks. */
  add(session: Session, requestId: string, isOpening: boolean): ConnectionId {
    const connection = this.#rows.addUnseen(session, undefined, UNTIL_IT_SPEAKS, isOpening);
    this.#rows.bind(session, requestId, { connection, url: "" });
    this.#speaking.expect(session, requestId, connection);
    return connection;
  }

  /** The requestIds of held frames that nothing made known, each with its frames. */
  #orphans(held: readonly HeldEvent[]): readonly Orphan[] {
    const orphans = new Map<string, Orphan>();
    const opened = new Set<string>();
    for (const { session, method, params } of held) {
      const isSent = method === "Network.webSocketFrameSent";
      const frame = isSent || method === "Network.webSocketFrameReceived" ? readFrame(params) : undefined;
      if (OPENINGS.has(method)) opened.add(placeOf(session.key, readSocketMoment(params).requestId));
      if (frame === undefined) continue;
      const place = placeOf(session.key, frame.requestId);
      if (opened.has(place) || this.#sockets.isKnown(session.key, frame.requestId)) continue;
      const orphan = orphans.get(place) ?? { session, requestId: frame.requestId, frames: [] };
      orphans.set(place, orphan);
      orphan.frames.push({ timestamp: frame.timestamp, direction: isSent ? "sent" : "received", opcode: frame.opcode, data: frame.payloadData });
    }
    return [...orphans.values()];
  }

  #matchLogged({ session, requestId, frames }: Orphan, log: readonly LoggedSocket[]): boolean {
    const open = this.#list.loggedOf(session.key);
    const match = matchSocket(frames, logOf(open, log), this.#sockets.clockOffset ?? 0);
    const logged = match.found === undefined ? undefined : open.find(({ key }) => key === match.found?.key);
    if (match.found === undefined || logged === undefined) return false;
    // DevTools may have heard of more than we knew when its log was first read; or of less.
    const { messages } = match.found;
    for (const message of messages.slice(logged.told, match.at)) this.#rows.addMessage(logged.connection, message, this.#monotonic(message.time));
    for (const { key, url } of match.alike) {
      logged.twins.add(url);
      // What is left over is no more certain than what was chosen.
      open.find((one) => one.key === key)?.twins.add(match.found.url);
    }
    const notice = logged.twins.size === 0 ? {} : { notice: sentences([FROM_LOG, say("capture.by-times", { urls: [...logged.twins] })]) };
    this.#rows.bind(session, requestId, logged, { heard: match.at, ...notice });
    this.#told.skip(logged.connection, logged.told - match.at);
    const [frame] = frames;
    const message = messages[match.at];
    if (frame !== undefined && message !== undefined) this.#registry.setClockOffset(logged.connection, message.time - frame.timestamp);
    this.#list.remove((one) => one === logged);
    return true;
  }

  /** Whether the log, which has messages, ends before the first frame of one of these. */
  #isBehind(orphans: readonly Orphan[], log: readonly LoggedSocket[]): boolean {
    const latest = Math.max(...log.flatMap(({ messages }) => messages.at(-1)?.time ?? []));
    return Number.isFinite(latest) && orphans.some(({ frames: [first] }) => first !== undefined && first.timestamp + (this.#sockets.clockOffset ?? 0) > latest);
  }

  #candidates(orphans: readonly Orphan[], log: readonly LoggedSocket[]): number {
    const offset = this.#sockets.clockOffset ?? 0;
    const counts = orphans.map(({ session, frames }) => {
      const match = matchSocket(frames, logOf(this.#list.loggedOf(session.key), log), offset);
      return match.found === undefined ? match.candidates : 1;
    });
    return Math.max(0, ...counts);
  }

  /** No log has it: it is one of the objects. Where these differ, Chrome does not tell which. */
  #matchLive({ session, requestId, frames }: Orphan): void {
    // It has spoken for the last time.
    if (this.#closedBefore.delete(placeOf(session.key, requestId))) {
      this.#addUnnamed(session, requestId, frames[0]?.timestamp ?? 0, ADDRESS_UNKNOWN);
      return;
    }
    const live = this.#list.liveOf(session.key);
    const [first] = live;
    const logged = this.#list.loggedOf(session.key);
    if (first !== undefined && logged.length === 0 && live.every(({ socket }) => isAlike(socket, first.socket))) {
      this.#list.remove((one) => one === first);
      // Which of them it is makes no difference that can be seen, but is not known.
      const notice = live.length === 1 ? {} : { notice: sentences([NOT_SEEN, say("capture.one-of-alike", { n: live.length })]) };
      this.#rows.bind(session, requestId, first, notice);
      return;
    }
    const urls = [...live.map(({ socket }) => socket.url), ...logged.map(({ url }) => url)];
    const which = urls.length === 0 ? UNTIL_IT_SPEAKS : oneOf(urls);
    if (frames[0] !== undefined) this.#addSpeaking(session, requestId, frames[0], which);
  }

  /** Its frames are its own already; its address is found when it next speaks. */
  #addSpeaking(session: Session, requestId: string, { direction, timestamp }: Pick<OrphanFrame, "direction" | "timestamp">, which: Said): void {
    this.#speaking.watch(session, requestId, this.#addUnnamed(session, requestId, timestamp, which), direction);
  }

  #addUnnamed(session: Session, requestId: string, timestamp: number, notice: Said): ConnectionId {
    const connection = this.#rows.addUnseen(session, undefined, notice);
    this.#rows.bind(session, requestId, { connection, url: "" });
    this.#registry.setStart(connection, monotonicSeconds(timestamp));
    return connection;
  }
}

const placeOf = (sessionKey: string, requestId: string): string => `${sessionKey} ${requestId}`;

function logOf(open: readonly Logged[], log: readonly LoggedSocket[]): readonly LoggedSocket[] {
  const keys = new Set(open.map(({ key }) => key));
  return log.filter(({ key }) => keys.has(key));
}
