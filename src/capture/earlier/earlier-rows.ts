import { messageBits, OPCODE_BINARY } from "../../model/frame.ts";
import type { ConnectionId, MonotonicSeconds } from "../../model/units.ts";
import type { LoggedMessage, LoggedSocket } from "./devtools-log.ts";
import type { FrameBatcher } from "../frame-batcher.ts";
import type { Earlier } from "./earlier-list.ts";
import type { LiveSocket } from "./live-sockets.ts";
import { payloadBytes } from "../sources/payload-bytes.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";
import type { Session } from "../attach/target-tree.ts";
import { readError } from "../sources/read-failure.ts";
import { say, sentences, type Said, type Told } from "../../model/said.ts";

export const NOT_SEEN = say("capture.not-seen");
const WHILE_OPENING = say("capture.while-opening");
export const UNTIL_IT_SPEAKS = say("capture.until-it-speaks");
export const ADDRESS_UNKNOWN = say("capture.address-unknown");
export const FROM_LOG = say("capture.from-log");
/** A socket is one of these. */
export const oneOf = (urls: Iterable<string>): Said => say("capture.one-of-these", { urls: [...new Set(urls)] });

/** What DevTools' log has of a known socket, and nobody heard. */
export interface MissedSocket {
  readonly connection: ConnectionId;
  readonly messages: readonly LoggedMessage[];
  /** Seconds since 1970; undefined where it goes on. */
  readonly endedAt: number | undefined;
}

/** Puts sockets from before the capture into the log: connections, their handshakes and their messages. */
export class EarlierRows {
  readonly #batcher: FrameBatcher;
  readonly #registry: SocketRegistry;
  readonly #skip: () => boolean;
  readonly #bound: (session: Session, connection: ConnectionId) => void;
  /** Those without an address whose handshake was seen. */
  readonly #opening = new Set<ConnectionId>();

  /** `skip`: counts a message, and answers true, where the capture is paused; `bound`: Chrome tells of a socket from now on. */
  constructor(batcher: FrameBatcher, registry: SocketRegistry, skip: () => boolean, bound: (session: Session, connection: ConnectionId) => void) {
    this.#batcher = batcher;
    this.#registry = registry;
    this.#skip = skip;
    this.#bound = bound;
  }

  /** Adds logged sockets with all that the log has of them, in the order of time; answers their numbers in order. */
  addLogged(sockets: readonly LoggedSocket[], targetKey: string, clock: (wallTime: number) => MonotonicSeconds): ConnectionId[] {
    const rows: { readonly time: number; readonly add: () => void }[] = [];
    const connections = sockets.map((socket) => {
      const { key, url, initiator, startedAt, requestHeaders, response, messages, endedAt } = socket;
      const connection = this.#registry.nextId();
      this.#registry.nameHandshake(key, connection);
      const start = startedAt ?? messages[0]?.time ?? 0;
      rows.push({
        time: start,
        add: () => {
          this.#batcher.addEvent({ type: "created", connection, targetKey, url, ...(initiator && { initiator }), seenFromStart: true, notice: FROM_LOG });
          if (startedAt !== undefined) this.#batcher.addEvent({ type: "handshake-request", connection, time: clock(start), wallTime: start, headers: requestHeaders });
          // DevTools overwrites the time of the answer with that of each frame.
          if (response !== undefined) this.#batcher.addEvent({ type: "handshake-response", connection, time: clock(start), ...response });
        },
      });
      for (const message of messages) rows.push({ time: message.time, add: () => this.addMessage(connection, message, clock(message.time)) });
      const close = (time: number): void => {
        this.#registry.endConnection(connection);
        this.#batcher.addEvent({ type: "closed", connection, time: clock(time) });
      };
      if (endedAt !== undefined) rows.push({ time: endedAt, add: () => close(endedAt) });
      return connection;
    });
    // A stable sort: what happened at one moment stays in the log's own order.
    for (const { add } of rows.toSorted((a, b) => a.time - b.time)) add();
    return connections;
  }

  /** Adds what nobody heard of known sockets, in the order of time. */
  addMissed(sockets: readonly MissedSocket[], clock: (wallTime: number, connection: ConnectionId) => MonotonicSeconds): void {
    const rows = sockets.flatMap(({ connection, messages, endedAt }) => [
      ...messages.map((message) => ({ time: message.time, add: () => this.addMessage(connection, message, clock(message.time, connection)) })),
      ...(endedAt === undefined ? [] : [{ time: endedAt, add: () => this.#batcher.addEvent({ type: "closed", connection, time: clock(endedAt, connection) }) }]),
    ]);
    for (const { add } of rows.toSorted((a, b) => a.time - b.time)) add();
  }

  addGap(time: MonotonicSeconds, seconds: number, isFilled: boolean): void {
    this.#batcher.addEvent({ type: "gap", time, seconds, isFilled });
  }

  addMessage(connection: ConnectionId, { direction, opcode, data }: LoggedMessage, time: MonotonicSeconds): void {
    if (direction === "error") {
      this.#batcher.addEvent({ type: "error", connection, time, ...readError(data, this.#registry.urlOf(connection)) });
      return;
    }
    if (this.#skip()) return;
    this.#registry.noteFilled(connection, time);
    // What a client sends is masked, what a server sends is not (RFC 6455 §5.1); DevTools does not keep it.
    const isMasked = direction === "sent";
    if (opcode !== OPCODE_BINARY) {
      this.#batcher.addText(time, connection, messageBits(direction, opcode, isMasked, false), data);
      return;
    }
    const bytes = payloadBytes(data);
    if (bytes === undefined) this.#batcher.countLost();
    else this.#batcher.addBytes(time, connection, messageBits(direction, opcode, isMasked, isMasked && bytes.length === 0), bytes);
  }

  /** Adds a socket whose beginning nobody saw, nor its handshake unless it `isOpening`; `notice`: what else there is to say of it. */
  addUnseen(session: Session, socket: LiveSocket | undefined, notice?: Told, isOpening = false): ConnectionId {
    const connection = this.#registry.nextId();
    if (isOpening) this.#opening.add(connection);
    const before = this.#notSeen(connection);
    this.#batcher.addEvent({
      type: "created",
      connection,
      targetKey: session.targetKey,
      url: socket?.url ?? "",
      seenFromStart: false,
      notice: notice === undefined ? before : sentences([before, notice]),
      ...(socket !== undefined && { subprotocol: socket.subprotocol, extensions: socket.extensions }),
    });
    return connection;
  }

  /** A socket of which only frames were known. */
  name(connection: ConnectionId, { url, subprotocol, extensions }: LiveSocket): void {
    this.#registry.rename(connection, url);
    this.#batcher.addEvent({ type: "named", connection, url, subprotocol, extensions, notice: this.#notSeen(connection) });
    this.#opening.delete(connection);
  }

  /** What there is to say of a socket whose handshake nobody saw is another thing now. */
  note({ targetKey }: Session, connection: ConnectionId, notice: Told): void {
    this.#batcher.addEvent({ type: "retargeted", connection, targetKey, notice: sentences([this.#notSeen(connection), notice]) });
  }

  /** A socket that was found silent is one that is known by its frames. */
  withdraw(connection: ConnectionId): void {
    this.#batcher.addEvent({ type: "withdrawn", connection });
  }

  /**
   * From now on this requestId is this connection's. `heard`: how many of its messages passed before; `notice`: what is
   * not certain about that.
   */
  bind(session: Session, requestId: string, { connection, url }: Pick<Earlier, "connection" | "url">, { heard = 0, notice }: { readonly heard?: number; readonly notice?: Told } = {}): void {
    this.#registry.bind(session.key, requestId, connection, url, heard);
    this.#bound(session, connection);
    this.#batcher.addEvent({ type: "retargeted", connection, targetKey: session.targetKey, ...(notice !== undefined && { notice }) });
  }

  #notSeen(connection: ConnectionId): Said {
    return this.#opening.has(connection) ? WHILE_OPENING : NOT_SEEN;
  }
}
