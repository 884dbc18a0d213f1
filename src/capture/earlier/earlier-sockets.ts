import type { SynthesisedEnd } from "../../model/capture-batch.ts";
import { monotonicSeconds, type ConnectionId, type MonotonicSeconds } from "../../model/units.ts";
import { headerValues } from "../../model/headers.ts";
import { readHandshakeRequest } from "../sources/cdp-events.ts";
import type { DebugSource } from "../debugger-api.ts";
import { handshakeKey, readDevToolsLog, type LoggedSocket } from "./devtools-log.ts";
import { EarlierList, type Earlier } from "./earlier-list.ts";
import { EarlierObjects } from "./earlier-objects.ts";
import { EventGate } from "./event-gate.ts";
import type { FoundSockets, LiveSocket } from "./live-sockets.ts";
import { ADDRESS_UNKNOWN, type EarlierRows } from "./earlier-rows.ts";
import { OrphanNames, type HeldEvent } from "./orphan-names.ts";
import type { SocketEvents } from "../sources/socket-events.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";
import { SpeakingSockets, type SpeakingEdges } from "./speaking-sockets.ts";
import type { Session } from "../attach/target-tree.ts";
import type { ToldFrames } from "./told-frames.ts";
import { fillGap, type UnheardGap } from "./unheard-gap.ts";

/** Events wait at most this long for what is known of the sockets from before. */
const MOST_WAIT_MS = 3000;
/** And so long for each reading of DevTools' log that tells who of them speaks: DevTools has answered before, and a frame that is nobody's then stays so. */
const MOST_READING_MS = 10_000;
/** From a frame to reading DevTools' log, so that all that DevTools heard until then is in it. */
const SETTLE_MS = 150;

/** What the search for earlier sockets needs from outside. */
export interface EarlierEdges {
  /** DevTools' own log (`chrome.devtools.network.getHAR`); undefined where there is no DevTools. */
  readonly readLog: (() => Promise<unknown>) | undefined;
  /** Adds the event streams of the log that was read last. */
  readonly addStreams: (page: Session, began: MonotonicSeconds | undefined) => void;
  /** The open sockets among a session's objects; undefined where Chrome would not tell, or the page may not stand still for it. */
  readonly findLive: (source: DebugSource, how: { readonly mayStandStill: boolean; readonly signal: AbortSignal }) => Promise<FoundSockets | undefined>;
  readonly later: (callback: () => void, milliseconds: number) => void;
  /** Whether there may be silent sockets from before that nobody has looked for. */
  readonly onSilent: (mayBeThere: boolean) => void;
  readonly speaking: Omit<SpeakingEdges, "named" | "gaveUp">;
}

/** A target that may have had sockets before. */
export interface EarlierTarget {
  readonly source: DebugSource;
  readonly session: Session;
  /** It goes on when the page goes elsewhere. */
  readonly outlivesPage: boolean;
}

/** What a search looks for, and where. */
export interface EarlierSearch {
  readonly page: () => Session;
  /** The targets that may have had sockets before; asked once `attached` is done. */
  readonly sources: () => readonly EarlierTarget[];
  /** When the page that is shown began, or was shown after it had been prepared ahead: what it has told of is younger. */
  readonly began: () => MonotonicSeconds | undefined;
  /** Once it is done, Chrome reports what the targets do. */
  readonly attached: Promise<unknown>;
  /** The capture had ended, and goes on; or it went on, and the page was exchanged for one that may have sockets already. */
  readonly since?: UnheardGap | "navigation" | undefined;
  /** The attachment that the search is for has ended meanwhile: what it did not find says nothing. */
  readonly hasEnded: () => boolean;
}

type Held = HeldEvent | { readonly action: () => void };
/** Ends a wait that takes too long: undefined then. */
type Given = <T>(wait: Promise<T>) => Promise<T | undefined>;

/**
 * The sockets that were there before the capture. What DevTools logged is filled in, frames and handshake; what it did
 * not is named by the page's own objects. Events wait meanwhile, so that the log stays in Chrome's order.
 */
export class EarlierSockets {
  readonly #edges: EarlierEdges;
  readonly #sockets: SocketEvents;
  readonly #rows: EarlierRows;
  readonly #registry: SocketRegistry;
  readonly #told: ToldFrames;
  readonly #gate: EventGate<Held>;
  readonly #list = new EarlierList();
  readonly #names: OrphanNames;
  readonly #objects: EarlierObjects;
  /** Finds out which of the page's sockets is which, from what they say. */
  readonly speaking: SpeakingSockets;
  /** Since nobody listens, DevTools' log had every socket of the page. */
  #isGapFilled = true;
  /** The work for which the gate is held. */
  #holder: object | undefined;
  /** Nothing is held back any more. */
  #isPassing = false;

  constructor(sockets: SocketEvents, rows: EarlierRows, registry: SocketRegistry, told: ToldFrames, edges: EarlierEdges) {
    this.#edges = edges;
    this.#registry = registry;
    this.#sockets = sockets;
    this.#rows = rows;
    this.#told = told;
    this.#gate = new EventGate((held) => this.#pass(held));
    this.speaking = new SpeakingSockets({
      ...edges.speaking,
      named: (session, connection, address) => this.inOrder(() => this.#objects.takeName(session, connection, address)),
      gaveUp: (session, connection) => this.inOrder(() => rows.note(session, connection, ADDRESS_UNKNOWN)),
    });
    this.#objects = new EarlierObjects({ list: this.#list, sockets, rows, registry, speaking: this.speaking, held: () => this.#heldEvents });
    this.#names = new OrphanNames({ list: this.#list, sockets, rows, registry, told, speaking: this.speaking, monotonic: (time) => this.#monotonic(time) });
  }

  take(session: Session, method: string, params: unknown): void {
    if (this.speaking.isListening) this.speaking.hear(session, method, params);
    if (this.#objects.isLooking) this.#objects.hear(session, method, params);
    if (this.#gate.isHeld) this.#gate.take({ session, method, params });
    else this.#sockets.take(session, method, params);
  }

  /** The sessions that have sockets which have not ended. */
  get sessionKeys(): ReadonlySet<string> {
    return new Set([...this.#registry.sessionKeys, ...this.#list.live.flatMap(({ sessionKey }) => sessionKey ?? [])]);
  }

  /** Whether a connection is open, and what Chrome calls it is not known yet. */
  awaits(connection: ConnectionId): boolean {
    return this.#list.all.some((one) => one.connection === connection);
  }

  /** Does something in its order among the events. */
  inOrder(action: () => void): void {
    this.#gate.take({ action });
  }

  /** Called while events pass: holds them back until DevTools' log was read once more, with all that DevTools heard by now, and then does this first. */
  askLog(then: () => void): void {
    void this.#holding([{ action: then }], async (given) => {
      await this.#readSettled(given);
    });
  }

  /** Chrome told of a script of this session. */
  scriptParsed(session: Session): void {
    if (this.speaking.isListening) this.speaking.called(session);
  }

  /** The attachment ends: nothing is left behind in the page. */
  letGo(): void {
    this.speaking.clear();
    this.#objects.clear();
  }

  /** Passes on all that waits, as it is: whoever captures is going, and will not hear what it waits for. */
  passHeld(): void {
    this.#isPassing = true;
    // A search that has not begun yet holds it again.
    while (this.#gate.isHeld) this.#gate.open();
    this.#isPassing = false;
  }

  /** Chrome will say nothing more of a session: its earlier sockets have ended too. */
  endSession(sessionKey: string, isPage: boolean, why: SynthesisedEnd): void {
    this.#objects.endSession(sessionKey);
    this.#endSession(sessionKey, isPage, why);
  }

  #endSession(sessionKey: string, isPage: boolean, why: SynthesisedEnd): void {
    this.speaking.endSession(sessionKey);
    // What comes after is seen from its start.
    if (isPage) this.#edges.onSilent(false);
    const over = this.#list.remove((socket) => socket.sessionKey === sessionKey || (isPage && socket.sessionKey === undefined));
    for (const { connection } of over) this.#sockets.endConnection(connection, why);
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

  /**
   * Looks for silent sockets too, because the user wants it: the page stands still for it as long as it takes. Events go
   * on meanwhile.
   */
  async findSilent({ sources, hasEnded }: Pick<EarlierSearch, "sources" | "hasEnded">): Promise<void> {
    const never = new AbortController();
    const live = await this.#objects.look(sources(), (source) => this.#edges.findLive(source, { mayStandStill: true, signal: never.signal }));
    if (hasEnded()) return;
    this.inOrder(() => {
      const claimed = new Set<Earlier>();
      for (const { look, found } of live) this.#objects.add(look, found?.sockets ?? [], claimed, undefined);
    });
    this.#edges.onSilent(live.some(({ look, found }) => found === undefined || look.isFull));
  }

  async #search({ page, sources, attached, began, since, hasEnded }: EarlierSearch): Promise<void> {
    const gap = since === "navigation" ? undefined : since;
    const why = since === undefined ? undefined : since === "navigation" ? since : "unheard";
    await this.#holding([], async (given, signal, waitAnew) => {
      await given(attached);
      const [log, live] = await Promise.all([
        given(this.#readLog()),
        this.#objects.look(sources(), (source) => given(this.#edges.findLive(source, { mayStandStill: false, signal }))),
      ]);
      // DevTools answers: where the machine is so busy that it took long, it is not given up just before it says whose the frames are.
      if (log !== undefined) waitAnew();
      if (gap !== undefined && !gap.goesOn()) this.#fillGap(gap, log, page().key);
      // Where nobody looked, its age tells which sockets are of the page before.
      if (since === "navigation" && !live.some(({ look, found }) => found !== undefined && look.session.key === page().key)) this.#endOlder(page().key, began());
      this.#addLogged(log ?? [], page().targetKey, sources().some(({ outlivesPage }) => outlivesPage) ? undefined : began());
      this.#edges.addStreams(page(), sources().some(({ outlivesPage }) => outlivesPage) ? undefined : began());
      if (hasEnded()) return;
      const claimed = new Set<Earlier>();
      const there = new Set(live.map(({ look }) => look.session.key));
      for (const { look, found } of live) {
        // Where only the page was exchanged, Chrome has told what ended elsewhere.
        const isUntold = found?.isWhole === true && (since !== "navigation" || look.session.key === page().key);
        this.#objects.add(look, found?.sockets ?? [], claimed, isUntold ? why : undefined);
        if (found?.isWhole === true) this.#names.closedBefore(look);
      }
      // DevTools keeps a socket as open that went with its page, where it keeps its log.
      if (live.every(({ found }) => found?.isWhole === true)) this.#objects.endGone(there, claimed, why ?? "before the capture");
      if (gap !== undefined) this.#endLeft(there);
      this.#edges.onSilent(live.some(({ found }) => found === undefined));
      await this.#name(given, waitAnew);
    });
  }

  /** A frame of a requestId that no event made known. True: it is held back, and comes again once it is known. */
  hold(session: Session, method: string, params: unknown): boolean {
    if (this.#isPassing || this.#list.all.length === 0) {
      this.#names.letSpeak(session, method, params);
      return false;
    }
    void this.#holding([{ session, method, params }], (given, _, waitAnew) => this.#name(given, waitAnew));
    return true;
  }

  /** One that something else than a frame makes known; `isOpening`: its handshake, which DevTools' log has with its address. */
  add(session: Session, requestId: string, isOpening: boolean): ConnectionId {
    const connection = this.#names.add(session, requestId, isOpening);
    if (isOpening && this.#edges.readLog !== undefined) void this.#nameByLog(session, connection);
    return connection;
  }

  /** A closing of a requestId that no event made known; undefined where it cannot be told whose it is. */
  closeUnknown(session: Session, requestId: string): ConnectionId | undefined {
    const over = this.#names.closing(session, requestId);
    if (over !== undefined) this.#objects.closed(session, requestId, over.url);
    return over?.connection;
  }

  /**
   * Holds all events while `work` runs; called only while the gate is open, so that no two hold it. `given` ends any
   * wait of the work once that has taken too long, counted from the beginning or from `waitAnew`.
   */
  async #holding(first: readonly Held[], work: (given: Given, signal: AbortSignal, waitAnew: (atMost?: number) => void) => Promise<void>): Promise<void> {
    const over = new AbortController();
    const gaveUp = new Promise<undefined>((resolve) => over.signal.addEventListener("abort", () => resolve(undefined)));
    const giveUp = (): void => over.abort();
    let waits = 0;
    const waitAnew = (atMost = MOST_WAIT_MS): void => {
      const own = ++waits;
      this.#edges.later(() => {
        if (own === waits) giveUp();
      }, atMost);
    };
    this.#holder = over;
    this.#gate.hold(giveUp, first);
    try {
      waitAnew();
      await work((wait) => Promise.race([wait.catch(() => undefined), gaveUp]), over.signal, waitAnew);
    } catch {
      // What cannot be named must not be held back for a name again.
      this.#list.clear();
    }
    giveUp();
    if (this.#holder === over) this.#gate.open();
  }

  #pass(held: Held): void {
    if ("action" in held) held.action();
    else this.#sockets.take(held.session, held.method, held.params);
  }

  async #readLog(): Promise<readonly LoggedSocket[]> {
    return this.#edges.readLog === undefined ? [] : readDevToolsLog(await this.#edges.readLog());
  }

  get #heldEvents(): readonly HeldEvent[] {
    return this.#gate.held.filter((held) => "method" in held);
  }

  /** The keys of the handshakes that Chrome itself reports: DevTools logged these sockets as well. */
  #heldKeys(): ReadonlySet<string> {
    return new Set(this.#heldEvents.flatMap(({ method, params }) => heldHandshake(method, params)));
  }

  #fillGap(gap: UnheardGap, log: readonly LoggedSocket[] | undefined, pageKey: string): void {
    this.#fillMissed(log, pageKey, gap.until());
    this.#rows.addGap(this.#sockets.moment(), gap.seconds, this.#isGapFilled);
    this.#isGapFilled = true;
    if (!gap.hasNavigated()) return;
    this.#sockets.endSession(pageKey, "navigation");
    // What is found now is the present page's.
    this.#endSession(pageKey, true, "navigation");
  }

  /** Adds what the log has of known sockets, and nobody heard before `until`. */
  #fillMissed(log: readonly LoggedSocket[] | undefined, pageKey: string, until: MonotonicSeconds): void {
    const keys = new Set(log?.map(({ key }) => key));
    const hasLog = log !== undefined && this.#edges.readLog !== undefined;
    this.#isGapFilled &&= hasLog && this.#registry.forgottenHandshakes === 0 && this.#registry.handshakesOf(pageKey).every((key) => keys.has(key));
    this.#told.end();
    for (const logged of this.#list.logged) {
      const messages = log?.find(({ key }) => key === logged.key)?.messages.slice(logged.told) ?? [];
      for (const message of messages) this.#rows.addMessage(logged.connection, message, this.#monotonic(message.time));
      logged.told += messages.length;
    }
    const missed = fillGap(log ?? [], this.#registry, this.#rows, (time, connection) => this.#monotonic(time, connection), until);
    for (const { connection, messages } of missed) this.#told.expect(connection, messages);
  }

  /** Ends what a page had before it was exchanged for another one. */
  #endOlder(sessionKey: string, began: MonotonicSeconds | undefined): void {
    if (began === undefined) return;
    for (const { id, startedAt, isNew } of this.#registry.openOf(sessionKey)) {
      // Chrome has only begun to tell of it: it is the new page's.
      if (isNew) continue;
      if (startedAt === undefined || startedAt < began) this.#sockets.endConnection(id, "navigation");
    }
    const over = this.#list.remove((one) => one.sessionKey === undefined || one.sessionKey === sessionKey);
    for (const { connection } of over) this.#sockets.endConnection(connection, "navigation");
  }

  /** Targets that are there no more, or are not listened to any more. */
  #endLeft(there: ReadonlySet<string>): void {
    for (const key of this.sessionKeys) {
      if (there.has(key)) continue;
      this.#sockets.endSession(key, "unheard");
      this.#endSession(key, false, "unheard");
    }
  }

  /** `began`: when the page began; what it has is younger, and what DevTools kept of pages before it is over. */
  #addLogged(log: readonly LoggedSocket[], targetKey: string, began: MonotonicSeconds | undefined): void {
    const heldKeys = this.#heldKeys();
    // Without a handshake there is no wall time to place it by.
    // One that is over may be one that was known: of too many, the keys are not all kept.
    const mayBeForgotten = this.#registry.forgottenHandshakes > 0;
    const earlier = log.filter(({ key, startedAt, endedAt }) => startedAt !== undefined && !(mayBeForgotten && endedAt !== undefined) && !heldKeys.has(key) && this.#registry.ofHandshake(key) === undefined);
    const connections = this.#rows.addLogged(earlier, targetKey, (time) => this.#monotonic(time));
    earlier.forEach(({ key, url, startedAt, endedAt, messages }, i) => {
      const connection = connections[i];
      if (connection === undefined || endedAt !== undefined) return;
      if (began !== undefined && startedAt !== undefined && this.#monotonic(startedAt) < began) this.#sockets.endConnection(connection, "before the capture");
      else this.#list.addLogged({ connection, url, told: messages.length, key, sessionKey: undefined, twins: new Set() });
    });
  }

  async #nameByLog(session: Session, connection: ConnectionId): Promise<void> {
    const log = await this.#readSettled((wait) => wait.catch(() => undefined));
    const logged = log?.find(({ key }) => this.#registry.ofHandshake(key) === connection);
    if (logged === undefined) return;
    this.inOrder(() => {
      if (this.#registry.placeOf(connection)?.url === "") this.#objects.takeName(session, connection, addressOf(logged));
    });
  }

  #name(given: Given, waitAnew: (atMost?: number) => void): Promise<void> {
    return this.#names.name(
      () => this.#heldEvents,
      async () => {
        waitAnew(MOST_READING_MS);
        return await this.#readSettled(given);
      },
    );
  }

  async #readSettled(given: Given): Promise<readonly LoggedSocket[] | undefined> {
    const waited = await given(new Promise<boolean>((resolve) => this.#edges.later(() => resolve(true), SETTLE_MS)));
    return waited === undefined ? undefined : await given(this.#readLog());
  }

  /** From DevTools' wall time to CDP's clock; exact where the connection's own offset is known. */
  #monotonic(time: number, connection?: ConnectionId): MonotonicSeconds {
    const own = connection === undefined ? undefined : this.#registry.clockOffsetOf(connection);
    return monotonicSeconds(time - (own ?? this.#sockets.clockOffset ?? 0));
  }
}

function addressOf({ url, response }: LoggedSocket): LiveSocket {
  const told = (name: string): string => headerValues(response?.headers ?? [], name).join(", ");
  return { url, subprotocol: told("sec-websocket-protocol"), extensions: told("sec-websocket-extensions") };
}

function heldHandshake(method: string, params: unknown): string[] {
  if (method !== "Network.webSocketWillSendHandshakeRequest") return [];
  const request = readHandshakeRequest(params);
  return request === undefined ? [] : [handshakeKey(request.headers, "", "")];
}
