import type { SynthesisedEnd } from "../model/capture-batch.ts";
import { monotonicSeconds, type ConnectionId, type MonotonicSeconds } from "../model/units.ts";
import { readCreated, readFrame, readHandshakeRequest } from "./cdp-events.ts";
import type { DebugSource } from "./debugger-api.ts";
import { handshakeKey, readDevToolsLog, type LoggedSocket } from "./devtools-log.ts";
import { EventGate } from "./event-gate.ts";
import type { FoundSockets, LiveSocket } from "./live-sockets.ts";
import { matchSocket, type OrphanFrame } from "./match-socket.ts";
import type { EarlierRows } from "./earlier-rows.ts";
import type { SocketEvents } from "./socket-events.ts";
import type { SocketRegistry } from "./socket-registry.ts";
import type { Session } from "./target-tree.ts";
import type { ToldFrames } from "./told-frames.ts";
import { fillGap, type UnheardGap } from "./unheard-gap.ts";

/** Events wait at most this long for what is known of the sockets from before. */
const MOST_WAIT_MS = 3000;
/** From a frame to reading DevTools' log, so that all that DevTools heard until then is in it. */
const SETTLE_MS = 150;

/** What the search for earlier sockets needs from outside. */
export interface EarlierEdges {
  /** DevTools' own log (`chrome.devtools.network.getHAR`); undefined where there is no DevTools. */
  readonly readLog: (() => Promise<unknown>) | undefined;
  /** The open sockets among a session's objects; undefined where Chrome would not tell. */
  readonly findLive: (source: DebugSource, signal: AbortSignal) => Promise<FoundSockets | undefined>;
  readonly later: (callback: () => void, milliseconds: number) => void;
}

/** What a search looks for, and where. */
export interface EarlierSearch {
  readonly page: () => Session;
  /** The targets that may have had sockets before; asked once `attached` is done. */
  readonly sources: () => readonly { readonly source: DebugSource; readonly session: Session }[];
  /** Once it is done, Chrome reports what the targets do. */
  readonly attached: Promise<unknown>;
  /** The capture had ended, and goes on; or it went on, and the page was exchanged for one that may have sockets already. */
  readonly since?: UnheardGap | "navigation" | undefined;
  /** The attachment that the search is for has ended meanwhile: what it did not find says nothing. */
  readonly hasEnded: () => boolean;
}

type SocketEvent = { readonly session: Session; readonly method: string; readonly params: unknown };
type Held = SocketEvent | { readonly action: () => void };

interface Orphan {
  readonly session: Session;
  readonly requestId: string;
  readonly frames: OrphanFrame[];
}

interface Earlier {
  readonly connection: ConnectionId;
  /** Undefined where only DevTools' log knows of it, which names no target. */
  sessionKey: string | undefined;
}

/**
 * One from DevTools' log that is open and whose requestId is not known yet. `told`: how many messages are in our log;
 * `twins`: the URLs of others that got the very same payloads.
 */
type Logged = Earlier & { told: number; readonly key: string; readonly twins: Set<string> };
/** One that only its object in the page tells of. */
type Live = Earlier & { readonly socket: LiveSocket };

const NOT_SEEN = "Opened before capture; handshake not seen.";
const FROM_LOG = "Opened before capture; filled in from DevTools’ own log.";

/**
 * The sockets that were there before the capture. What DevTools logged is filled in, frames and handshake; what it did
 * not is named by the page's own objects. Events wait meanwhile, so that the log stays in Chrome's order.
 *
 * Chrome names a running socket by a requestId that neither source knows. One of DevTools' log is told by payload and
 * time; where another got the very same payloads, by time alone, which its notice says. One of the objects only where no
 * other is left that differs from it. Else it stays apart, and says so.
 */
export class EarlierSockets {
  readonly #edges: EarlierEdges;
  readonly #sockets: SocketEvents;
  readonly #rows: EarlierRows;
  readonly #registry: SocketRegistry;
  readonly #told: ToldFrames;
  readonly #gate: EventGate<Held>;
  #logged: Logged[] = [];
  #live: Live[] = [];
  /** Since nobody listens, DevTools' log had every socket of the page. */
  #isGapFilled = true;

  constructor(sockets: SocketEvents, rows: EarlierRows, registry: SocketRegistry, told: ToldFrames, edges: EarlierEdges) {
    this.#edges = edges;
    this.#registry = registry;
    this.#sockets = sockets;
    this.#rows = rows;
    this.#told = told;
    this.#gate = new EventGate((held) => this.#pass(held));
  }

  take(session: Session, method: string, params: unknown): void {
    if (this.#gate.isHeld) this.#gate.take({ session, method, params });
    else this.#sockets.take(session, method, params);
  }

  /** The sessions that have sockets which have not ended. */
  get sessionKeys(): ReadonlySet<string> {
    return new Set([...this.#registry.sessionKeys, ...this.#live.flatMap(({ sessionKey }) => sessionKey ?? [])]);
  }

  /** Does something in its order among the events. */
  inOrder(action: () => void): void {
    this.#gate.take({ action });
  }

  /** Chrome will say nothing more of a session: its earlier sockets have ended too. */
  endSession(sessionKey: string, isPage: boolean, why: SynthesisedEnd): void {
    const isOver = (socket: Earlier): boolean => socket.sessionKey === sessionKey || (isPage && socket.sessionKey === undefined);
    for (const { connection } of [...this.#logged, ...this.#live].filter(isOver)) this.#sockets.endConnection(connection, why);
    this.#logged = this.#logged.filter((socket) => !isOver(socket));
    this.#live = this.#live.filter((socket) => !isOver(socket));
  }

  /**
   * Looks for the sockets that these targets already had. Events are held from the call on; a search that is under way
   * is brought to its end before, with all that was heard until now.
   */
  begin(search: EarlierSearch): void {
    this.inOrder(() => void this.#search(search));
  }

  /** While nobody listens, the page is about to be ended: before that, what DevTools' log has of its sockets is added. */
  complete(page: Session): void {
    this.inOrder(
      () =>
        void this.#holding([], async (given) => {
          const log = await given(this.#readLog());
          this.#fillMissed(log, page.key, this.#sockets.moment());
        }),
    );
  }

  async #search({ page, sources, attached, since, hasEnded }: EarlierSearch): Promise<void> {
    const gap = since === "navigation" ? undefined : since;
    const why = since === undefined ? undefined : since === "navigation" ? since : "unheard";
    await this.#holding([], async (given, signal) => {
      await given(attached);
      const [log, ...live] = await Promise.all([
        given(this.#readLog()),
        ...sources().map(async ({ source, session }) => ({ session, found: await given(this.#edges.findLive(source, signal)) })),
      ]);
      if (gap !== undefined && !gap.goesOn()) this.#fillGap(gap, log, page().key);
      this.#addLogged(log ?? [], page().targetKey);
      if (hasEnded()) return;
      const claimed = new Set<Earlier>();
      const there = new Set(live.map(({ session }) => session.key));
      for (const { session, found } of live) {
        // Where only the page was exchanged, Chrome has told what ended elsewhere.
        const isUntold = found?.isWhole === true && (since !== "navigation" || session.key === page().key);
        this.#addLive(session, found?.sockets ?? [], claimed, isUntold ? why : undefined);
      }
      // DevTools keeps a socket as open that went with its page, where it keeps its log.
      if (live.every(({ found }) => found?.isWhole === true)) this.#endGone(there, claimed, why ?? "before the capture");
      if (gap !== undefined) this.#endLeft(there);
      await this.#nameOrphans(given);
    });
  }

  /** A frame of a requestId that no event made known. True: it is held back, and comes again once it is known. */
  hold(session: Session, method: string, params: unknown): boolean {
    if (this.#logged.length === 0 && this.#live.length === 0) return false;
    void this.#holding([{ session, method, params }], (given) => this.#nameOrphans(given));
    return true;
  }

  /** A closing of a requestId that no event made known: it can only be told where all that are left are alike. */
  closeUnknown(session: Session): ConnectionId | undefined {
    const live = this.#live.filter(({ sessionKey }) => sessionKey === session.key);
    const [first] = live;
    if (first === undefined || this.#openLogged(session).length > 0 || !live.every((one) => isAlike(one, first))) return undefined;
    this.#live = this.#live.filter((one) => one !== first);
    return first.connection;
  }

  /** Holds all events while `work` runs; never while another does, since the gate must be open. `given` ends any wait of its once that has taken too long. */
  async #holding(first: readonly Held[], work: (given: <T>(wait: Promise<T>) => Promise<T | undefined>, signal: AbortSignal) => Promise<void>): Promise<void> {
    const over = new AbortController();
    const gaveUp = new Promise<undefined>((resolve) => over.signal.addEventListener("abort", () => resolve(undefined)));
    const giveUp = (): void => over.abort();
    this.#gate.hold(giveUp, first);
    try {
      this.#edges.later(giveUp, MOST_WAIT_MS);
      await work((wait) => Promise.race([wait.catch(() => undefined), gaveUp]), over.signal);
    } catch {
      // What cannot be named must not be held back for a name again.
      this.#logged = [];
      this.#live = [];
    }
    giveUp();
    this.#gate.open();
  }

  #pass(held: Held): void {
    if ("action" in held) held.action();
    else this.#sockets.take(held.session, held.method, held.params);
  }

  async #readLog(): Promise<readonly LoggedSocket[]> {
    return this.#edges.readLog === undefined ? [] : readDevToolsLog(await this.#edges.readLog());
  }

  /** The keys of the handshakes that Chrome itself reports: DevTools logged these sockets as well. */
  #heldKeys(): ReadonlySet<string> {
    const keys = this.#gate.held.flatMap((held) => ("method" in held ? heldHandshake(held.method, held.params) : []));
    return new Set(keys);
  }

  #fillGap(gap: UnheardGap, log: readonly LoggedSocket[] | undefined, pageKey: string): void {
    this.#fillMissed(log, pageKey, gap.until());
    this.#rows.addGap(this.#sockets.moment(), gap.seconds, this.#isGapFilled);
    this.#isGapFilled = true;
    if (!gap.hasNavigated()) return;
    this.#sockets.endSession(pageKey, "navigation");
    this.endSession(pageKey, true, "navigation");
  }

  /** Adds what the log has of known sockets, and nobody heard before `until`. */
  #fillMissed(log: readonly LoggedSocket[] | undefined, pageKey: string, until: MonotonicSeconds): void {
    const keys = new Set(log?.map(({ key }) => key));
    const hasLog = log !== undefined && this.#edges.readLog !== undefined;
    this.#isGapFilled &&= hasLog && this.#registry.handshakesOf(pageKey).every((key) => keys.has(key));
    this.#told.end();
    for (const logged of this.#logged) {
      const messages = log?.find(({ key }) => key === logged.key)?.messages.slice(logged.told) ?? [];
      for (const message of messages) this.#rows.addMessage(logged.connection, message, this.#monotonic(message.time));
      logged.told += messages.length;
    }
    const missed = fillGap(log ?? [], this.#registry, this.#rows, (time) => this.#monotonic(time), until);
    for (const { connection, messages } of missed) this.#told.expect(connection, messages);
  }

  /** Targets that are there no more, or are not listened to any more. */
  #endLeft(there: ReadonlySet<string>): void {
    for (const key of this.sessionKeys) {
      if (there.has(key)) continue;
      this.#sockets.endSession(key, "unheard");
      this.endSession(key, false, "unheard");
    }
  }

  #addLogged(log: readonly LoggedSocket[], targetKey: string): void {
    const heldKeys = this.#heldKeys();
    // Without a handshake there is no wall time to place it by.
    const earlier = log.filter(({ key, startedAt }) => startedAt !== undefined && !heldKeys.has(key) && this.#registry.ofHandshake(key) === undefined);
    const connections = this.#rows.addLogged(earlier, targetKey, (time) => this.#monotonic(time), FROM_LOG);
    earlier.forEach(({ key, endedAt, messages }, i) => {
      const connection = connections[i];
      if (connection !== undefined && endedAt === undefined) this.#logged.push({ connection, told: messages.length, key, sessionKey: undefined, twins: new Set() });
    });
  }

  /**
   * Adds what the log does not have: as many of one URL as there are more than are known. `why`: the session was
   * listened to before, so what is known and lives no more has ended since.
   */
  #addLive(session: Session, sockets: readonly LiveSocket[], claimed: Set<Earlier>, why: SynthesisedEnd | undefined): void {
    if (why !== undefined) {
      const left = sockets.map(({ url }) => url);
      // The latest first: of several with one URL, those that a page before it opened are the older ones.
      for (const { id, url } of this.#registry.openOf(session.key).toReversed()) {
        const at = left.indexOf(url);
        // While nobody listened, any of them may have ended.
        if (at < 0 && (why === "navigation" || !sockets.some((socket) => socket.url === url))) this.#sockets.endConnection(id, why);
        else if (at >= 0) left.splice(at, 1);
      }
    }
    const known = this.#sockets.openUrls(session.key);
    for (const { url } of this.#gate.held.flatMap((held) => ("method" in held && held.session.key === session.key && held.method === "Network.webSocketCreated" ? (readCreated(held.params) ?? []) : []))) known.push(url);
    for (const socket of sockets) {
      const at = known.indexOf(socket.url);
      if (at >= 0) {
        known.splice(at, 1);
        continue;
      }
      const logged = [...this.#logged, ...this.#live].find((one) => !claimed.has(one) && (one.sessionKey ?? session.key) === session.key && this.#rows.urlOf(one.connection) === socket.url);
      if (logged !== undefined) {
        claimed.add(logged);
        continue;
      }
      const connection = this.#rows.addUnseen(session, socket, NOT_SEEN);
      const added = { connection, sessionKey: session.key, socket };
      this.#live.push(added);
      claimed.add(added);
    }
  }

  /** Ends what lives no more in the sessions that were looked into, `there`, or in no session that is known. */
  #endGone(there: ReadonlySet<string>, claimed: ReadonlySet<Earlier>, why: SynthesisedEnd): void {
    const urls = new Set([...claimed].map(({ connection }) => this.#rows.urlOf(connection)));
    // Of several with one URL it is not known which are left.
    const lookedInto = [...this.#logged, ...this.#live].filter(({ sessionKey }) => sessionKey === undefined || there.has(sessionKey));
    const gone = new Set<Earlier>(lookedInto.filter((one) => !claimed.has(one) && !urls.has(this.#rows.urlOf(one.connection))));
    for (const { connection } of gone) this.#sockets.endConnection(connection, why);
    this.#logged = this.#logged.filter((one) => !gone.has(one));
    this.#live = this.#live.filter((one) => !gone.has(one));
  }

  /** Finds out whose the held frames are that no event made known, and lets each requestId be known. */
  async #nameOrphans(given: <T>(wait: Promise<T>) => Promise<T | undefined>): Promise<void> {
    while (this.#logged.length > 0 && this.#orphans().length > 0) {
      const waited = await given(new Promise<boolean>((resolve) => this.#edges.later(() => resolve(true), SETTLE_MS)));
      const log = waited === undefined ? undefined : await given(this.#readLog());
      if (log === undefined) break;
      // Frames that came since the reading are no part of it, and are compared as far as it goes.
      const open = this.#orphans().filter((orphan) => !this.#matchLogged(orphan, log));
      if (this.#candidates(open, log) === 0) break;
    }
    for (const orphan of this.#orphans()) this.#matchLive(orphan);
  }

  /** The requestIds of held frames that nothing made known, each with its frames. */
  #orphans(): readonly Orphan[] {
    const orphans = new Map<string, Orphan>();
    const created = new Set<string>();
    for (const held of this.#gate.held) {
      if (!("method" in held)) continue;
      const { session, method, params } = held;
      const isSent = method === "Network.webSocketFrameSent";
      const frame = isSent || method === "Network.webSocketFrameReceived" ? readFrame(params) : undefined;
      const socket = method === "Network.webSocketCreated" ? readCreated(params) : undefined;
      if (socket !== undefined) created.add(`${session.key} ${socket.requestId}`);
      if (frame === undefined) continue;
      const place = `${session.key} ${frame.requestId}`;
      if (created.has(place) || this.#sockets.isKnown(session.key, frame.requestId)) continue;
      const orphan = orphans.get(place) ?? { session, requestId: frame.requestId, frames: [] };
      orphans.set(place, orphan);
      orphan.frames.push({ timestamp: frame.timestamp, direction: isSent ? "sent" : "received", opcode: frame.opcode, data: frame.payloadData });
    }
    return [...orphans.values()];
  }

  #matchLogged(orphan: Orphan, log: readonly LoggedSocket[]): boolean {
    const { session, requestId, frames } = orphan;
    const open = this.#openLogged(session);
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
    const twins = [...logged.twins].join(", ");
    const notice = twins === "" ? {} : { notice: `${FROM_LOG} That what follows is its own is told by the times alone: the very same payloads went over ${twins}.` };
    this.#rows.bind(session, requestId, logged.connection, { heard: match.at, ...notice });
    this.#told.skip(logged.connection, logged.told - match.at);
    this.#logged = this.#logged.filter((one) => one !== logged);
    return true;
  }

  #candidates(orphans: readonly Orphan[], log: readonly LoggedSocket[]): number {
    const offset = this.#sockets.clockOffset ?? 0;
    const counts = orphans.map(({ session, frames }) => {
      const match = matchSocket(frames, logOf(this.#openLogged(session), log), offset);
      return match.found === undefined ? match.candidates : 1;
    });
    return Math.max(0, ...counts);
  }

  /** No log has it: it is one of the objects. Where these differ, Chrome does not tell which. */
  #matchLive(orphan: Orphan): void {
    const { session, requestId } = orphan;
    const live = this.#live.filter(({ sessionKey }) => sessionKey === session.key);
    const [first] = live;
    const logged = this.#openLogged(session);
    if (first !== undefined && logged.length === 0 && live.every((one) => isAlike(one, first))) {
      this.#live = this.#live.filter((one) => one !== first);
      // Which of them it is makes no difference that can be seen, but is not known.
      const notice = live.length === 1 ? {} : { notice: `${NOT_SEEN} One of ${live.length} sockets of this URL; Chrome does not tell which.` };
      this.#rows.bind(session, requestId, first.connection, notice);
      return;
    }
    const urls = [...live.map(({ socket }) => socket.url), ...logged.map(({ connection }) => this.#rows.urlOf(connection))];
    const which = urls.length === 0 ? "Chrome does not name it." : `Which of these it is cannot be told exactly: ${[...new Set(urls)].join(", ")}.`;
    this.#rows.bind(session, requestId, this.#rows.addUnseen(session, undefined, `${NOT_SEEN} ${which}`));
  }

  #openLogged(session: Session): readonly Logged[] {
    return this.#logged.filter(({ sessionKey }) => sessionKey === undefined || sessionKey === session.key);
  }

  /** From DevTools' wall time to CDP's clock. */
  #monotonic(time: number): MonotonicSeconds {
    return monotonicSeconds(time - (this.#sockets.clockOffset ?? 0));
  }
}

const isAlike = (one: Live, other: Live): boolean =>
  one.socket.url === other.socket.url && one.socket.subprotocol === other.socket.subprotocol && one.socket.extensions === other.socket.extensions;

function logOf(open: readonly Logged[], log: readonly LoggedSocket[]): readonly LoggedSocket[] {
  const keys = new Set(open.map(({ key }) => key));
  return log.filter(({ key }) => keys.has(key));
}

function heldHandshake(method: string, params: unknown): string[] {
  if (method !== "Network.webSocketWillSendHandshakeRequest") return [];
  const request = readHandshakeRequest(params);
  return request === undefined ? [] : [handshakeKey(request.headers, "", "")];
}
