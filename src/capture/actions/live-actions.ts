import { keepGlobal } from "../../agent/keep-global.ts";
import { readStorage } from "../../agent/read-storage.ts";
import { speakThrough } from "../../agent/speak-through.ts";
import { unreadableFile } from "../../agent/unreadable-file.ts";
import { base64Text } from "../../model/base64.ts";
import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import { isClosingCode, MOST_CLOSING_REASON, MOST_OUTGOING, type AskedEnd, type OutgoingClose, type OutgoingMessage } from "../../model/outgoing-message.ts";
import { canBeAdded, type OpeningPlace, type OwnConnection } from "../../model/own-connection.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { StoredValue } from "../../model/stored-value.ts";
import type { ConnectionId, FrameIndex } from "../../model/units.ts";
import { wordsOf } from "../attach/attach-errors.ts";
import { readCookies, readMainFrameId, readObjectId, readStored, readThrown, readValue } from "../sources/cdp-events.ts";
import { KEPT_GROUP, type PageObject } from "../page-object.ts";
import type { OwnMessage, OwnMessages } from "../sources/own-messages.ts";
import type { DebugSource } from "../debugger-api.ts";
import type { OwnConnections } from "../sources/own-connections.ts";
import { openingPlaces, type OpeningTarget, type SoughtPlace } from "./opening-places.ts";
import { openSocket, worldOf, type OpenRequest } from "./open-socket.ts";
import { OwnWorkers, type OwnWorkerEdges } from "./own-worker.ts";
import { findReceivingNatives, findSocketNatives } from "./page-natives.ts";
import { holdInPage } from "./page-message.ts";
import { SocketHandles, type HandleEdges, type SocketHandle } from "./socket-handles.ts";

export interface LiveEdges extends HandleEdges, OwnWorkerEdges {
  readonly ownConnections: OwnConnections;
  /** The session of the tab's page. */
  readonly pageKey: () => string;
  /** All that runs in the tab, the page first. */
  readonly targets: () => readonly OpeningTarget[];
  /** Whether a session shows documents. */
  readonly isPage: (source: DebugSource) => boolean;
  readonly own: OwnMessages;
  /** The page got a message that the user made. */
  readonly made: (connection: ConnectionId, message: OutgoingMessage) => void;
  /** Calls back late rather than never; for what only bounds a wait. */
  readonly later: (callback: () => void, milliseconds: number) => void;
  /** A name that no page can guess. */
  readonly drawName: () => string;
}

const CONNECTING = 0;
const OPEN = 1;
/** A page that runs a long script answers after it; one that hangs never does. */
const MOST_WAIT_MS = 10_000;
/** How often it is looked whether a connection that is being opened is open, or has failed. */
const LOOK_MS = 50;
/** UTF-16 units of messages that go in one command: a page takes it in some milliseconds. */
const MOST_AT_ONCE = 256 * 1024;
/** UTF-16 units of a page's storages that are looked through. */
const MOST_STORED = 2 << 20;
type MethodName = "state" | "send" | "sendEach" | "close" | "receive";
const method = (name: MethodName): string => `(${speakThrough.toString()})().${name}`;

/** A message, and the row that it is made from; null for none. */
interface MadeFrom {
  readonly message: OutgoingMessage;
  readonly madeFrom: FrameIndex | null;
}

const madeDetails = (connection: ConnectionId, madeFrom: FrameIndex | null): OwnMessage["details"] => (madeFrom === null ? [] : [{ type: "made-from", connection, row: madeFrom }]);

/** What the user does with connections of the page: through the page's own sockets, with Chrome's own functions. */
export class LiveActions {
  readonly #edges: LiveEdges;
  readonly #handles: SocketHandles;
  readonly #workers: OwnWorkers;

  constructor(edges: LiveEdges) {
    this.#edges = edges;
    this.#handles = new SocketHandles(edges);
    this.#workers = new OwnWorkers(edges);
  }

  /** Resolves once the page's socket is found, and messages can go out on it; one of the user's own is found before that. */
  async reach(connection: ConnectionId, mayStandStill: boolean): Promise<void> {
    await this.#handles.reach(connection, mayStandStill);
    while ((await this.#stateOf(connection)) === CONNECTING) await new Promise<void>((resolve) => this.#edges.later(resolve, LOOK_MS));
  }

  letGo(connection: ConnectionId): void {
    this.#handles.letGo(connection);
  }

  /** `madeFrom`: the row that is sent again. Resolves once the page's socket has taken it. */
  async send(connection: ConnectionId, message: OutgoingMessage, madeFrom: FrameIndex | null): Promise<void> {
    if ((message.type === "text" ? message.text : message.bytes).length > MOST_OUTGOING) throw new Refusal(say("live.too-long", { most: MOST_OUTGOING }));
    const { socket, natives } = this.#handleOf(connection);
    // As `send` itself does: text of a WebSocket has no lone surrogates.
    const outgoing: OutgoingMessage = message.type === "text" ? { type: "text", text: message.text.toWellFormed() } : message;
    const own: OwnMessage = {
      opcode: outgoing.type === "text" ? OPCODE_TEXT : OPCODE_BINARY,
      data: outgoing.type === "text" ? outgoing.text : base64Text(outgoing.bytes),
      origin: "user",
      details: madeDetails(connection, madeFrom),
    };
    const { api } = this.#edges;
    const held = await holdInPage(api, socket, outgoing, (act) => this.#inTime(act, "live.no-answer-yet"));
    const state = await this.#inTime(async () => {
      // Chrome tells of the frame before it answers.
      this.#edges.own.expect(connection, own);
      try {
        return await this.#call({ socket, natives }, "send", [{ objectId: natives.readyState }, { objectId: natives.send }, { objectId: held }]);
      } finally {
        void api.send(socket.source, "Runtime.releaseObject", { objectId: held }).catch(() => {});
      }
    });
    if (state === OPEN) return;
    this.#edges.own.withdraw(connection, own);
    throw new Refusal(say(state === CONNECTING ? "live.connecting" : "live.ended"));
  }

  /** Sends messages in their order, short texts together. Resolves once the page's socket has taken all. */
  async sendSeveral(connection: ConnectionId, messages: readonly MadeFrom[]): Promise<void> {
    for (let next = 0; next < messages.length; ) {
      const from = next;
      let length = 0;
      for (let one = messages[next]; one?.message.type === "text" && length + one.message.text.length <= MOST_AT_ONCE; one = messages[++next]) length += one.message.text.length;
      if (next > from) await this.#sendTexts(connection, messages.slice(from, next));
      else {
        const { message, madeFrom } = messages[next++] as MadeFrom;
        await this.send(connection, message, madeFrom);
      }
    }
  }

  async #sendTexts(connection: ConnectionId, messages: readonly MadeFrom[]): Promise<void> {
    const handle = this.#handleOf(connection);
    const own = messages.flatMap(({ message, madeFrom }): OwnMessage[] => (message.type === "text" ? [{ opcode: OPCODE_TEXT, data: message.text.toWellFormed(), origin: "user", details: madeDetails(connection, madeFrom) }] : []));
    const { readyState, send } = handle.natives;
    let sent = 0;
    try {
      sent = await this.#inTime(() => {
        // Chrome tells of the frames before it answers.
        for (const one of own) this.#edges.own.expect(connection, one);
        return this.#call(handle, "sendEach", [{ objectId: readyState }, { objectId: send }, { value: own.map(({ data }) => data) }]);
      });
    } finally {
      for (const one of own.slice(sent)) this.#edges.own.withdraw(connection, one);
    }
    if (sent < own.length) throw new Refusal(say("live.ended"));
  }

  /** Has the page's listeners get a message as if the server had sent it: it was never on the wire, and its row says so. */
  async receive(connection: ConnectionId, message: OutgoingMessage): Promise<void> {
    if ((message.type === "text" ? message.text : message.bytes).length > MOST_OUTGOING) throw new Refusal(say("live.too-long", { most: MOST_OUTGOING }));
    const handle = this.#handleOf(connection);
    const { socket, natives } = handle;
    const { api, registry } = this.#edges;
    const given: OutgoingMessage = message.type === "text" ? { type: "text", text: message.text.toWellFormed() } : message;
    const receiving = await this.#inTime(() => findReceivingNatives(api, socket.source, socket.objectId));
    if (typeof receiving === "string") throw new Refusal(say("live.replaced", { name: receiving }));
    const held = await holdInPage(api, socket, given, (act) => this.#inTime(act, "live.no-answer-yet"));
    const state = await this.#inTime(async () => {
      const handles = [natives.readyState, receiving.dispatchEvent, receiving.MessageEvent, receiving.Blob, held].map((objectId) => ({ objectId }));
      const origin = /^wss?:\/\/[^/?#]*/.exec(registry.placeOf(connection)?.url ?? "")?.[0] ?? "";
      return await this.#call(handle, "receive", [...handles, { value: origin }]);
    });
    if (state !== OPEN) throw new Refusal(say(state === CONNECTING ? "live.connecting" : "live.ended"));
    this.#edges.made(connection, given);
  }

  /** Keeps a value in a global variable of the tab's page, for its console; answers the variable's name. */
  async keepGlobal(json: string): Promise<string> {
    const { api, placeOf, pageKey } = this.#edges;
    if (json.length > MOST_OUTGOING) throw new Refusal(say("live.too-long-to-keep", { most: MOST_OUTGOING }));
    const page = placeOf(pageKey());
    if (page === undefined) throw new Refusal(say("live.ended"));
    const expression = `(${keepGlobal.toString()})(${JSON.stringify(json)})`;
    const kept = await this.#inTime(() => api.send(page.source, "Runtime.evaluate", { expression, returnByValue: true, silent: true }));
    const thrown = readThrown(kept);
    if (thrown !== undefined) throw new Refusal(say("live.not-stored", { why: thrown }));
    return String(readValue(kept));
  }

  /** What the browser holds for a connection's document; for the tab's page where it has none, or that is gone. What it does not tell is left out. */
  async storedValues(connection: ConnectionId): Promise<readonly StoredValue[]> {
    const { api, placeOf, pageKey, registry, isPage } = this.#edges;
    const own = placeOf(registry.placeOf(connection)?.sessionKey ?? "");
    const place = own !== undefined && isPage(own.source) ? own : placeOf(pageKey());
    if (place === undefined) return [];
    const { source } = place;
    const expression = `(${readStorage.toString()})(${MOST_STORED})`;
    const told = await this.#inTime(() =>
      Promise.all([
        this.#worldIn(source, null)
          .then((contextId) => api.send(source, "Runtime.evaluate", { expression, contextId, returnByValue: true, silent: true }))
          .then(readStored, () => []),
        api.send(source, "Network.getCookies", {}).then(readCookies, () => []),
      ]),
    );
    return told.flat();
  }

  /** From where a connection can be opened, and which of these one like that would be. */
  async openingPlaces(sought: SoughtPlace): Promise<{ readonly places: readonly OpeningPlace[]; readonly chosen: number }> {
    const { api } = this.#edges;
    // Of ours are the workers that were started for a connection, and the extension's own.
    const isOurs = (url: string): boolean => this.#workers.has(url) || url.startsWith(`chrome-extension://${api.ownId}/`);
    const targets = this.#edges.targets().filter(({ url, isPage }) => isPage || !isOurs(url));
    return await this.#inTime(() => openingPlaces(api, targets, sought));
  }

  /** Whether the worker of this script is one that was started for a connection. */
  isOwnWorker(url: string): boolean {
    return this.#workers.has(url);
  }

  /**
   * Opens a connection of the user's own, from a document or worker of the tab. Resolves with its number once Chrome has
   * told of it: it is connecting then, or has failed already. With headers it is opened in a worker of its own there.
   */
  async connect({ place, url, subprotocols, headers }: OwnConnection): Promise<ConnectionId> {
    const { placeOf, pageKey, ownConnections, realms, drawName } = this.#edges;
    const fixed = headers.filter(({ name }) => !canBeAdded(name));
    if (fixed.length > 0) throw new Refusal(say("live.fixed-header", { name: fixed.map(({ name }) => name) }));
    const from = placeOf(place?.session ?? pageKey());
    if (from === undefined) throw new Refusal(say("live.place-gone"));
    // A page's script could have any name that it can guess, and its socket would be taken for the user's.
    const script = `framescope-connect-${drawName()}.js`;
    const told = ownConnections.expect(script);
    let isGivenUp = false;
    const opening = this.#open(from.source, place?.frame ?? null, { url, subprotocols, script, endsPlace: headers.length > 0 }, headers);
    const taken = async (): Promise<ConnectionId> => {
      const socket = await opening;
      const connection = await told;
      const natives = await findSocketNatives(this.#edges.api, socket.source, socket.objectId);
      if (natives === undefined) throw new Refusal(say("live.replaced", { name: "WebSocket" }));
      if (!isGivenUp) this.#handles.take(connection, { socket, natives });
      return connection;
    };
    const giveUp = (): void => {
      isGivenUp = true;
      ownConnections.withdraw(script);
      // Also one that is there later yet: the user was told that there is none.
      void opening.then((socket) => this.#abandon(socket).finally(() => realms.release(socket.source))).catch(() => {});
    };
    try {
      const connection = await this.#inTime(() => this.#unlessEnded(told, taken()));
      if (this.#edges.registry.placeOf(connection) === undefined) giveUp();
      return connection;
    } catch (error) {
      giveUp();
      throw error;
    }
  }

  /**
   * A connection that fails at once takes the worker along that was started for it: Chrome says then that there is no such
   * worker, or nothing any more. What there is to tell of it is in its rows.
   */
  async #unlessEnded(told: Promise<ConnectionId>, taken: Promise<ConnectionId>): Promise<ConnectionId> {
    const life = { isOver: false };
    const ended = told.then(async (connection) => {
      while (!life.isOver && this.#edges.registry.placeOf(connection) !== undefined) await new Promise<void>((resolve) => this.#edges.later(resolve, LOOK_MS));
      return connection;
    });
    const failed = taken.catch(async (error: unknown) => {
      // Chrome may tell of the end a moment later.
      const soon = new Promise<never>((_, reject) => this.#edges.later(() => reject(error), LOOK_MS * 4));
      return await Promise.race([ended, soon]);
    });
    try {
      return await Promise.race([failed, ended]);
    } finally {
      life.isOver = true;
    }
  }

  /** The domain is kept for the socket's handle, and is to be released with it; not where this rejects. */
  async #open(source: DebugSource, frame: string | null, request: OpenRequest, headers: OwnConnection["headers"]): Promise<PageObject> {
    const { api, realms, isPage } = this.#edges;
    const contextId = isPage(source) ? await this.#worldIn(source, frame) : undefined;
    const place = headers.length === 0 ? source : await this.#workers.start(source, contextId, headers);
    realms.keep(place);
    try {
      return await openSocket(api, place, place === source ? contextId : undefined, request);
    } catch (error) {
      realms.release(place);
      if (place !== source) void this.#workers.end(place);
      throw error;
    }
  }

  async #worldIn(source: DebugSource, frame: string | null): Promise<number> {
    const { api } = this.#edges;
    const id = frame ?? readMainFrameId(await api.send(source, "Page.getFrameTree"));
    const contextId = id === undefined ? undefined : await worldOf(api, source, id);
    if (contextId === undefined) throw new Refusal(say("live.place-gone"));
    return contextId;
  }

  async close(connection: ConnectionId, { code, reason }: OutgoingClose): Promise<void> {
    if (code !== null && !isClosingCode(code)) throw new Refusal(say("live.close-code"));
    if (new TextEncoder().encode(reason).length > MOST_CLOSING_REASON) throw new Refusal(say("live.close-reason", { most: MOST_CLOSING_REASON }));
    const handle = this.#handleOf(connection);
    const { natives } = handle;
    const words = reason.toWellFormed();
    await this.#asking(connection, { code, reason: words }, async () => {
      const state = await this.#inTime(() => this.#call(handle, "close", [{ objectId: natives.readyState }, { objectId: natives.close }, code === null ? {} : { value: code }, { value: words }]));
      if (state > OPEN) throw new Refusal(say("live.ended"));
    });
  }

  /**
   * Ends a connection as a lost network would: the page gets 1006. The server is told 1001, since Chrome fails the connection
   * over a Blob that cannot be read.
   */
  async endAbnormally(connection: ConnectionId): Promise<void> {
    const handle = this.#handleOf(connection);
    const { socket, natives } = handle;
    const { api } = this.#edges;
    // Chrome tells of an empty message, which never was.
    const own: OwnMessage = { opcode: OPCODE_BINARY, data: "", origin: "user", details: [], isNone: true };
    await this.#asking(connection, "lost", async () => {
      const state = await this.#inTime(async () => {
        const made = await api.send(socket.source, "Runtime.callFunctionOn", { objectId: socket.objectId, functionDeclaration: unreadableFile.toString(), arguments: [{ value: `framescope-${crypto.randomUUID()}` }], awaitPromise: true, objectGroup: KEPT_GROUP, silent: true });
        const held = readThrown(made) === undefined ? readObjectId(made) : undefined;
        if (held === undefined) throw new Refusal(say("live.no-abnormal"));
        this.#edges.own.expect(connection, own);
        return await this.#call(handle, "send", [{ objectId: natives.readyState }, { objectId: natives.send }, { objectId: held }]);
      });
      if (state === OPEN) return;
      this.#edges.own.withdraw(connection, own);
      throw new Refusal(say(state === CONNECTING ? "live.connecting" : "live.ended"));
    });
  }

  clear(): void {
    this.#handles.clear();
  }

  /** Has the end that Chrome will tell of be told as the user's, unless it is refused. */
  async #asking(connection: ConnectionId, asked: AskedEnd, act: () => Promise<void>): Promise<void> {
    const { ownConnections } = this.#edges;
    ownConnections.expectEnd(connection, asked);
    try {
      await act();
    } catch (error) {
      ownConnections.takeEnd(connection);
      throw error;
    }
  }

  /** Ends a socket of the user's own that nobody will speak through. */
  async #abandon(socket: PageObject): Promise<void> {
    const { api } = this.#edges;
    try {
      const natives = await findSocketNatives(api, socket.source, socket.objectId);
      if (natives !== undefined) await this.#call({ socket, natives }, "close", [{ objectId: natives.readyState }, { objectId: natives.close }, {}, { value: "" }]);
    } finally {
      await api.send(socket.source, "Runtime.releaseObject", { objectId: socket.objectId });
    }
  }

  #handleOf(connection: ConnectionId): SocketHandle {
    const handle = this.#handles.get(connection);
    if (handle !== undefined) return handle;
    throw new Refusal(say(this.#edges.registry.placeOf(connection) === undefined ? "live.ended" : "live.not-reached"));
  }

  #stateOf(connection: ConnectionId): Promise<number> {
    const handle = this.#handleOf(connection);
    return this.#inTime(() => this.#call(handle, "state", [{ objectId: handle.natives.readyState }]), "live.no-answer-yet");
  }

  /** Answers the state that the socket was in, or how many it has sent. */
  async #call({ socket: { source, objectId } }: SocketHandle, name: MethodName, values: readonly object[]): Promise<number> {
    const answer = await this.#edges.api.send(source, "Runtime.callFunctionOn", { objectId, functionDeclaration: method(name), arguments: values, returnByValue: true });
    const thrown = readThrown(answer);
    if (thrown !== undefined) throw new Refusal(say("live.thrown", { why: thrown }));
    const state = readValue(answer);
    return typeof state === "number" ? state : Number.NaN;
  }

  async #inTime<Value>(act: () => Promise<Value>, code: "live.no-answer" | "live.no-answer-yet" = "live.no-answer"): Promise<Value> {
    const late = new Promise<never>((_, reject) => this.#edges.later(() => reject(new Refusal(say(code))), MOST_WAIT_MS));
    try {
      return await Promise.race([act(), late]);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // Chrome's own words: the page, or the object, is there no more.
      throw new Refusal(say("live.gone", { why: wordsOf(error) }));
    }
  }
}
