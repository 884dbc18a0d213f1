import { USER_TARGET } from "../../model/connection.ts";
import type { WallClock } from "../../model/clock.ts";
import type { RowDetail, SynthesisedEnd } from "../../model/capture-batch.ts";
import { messageBits, OPCODE_BINARY, OPCODE_TEXT, withOrigin, type Direction } from "../../model/frame.ts";
import type { OutgoingMessage } from "../../model/outgoing-message.ts";
import { monotonicSeconds, type ConnectionId, type MonotonicSeconds } from "../../model/units.ts";
import {
  readCreated,
  readFrame,
  readFrameError,
  readHandshakeRequest,
  readHandshakeResponse,
  readSocketMoment,
  type WebSocketFrame,
} from "./cdp-events.ts";
import type { Report } from "./closing-observer.ts";
import { handshakeKey } from "../earlier/devtools-log.ts";
import type { FrameBatcher } from "../frame-batcher.ts";
import type { OrphanFrame } from "../earlier/match-socket.ts";
import { ObservedClosings } from "./observed-closings.ts";
import { OwnConnections } from "./own-connections.ts";
import { OwnMessages } from "./own-messages.ts";
import { payloadBytes } from "./payload-bytes.ts";
import { RuledRows } from "./ruled-rows.ts";
import type { SocketRegistry } from "./socket-registry.ts";
import type { Session } from "../attach/target-tree.ts";
import type { ToldFrames } from "../earlier/told-frames.ts";
import { say, type Said } from "../../model/said.ts";
import { readError, type ToldError } from "./read-failure.ts";

/** Blobs of one socket that may wait for their frames; Chrome tells of each at once. */
const MOST_BLOBS = 1000;

/** Who is asked about a requestId that no `webSocketCreated` made known: the socket was open before the capture. */
export interface UnknownSockets {
  /** True: the frame is held back, and comes again once its socket is known. */
  hold(session: Session, method: string, params: unknown): boolean;
  /** The connection of one that something else than a frame makes known; `isOpening`: a part of its handshake. */
  add(session: Session, requestId: string, isOpening: boolean): ConnectionId;
  /** The connection that ends, where that can be told. */
  closeUnknown(session: Session, requestId: string): ConnectionId | undefined;
}

export interface SocketEventsParts {
  readonly batcher: FrameBatcher;
  readonly registry: SocketRegistry;
  readonly told: ToldFrames;
  readonly clock: WallClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly unknown: () => UnknownSockets;
  /** Whether the user has Chrome refuse connections to a URL. */
  readonly isRefused: (url: string) => boolean;
}

/** Turns `Network.webSocket*` events into frames and events of a batch. */
export class SocketEvents {
  readonly #batcher: FrameBatcher;
  readonly #clock: WallClock;
  readonly #now: () => number;
  readonly #unknown: () => UnknownSockets;
  readonly #isRefused: SocketEventsParts["isRefused"];
  readonly #registry: SocketRegistry;
  readonly #told: ToldFrames;
  /** Sizes of Blobs that were sent, of which Chrome has yet to tell. */
  readonly #blobs = new Map<ConnectionId, number[]>();
  readonly #closings = new ObservedClosings();
  /** What the user sends, of which Chrome has yet to tell. */
  readonly own = new OwnMessages();
  readonly ownConnections = new OwnConnections();
  /** What rules did to messages. */
  readonly ruled: RuledRows;
  /** The latest time that an event carried: what the capture itself adds never stands before it. */
  #latest = 0;
  #synthesisedEnds = 0;
  /** Frames that passed during the pause; undefined while recording. */
  #skipped: number | undefined;

  constructor({ batcher, registry, told, clock, now, unknown, isRefused }: SocketEventsParts) {
    this.#batcher = batcher;
    this.#registry = registry;
    this.#told = told;
    this.#clock = clock;
    this.#now = now;
    this.#unknown = unknown;
    this.#isRefused = isRefused;
    this.ruled = new RuledRows({ batcher, own: this.own, moment: () => this.moment(), isPaused: () => this.#skipped !== undefined });
  }

  pause(): void {
    this.#skipped ??= 0;
    this.#blobs.clear();
  }

  resume(): void {
    const skipped = this.#skipped;
    if (skipped === undefined) return;
    this.#skipped = undefined;
    this.#batcher.addEvent({ type: "resumed", time: this.moment(), skipped });
  }

  /** Frames that have passed during the pause. */
  get skipped(): number {
    return this.#skipped ?? 0;
  }

  /** Counts a frame that is told of in a pause, and is not to be recorded; false while there is none. */
  skip(): boolean {
    if (this.#skipped === undefined) return false;
    this.#skipped++;
    return true;
  }

  /** Wall time minus CDP's monotonic time, in seconds. */
  get clockOffset(): number | undefined {
    const anchor = this.#clock.anchors.at(-1);
    return anchor === undefined ? undefined : anchor.wallTime - anchor.monotonic;
  }

  isKnown(sessionKey: string, requestId: string): boolean {
    return this.#registry.find(sessionKey, requestId) !== undefined;
  }

  openUrls(sessionKey: string): string[] {
    return this.#registry.openOf(sessionKey).map(({ url }) => url);
  }

  /** What the observer in a page reports of its sockets. */
  takeReport(session: Session, context: number, report: Report): void {
    const told = this.#closings.take(session.key, context, report);
    if (told === undefined) return;
    const { connection } = told;
    if ("closing" in told) {
      this.#blobs.delete(connection);
      this.#batcher.addEvent({ type: "close-details", time: this.moment(), connection, closing: told.closing });
      return;
    }
    // What passes in a pause is not looked at.
    if (this.#skipped !== undefined) return;
    const sizes = this.#blobs.get(connection);
    if (sizes === undefined) this.#blobs.set(connection, [told.blob]);
    else if (sizes.length < MOST_BLOBS) sizes.push(told.blob);
  }

  /** Endings that were told in Chrome's place. */
  get synthesisedEnds(): number {
    return this.#synthesisedEnds;
  }

  /** Ends one connection of which Chrome will say nothing more. */
  endConnection(connection: ConnectionId, synthesised: SynthesisedEnd): void {
    this.#registry.endConnection(connection);
    this.#addEnd(connection, synthesised);
  }

  /** Something else than a socket told both clocks at one moment. */
  noteClock(timestamp: number, wallTime: number): MonotonicSeconds {
    const time = this.#timeAt(timestamp);
    this.#clock.anchor({ monotonic: time, wallTime });
    return time;
  }

  /** The time of an event that is no socket's; what the capture itself adds stands behind it too. */
  noteTime(timestamp: number | undefined): MonotonicSeconds {
    return timestamp === undefined ? this.moment() : this.#timeAt(timestamp);
  }

  anchorClock(timestamp: number, wallTime: number): void {
    const time = monotonicSeconds(timestamp);
    this.#clock.anchor({ monotonic: time, wallTime });
    this.#batcher.addEvent({ type: "clock", time, wallTime });
  }

  /** Now, on CDP's clock, for events of which Chrome gives no time. */
  moment(): MonotonicSeconds {
    const anchor = this.#clock.anchors.at(-1);
    const now = anchor === undefined ? 0 : anchor.monotonic + (this.#now() / 1000 - anchor.wallTime);
    return monotonicSeconds(Math.max(this.#latest, now));
  }

  /** Ends every socket of a session of which Chrome will say nothing more. */
  endSession(sessionKey: string, synthesised: SynthesisedEnd): void {
    this.#closings.endSession(sessionKey);
    this.ruled.endSession(sessionKey);
    for (const connection of this.#registry.endSession(sessionKey)) this.#addEnd(connection, synthesised);
  }

  /** Takes one event. One that cannot be read becomes a row that says so; nothing throws. */
  take(session: Session, method: string, params: unknown): void {
    switch (method) {
      case "Network.webSocketFrameReceived":
        this.#frame(session, method, params, "received");
        return;
      case "Network.webSocketFrameSent":
        this.#frame(session, method, params, "sent");
        return;
      case "Network.webSocketCreated":
        this.#created(session, params);
        return;
      case "Network.webSocketWillSendHandshakeRequest":
        this.#handshakeRequest(session, params);
        return;
      case "Network.webSocketHandshakeResponseReceived":
        this.#handshakeResponse(session, params);
        return;
      case "Network.webSocketFrameError":
        this.#registry.hear(session.key, readSocketMoment(params).requestId);
        this.#error(session, params, (url) => readError(readFrameError(params), url, this.#isRefused(url)));
        return;
      case "Network.webSocketClosed": {
        const { requestId } = readSocketMoment(params);
        const connection = this.#registry.end(session.key, requestId) ?? this.#unknown().closeUnknown(session, requestId);
        if (connection !== undefined) {
          const asked = this.ownConnections.takeEnd(connection);
          this.#forget(connection);
          const observed = this.#closings.isObserved(connection);
          this.#batcher.addEvent({ type: "closed", connection, time: this.#timeOf(params), ...(observed && { observed }), ...(asked !== undefined && { asked }) });
        }
        return;
      }
    }
  }

  #frame(session: Session, method: string, params: unknown, direction: Direction): void {
    if (this.#skipped !== undefined) {
      if (this.own.size > 0) this.#takeOwn(session, params, direction);
      const connection = this.#registry.hear(session.key, readSocketMoment(params).requestId);
      if (connection !== undefined && this.ruled.size > 0) this.ruled.count(connection, direction);
      const read = (): OrphanFrame | undefined => orphanOf(readFrame(params), direction);
      if (connection === undefined || !this.#told.take(connection, read, this.clockOffset ?? 0)) this.#skipped++;
      return;
    }
    const frame = readFrame(params);
    if (frame === undefined) {
      this.#unreadable(session, params, say("capture.unreadable-fields"));
      return;
    }
    const { opcode, mask, payloadData } = frame;
    const known = this.#registry.hear(session.key, frame.requestId);
    if (known === undefined && this.#unknown().hold(session, method, params)) return;
    const connection = known ?? this.#connectionOf(session, frame.requestId, false);
    if (this.#told.size > 0 && this.#told.take(connection, () => orphanOf(frame, direction), this.clockOffset ?? 0)) return;
    // One that the log told already says nothing of where it ends.
    const time = this.#registry.timeOfHeard(connection, this.#timeAt(frame.timestamp));
    if (this.ruled.size > 0) this.ruled.count(connection, direction);
    const own = this.own.size > 0 && direction === "sent" ? this.own.take(connection, opcode, payloadData) : undefined;
    if (own?.isNone === true) return;
    if (opcode !== OPCODE_BINARY) {
      const bits = messageBits(direction, opcode, mask, false);
      if (own === undefined) this.#batcher.addText(time, connection, bits, payloadData);
      else this.#batcher.addText(time, connection, withOrigin(bits, own.origin), payloadData, own.details);
      return;
    }
    const bytes = payloadBytes(payloadData);
    if (bytes === undefined) {
      this.#unreadable(session, params, say("capture.unreadable-payload"));
      return;
    }
    // Chrome gives no payload for a Blob; only the observer tells it from an empty binary message.
    const hasNone = direction === "sent" && bytes.length === 0 && own === undefined;
    const size = hasNone ? this.#blobs.get(connection)?.shift() : undefined;
    const isUnreported = hasNone && size !== 0;
    const details: RowDetail[] = size !== undefined && size > 0 ? [{ type: "payload-size", connection, bytes: size }] : [];
    const bits = messageBits(direction, opcode, mask, isUnreported);
    this.#batcher.addBytes(time, connection, own === undefined ? bits : withOrigin(bits, own.origin), bytes, own?.details ?? details);
  }

  /** A message that the user had the page get; it was never on the wire. */
  addMade(connection: ConnectionId, message: OutgoingMessage): void {
    if (this.#skipped !== undefined) return;
    const bits = withOrigin(messageBits("received", message.type === "text" ? OPCODE_TEXT : OPCODE_BINARY, false, false), "user");
    if (message.type === "text") this.#batcher.addText(this.moment(), connection, bits, message.text);
    else this.#batcher.addBytes(this.moment(), connection, bits, message.bytes);
  }

  /** What the user sends in a pause is not recorded either. */
  #takeOwn(session: Session, params: unknown, direction: Direction): void {
    const frame = direction === "sent" ? readFrame(params) : undefined;
    const connection = frame === undefined ? undefined : this.#registry.find(session.key, frame.requestId);
    if (frame !== undefined && connection !== undefined) this.own.take(connection, frame.opcode, frame.payloadData);
  }

  #created(session: Session, params: unknown): void {
    const created = readCreated(params);
    if (created === undefined) return;
    const connection = this.#registry.addNew(session.key, created.requestId, created.url);
    this.#closings.created(session.key, connection, created.url);
    this.ruled.created(session.key, connection, created.url);
    const told = this.ownConnections.take(created.initiator?.url);
    // Each time: a clear may have taken it away.
    if (told !== undefined) this.#batcher.addEvent({ type: "target", target: USER_TARGET });
    this.#batcher.addEvent({
      type: "created",
      connection,
      targetKey: told === undefined ? session.targetKey : USER_TARGET.key,
      url: created.url,
      ...(created.initiator && told === undefined && { initiator: created.initiator }),
      seenFromStart: true,
    });
    told?.(connection);
  }

  #handshakeRequest(session: Session, params: unknown): void {
    const request = readHandshakeRequest(params);
    if (request === undefined) return;
    const time = this.#timeAt(request.timestamp);
    this.#clock.anchor({ monotonic: time, wallTime: request.wallTime });
    const connection = this.#connectionOf(session, request.requestId, true);
    this.#registry.setStart(connection, time);
    this.#registry.setClockOffset(connection, request.wallTime - request.timestamp);
    this.#registry.nameHandshake(handshakeKey(request.headers, new Date(request.wallTime * 1000).toJSON(), this.#registry.urlOf(connection)), connection);
    this.#batcher.addEvent({
      type: "handshake-request",
      connection,
      time,
      wallTime: request.wallTime,
      headers: request.headers,
    });
  }

  #handshakeResponse(session: Session, params: unknown): void {
    const response = readHandshakeResponse(params);
    if (response === undefined) return;
    const connection = this.#connectionOf(session, response.requestId, true);
    this.#registry.setOpened(connection);
    this.ruled.opened(session.key, connection);
    this.#batcher.addEvent({
      type: "handshake-response",
      connection,
      time: this.#timeAt(response.timestamp),
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      ...(response.headersText !== undefined && { headersText: response.headersText }),
      ...(response.requestHeaders !== undefined && { requestHeaders: response.requestHeaders }),
      ...(response.requestHeadersText !== undefined && { requestHeadersText: response.requestHeadersText }),
    });
  }

  #unreadable(session: Session, params: unknown, message: Said): void {
    this.#batcher.countLost();
    this.#error(session, params, () => ({ message }));
  }

  #error(session: Session, params: unknown, read: (url: string) => ToldError): void {
    const { requestId } = readSocketMoment(params);
    const connection = this.#connectionOf(session, requestId, false);
    this.#batcher.addEvent({ type: "error", connection, time: this.#timeOf(params), ...read(this.#registry.urlOf(connection)) });
  }

  /** A socket that was made before the capture began has no `webSocketCreated`; what Chrome first tells of it makes it known. */
  #connectionOf(session: Session, requestId: string, isOpening: boolean): ConnectionId {
    return this.#registry.find(session.key, requestId) ?? this.#unknown().add(session, requestId, isOpening);
  }

  #addEnd(connection: ConnectionId, synthesised: SynthesisedEnd): void {
    this.#synthesisedEnds++;
    this.#forget(connection);
    this.#batcher.addEvent({ type: "closed", connection, time: this.moment(), synthesised });
  }

  #forget(connection: ConnectionId): void {
    this.#told.forget(connection);
    this.own.forget(connection);
    this.ownConnections.takeEnd(connection);
    this.ruled.forget(connection);
    this.#blobs.delete(connection);
  }

  #timeOf(params: unknown): MonotonicSeconds {
    const { timestamp } = readSocketMoment(params);
    return timestamp === undefined ? this.moment() : this.#timeAt(timestamp);
  }

  #timeAt(timestamp: number): MonotonicSeconds {
    this.#latest = Math.max(this.#latest, timestamp);
    return monotonicSeconds(timestamp);
  }
}

/** A frame as DevTools' log would have it. */
function orphanOf(frame: WebSocketFrame | undefined, direction: Direction): OrphanFrame | undefined {
  return frame && { timestamp: frame.timestamp, direction, opcode: frame.opcode, data: frame.payloadData };
}
