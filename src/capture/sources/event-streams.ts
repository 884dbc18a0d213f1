import type { SynthesisedEnd } from "../../model/capture-batch.ts";
import type { EarlierStreams } from "../earlier/earlier-streams.ts";
import type { LoggedEvent } from "../earlier/logged-streams.ts";
import { messageBits, OPCODE_TEXT } from "../../model/frame.ts";
import { DEFAULT_EVENT } from "../../model/stream-event.ts";
import { monotonicSeconds, type ConnectionId } from "../../model/units.ts";
import type { FrameBatcher } from "../frame-batcher.ts";
import type { SocketEvents } from "./socket-events.ts";
import type { SocketRegistry } from "./socket-registry.ts";
import type { Session } from "../attach/target-tree.ts";
import {
  isStreamRequest,
  readRequestId,
  readStreamFailure,
  readStreamMessage,
  readStreamRequest,
  readStreamResponse,
  readTimestamp,
  readWireHeaders,
  type StreamMessage,
  type StreamRequest,
} from "./stream-events.ts";
import { say } from "../../model/said.ts";
import { readError } from "./read-failure.ts";

export interface EventStreamsParts {
  readonly batcher: FrameBatcher;
  /** It has the clock, and counts what passes in a pause. */
  readonly sockets: SocketEvents;
  /** Connections of all transports are numbered together. */
  readonly registry: SocketRegistry;
  /** Those from before the capture. */
  readonly earlier: EarlierStreams;
  /** Holds all events back until DevTools' log was read again, and then does this before them. */
  readonly askLog: (then: () => void) => void;
  /** Runs an action in its order among all events. */
  readonly inOrder: (action: () => void) => void;
}

interface Stream {
  readonly id: ConnectionId;
  readonly sessionKey: string;
  /** What the page asked for, and from where. */
  readonly asked: string;
  isAnswered: boolean;
  /** Requests and answers that Chrome has told of, redirected ones too, and how many of them came with their headers. */
  readonly told: Record<Side, number>;
  readonly wired: Record<Side, number>;
  /** Headers of the request that comes next, where it is redirected. */
  readonly ahead: Partial<Record<Side, unknown>>;
  /** When its last event came. */
  latest: number;
  /** Events that DevTools' log told of, and Chrome may tell as well. */
  again: LoggedEvent[];
}

const SIDES = ["request", "response"] as const;
type Side = (typeof SIDES)[number];

/** So often DevTools' log is asked whose an event is: on a busy machine it hears of it after us. */
const MOST_ASKED = 3;
/** Headers of requests that may turn out to be streams': Chrome tells of them before the request itself at times. */
const MOST_EARLY = 64;
/** Streams that have ended and may be connected again. */
const MOST_ENDED = 256;
const BITS = messageBits("received", OPCODE_TEXT, false, false);

/** Where a request of an EventSource and those after it are alike. */
const askedFor = (session: Session, url: string): string => `${session.key} ${url}`;
const placeOf = ({ key }: Session, requestId: string): string => `${key} ${requestId}`;

/**
 * Turns what Chrome tells of EventSources (`Network.requestWillBeSent` and what follows it, and
 * `Network.eventSourceMessageReceived`) into connections and messages of a batch. All other requests of the page come by
 * here too: they cost a look at their type or their id.
 */
export class EventStreams {
  readonly #parts: EventStreamsParts;
  readonly #streams = new Map<string, Stream>();
  /** By request alone: the headers of a worker's requests come in the session of its page. */
  readonly #byRequest = new Map<string, Stream>();
  readonly #early = new Map<string, Partial<Record<Side, unknown>>>();
  /** The last connection of an EventSource that the browser may connect again, by what it asked for. */
  readonly #ended = new Map<string, ConnectionId[]>();

  constructor(parts: EventStreamsParts) {
    this.#parts = parts;
  }

  /** The sessions that have streams which have not ended. */
  get sessionKeys(): ReadonlySet<string> {
    return new Set([...this.#streams.values()].map(({ sessionKey }) => sessionKey));
  }

  /** Takes an event of the Network domain that is no socket's. Nothing throws. */
  take(session: Session, method: string, params: unknown): void {
    switch (method) {
      case "Network.eventSourceMessageReceived": {
        // By now: it may end before its turn comes.
        const stream = this.#streamOf(session, params);
        this.#inOrder(() => this.#message(session, params, stream));
        return;
      }
      case "Network.requestWillBeSent": {
        const known = this.#streams.has(placeOf(session, readRequestId(params)));
        const request = known || isStreamRequest(params) ? readStreamRequest(params) : undefined;
        if (request !== undefined) this.#request(session, request);
        return;
      }
      case "Network.requestWillBeSentExtraInfo":
        this.#wireHeaders(session, params, "request");
        return;
      case "Network.responseReceivedExtraInfo":
        this.#wireHeaders(session, params, "response");
        return;
      case "Network.responseReceived": {
        const stream = this.#streamOf(session, params);
        if (stream === undefined) return;
        stream.isAnswered = readStreamResponse(params).status === 200;
        this.#inOrder(() => this.#parts.batcher.addEvent({ type: "handshake-response", connection: stream.id, time: this.#time(params), ...readStreamResponse(params) }));
        return;
      }
      case "Network.loadingFinished":
        this.#end(session, params, "server");
        return;
      case "Network.loadingFailed":
        this.#end(session, params, readStreamFailure(params) ?? "page");
    }
  }

  /** Ends every stream of a session of which Chrome will say nothing more. */
  endSession(sessionKey: string, synthesised: SynthesisedEnd): void {
    const { batcher, sockets, earlier } = this.#parts;
    const close = (connection: ConnectionId): void => batcher.addEvent({ type: "closed", connection, time: sockets.moment(), synthesised });
    const end = (isOver: (stream: Stream) => boolean): void => {
      for (const [place, stream] of this.#streams) {
        if (stream.sessionKey !== sessionKey || !isOver(stream)) continue;
        this.#forget(place, stream);
        this.#inOrder(() => close(stream.id));
      }
    };
    // What is requested before its turn comes is the next page's; what an event that waits makes known is this one's.
    end(() => true);
    this.#inOrder(() => {
      end(({ asked }) => asked === "");
      earlier.endPage(sessionKey).forEach(close);
    });
    for (const asked of this.#ended.keys()) if (asked.startsWith(`${sessionKey} `)) this.#ended.delete(asked);
  }

  #request(session: Session, request: StreamRequest): void {
    const { requestId, url, headers, wallTime, timestamp, initiator, redirectStatus } = request;
    const { batcher, sockets } = this.#parts;
    const place = placeOf(session, requestId);
    const known = this.#streams.get(place);
    this.#parts.earlier.hear(wallTime, url);
    const early = this.#early.get(requestId);
    this.#early.delete(requestId);
    if (known !== undefined) {
      this.#inOrder(() => {
        const time = sockets.noteClock(timestamp, wallTime);
        batcher.addEvent({ type: "redirected", connection: known.id, time, status: redirectStatus ?? 0, url });
        batcher.addEvent({ type: "handshake-request", connection: known.id, time, wallTime, headers });
      });
      for (const side of SIDES) {
        known.told[side]++;
        const { [side]: headersAhead } = known.ahead;
        delete known.ahead[side];
        if (headersAhead !== undefined) this.#addWireHeaders(known, headersAhead, side);
      }
      return;
    }
    const asked = askedFor(session, url);
    const reconnects = this.#takeEnded(asked);
    const stream = this.#add(session, requestId, { id: this.#parts.registry.nextId(), asked, isAnswered: false, again: [] });
    const connection = stream.id;
    this.#inOrder(() => {
      const time = sockets.noteClock(timestamp, wallTime);
      batcher.addEvent({
        type: "created",
        connection,
        transport: "event-source",
        ...(reconnects !== undefined && { reconnects }),
        targetKey: session.targetKey,
        url,
        ...(initiator && { initiator }),
        seenFromStart: true,
      });
      batcher.addEvent({ type: "handshake-request", connection, time, wallTime, headers });
    });
    for (const side of SIDES) if (early?.[side] !== undefined) this.#wireHeadersOf(stream, early[side], side);
  }

  /** `asked`: how often DevTools' log was asked whose it is. */
  #message(session: Session, params: unknown, known: Stream | undefined, asked = 0): void {
    const { batcher, sockets } = this.#parts;
    const message = readStreamMessage(params);
    const stream = known ?? this.#streamOrNew(session, readRequestId(params), message, asked);
    if (stream === undefined) return this.#parts.askLog(() => this.#message(session, params, undefined, asked + 1));
    if (message !== undefined && stream.again.length > 0 && isTold(stream, message)) return;
    if (sockets.skip()) return;
    const { id: connection } = stream;
    const time = sockets.noteTime(message?.timestamp);
    stream.latest = Math.max(stream.latest, time);
    if (message === undefined) {
      batcher.countLost();
      batcher.addEvent({ type: "error", connection, time, message: say("capture.unreadable-event") });
      return;
    }
    const { name, id, data } = message;
    const isDefault = name === DEFAULT_EVENT.name && id === DEFAULT_EVENT.id;
    batcher.addText(time, connection, BITS, data, isDefault ? [] : [{ type: "stream-event", connection, name, id }]);
  }

  /** A stream that was open before the capture is named by DevTools' log, or else made known by its first event. Undefined: ask the log. */
  #streamOrNew(session: Session, requestId: string, message: StreamMessage | undefined, asked: number): Stream | undefined {
    const known = this.#streams.get(placeOf(session, requestId));
    if (known !== undefined) return known;
    const logged = message === undefined ? undefined : this.#parts.earlier.streamOf(message);
    if (logged !== undefined) {
      this.#parts.batcher.addEvent({ type: "retargeted", connection: logged.id, targetKey: session.targetKey });
      return this.#add(session, requestId, { id: logged.id, asked: "", isAnswered: true, again: [...logged.told] });
    }
    if (this.#parts.earlier.areUnnamed && asked < MOST_ASKED) return undefined;
    const stream = this.#add(session, requestId, { id: this.#parts.registry.nextId(), asked: "", isAnswered: true, again: [] });
    this.#parts.batcher.addEvent({
      type: "created",
      connection: stream.id,
      transport: "event-source",
      targetKey: session.targetKey,
      url: "",
      seenFromStart: false,
      notice: say("capture.request-not-seen"),
    });
    return stream;
  }

  #add(session: Session, requestId: string, begun: Pick<Stream, "id" | "asked" | "isAnswered" | "again">): Stream {
    const stream: Stream = { ...begun, sessionKey: session.key, told: { request: 1, response: 1 }, wired: { request: 0, response: 0 }, ahead: {}, latest: 0 };
    this.#streams.set(placeOf(session, requestId), stream);
    this.#byRequest.set(requestId, stream);
    return stream;
  }

  #wireHeaders(session: Session, params: unknown, side: Side): void {
    const requestId = readRequestId(params);
    const stream = this.#streams.get(placeOf(session, requestId)) ?? this.#byRequest.get(requestId);
    if (stream !== undefined) return this.#wireHeadersOf(stream, params, side);
    this.#early.set(requestId, { ...this.#early.get(requestId), [side]: params });
    if (this.#early.size <= MOST_EARLY) return;
    const [oldest] = this.#early.keys();
    if (oldest !== undefined) this.#early.delete(oldest);
  }

  /** Of a request that is redirected, the next one's may come before Chrome tells of that. */
  #wireHeadersOf(stream: Stream, params: unknown, side: Side): void {
    if (++stream.wired[side] > stream.told[side]) stream.ahead[side] = params;
    else this.#addWireHeaders(stream, params, side);
  }

  #addWireHeaders({ id }: Stream, params: unknown, side: Side): void {
    const { headers, text } = readWireHeaders(params);
    this.#inOrder(() =>
      this.#parts.batcher.addEvent({
        type: "wire-headers",
        connection: id,
        ...(side === "request" ? { requestHeaders: headers } : { responseHeaders: headers, ...(text !== undefined && { responseText: text }) }),
      }),
    );
  }

  /** `how`: who ended it, or the error that did. */
  #end(session: Session, params: unknown, how: string): void {
    const stream = this.#streamOf(session, params);
    if (stream === undefined) return;
    this.#forget(placeOf(session, readRequestId(params)), stream);
    const isLost = how !== "page" && how !== "server";
    // What the page closes stays closed, and so does what was answered by anything but a stream (HTML §9.2.3).
    if (isLost || (how === "server" && stream.isAnswered)) this.#noteEnded(stream);
    this.#inOrder(() => {
      const { batcher } = this.#parts;
      // Chrome's time of the end is that of the network, and its events are told of later.
      const time = monotonicSeconds(Math.max(stream.latest, this.#time(params)));
      if (isLost) batcher.addEvent({ type: "error", connection: stream.id, time, ...readError(how, stream.asked.slice(session.key.length + 1)) });
      batcher.addEvent({ type: "closed", connection: stream.id, time, ...((how === "page" || how === "server") && { by: how }) });
    });
  }

  #streamOf(session: Session, params: unknown): Stream | undefined {
    return this.#streams.size === 0 ? undefined : this.#streams.get(placeOf(session, readRequestId(params)));
  }

  #forget(place: string, stream: Stream): void {
    this.#streams.delete(place);
    for (const [requestId, one] of this.#byRequest) if (one === stream) this.#byRequest.delete(requestId);
  }

  #noteEnded({ id, asked }: Stream): void {
    if (asked === "") return;
    this.#ended.set(asked, [...(this.#ended.get(asked) ?? []), id]);
    if (this.#ended.size <= MOST_ENDED) return;
    const [oldest] = this.#ended.keys();
    if (oldest !== undefined) this.#ended.delete(oldest);
  }

  /** Of several of one address, the one that ended first is connected again first. */
  #takeEnded(asked: string): ConnectionId | undefined {
    const [first, ...others] = this.#ended.get(asked) ?? [];
    if (others.length > 0) this.#ended.set(asked, others);
    else this.#ended.delete(asked);
    return first;
  }

  #time(params: unknown): ReturnType<SocketEvents["noteTime"]> {
    return this.#parts.sockets.noteTime(readTimestamp(params));
  }

  #inOrder(action: () => void): void {
    this.#parts.inOrder(action);
  }
}

/** Whether the log has an event already; the first that it has not is followed by none that it has. */
function isTold(stream: Stream, { name, id, data }: StreamMessage): boolean {
  const next = stream.again.shift();
  if (next?.name === name && next.id === id && next.data === data) return true;
  stream.again = [];
  return false;
}
