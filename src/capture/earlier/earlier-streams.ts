import { messageBits, OPCODE_TEXT } from "../../model/frame.ts";
import { DEFAULT_EVENT } from "../../model/stream-event.ts";
import { monotonicSeconds, type ConnectionId, type MonotonicSeconds } from "../../model/units.ts";
import type { Session } from "../attach/target-tree.ts";
import type { FrameBatcher } from "../frame-batcher.ts";
import type { SocketEvents } from "../sources/socket-events.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";
import type { StreamMessage } from "../sources/stream-events.ts";
import { FROM_LOG } from "./earlier-rows.ts";
import { MOST_LATE } from "./match-socket.ts";
import { readLoggedStreams, streamKey, type LoggedEvent, type LoggedStream } from "./logged-streams.ts";

export interface EarlierStreamsParts {
  readonly batcher: FrameBatcher;
  /** It has the clock, and counts what passes in a pause. */
  readonly sockets: SocketEvents;
  readonly registry: SocketRegistry;
}

/** One that is in our log out of DevTools', and may go on. */
interface Logged {
  readonly id: ConnectionId;
  readonly key: string;
  readonly url: string;
  /** Of the page that showed when the log was read: which target it is of, the log does not tell. */
  readonly pageKey: string;
  /** As DevTools' log had them last; the first `told` are in ours. */
  events: readonly LoggedEvent[];
  readonly told: number;
}

/** A stream that an event is of, and those of its events that may be told once more. */
export interface KnownStream {
  readonly id: ConnectionId;
  readonly told: readonly LoggedEvent[];
}

const BITS = messageBits("received", OPCODE_TEXT, false, false);
/** By so much the clock of DevTools' log and ours may differ, in seconds. */
const TOLERANCE = 0.05;
/** Requests that Chrome told of, which are in DevTools' log too. */
const MOST_HEARD = 4096;

/** The event streams that were open before the capture, as far as DevTools' own log has them. */
export class EarlierStreams {
  readonly #parts: EarlierStreamsParts;
  readonly #heard = new Set<string>();
  #logged: Logged[] = [];

  constructor(parts: EarlierStreamsParts) {
    this.#parts = parts;
  }

  /** Chrome tells of this request itself. */
  hear(wallTime: number, url: string): void {
    this.#heard.add(streamKey(Math.floor(wallTime * 1000), url));
    const [oldest] = this.#heard;
    if (this.#heard.size > MOST_HEARD && oldest !== undefined) this.#heard.delete(oldest);
  }

  /** Adds what DevTools' log has of streams that Chrome did not tell of. `began`: when the page did; what is older ended with the page before. */
  add(log: unknown, page: Session, began: MonotonicSeconds | undefined): void {
    const rows: { readonly time: number; readonly add: () => void }[] = [];
    const streams = readLoggedStreams(log);
    for (const stream of streams) {
      if (this.#heard.has(stream.key)) continue;
      // Once is enough, however often the log is read.
      this.#heard.add(stream.key);
      rows.push(...this.#rowsOf(stream, page, began, streams.some((one) => goesOn(stream, one))));
    }
    // A stable sort: what happened at one moment stays in the log's own order.
    for (const { add } of rows.toSorted((a, b) => a.time - b.time)) add();
  }

  /** Some are not known by a requestId yet. */
  get areUnnamed(): boolean {
    return this.#logged.length > 0;
  }

  /** DevTools' log was read again. */
  refresh(log: unknown): void {
    const streams = new Map(readLoggedStreams(log).map((stream) => [stream.key, stream]));
    for (const logged of this.#logged) logged.events = streams.get(logged.key)?.events ?? logged.events;
  }

  /** The stream that an event of an unknown requestId is of: the one that the log has this very event of. What the log has before it, and ours lacks, is added. */
  streamOf(message: StreamMessage): KnownStream | undefined {
    const within = (apart: number): { readonly logged: Logged; readonly at: number }[] =>
      this.#logged.flatMap((logged) => {
        const at = this.#placeIn(logged.events, message, apart);
        return at === undefined ? [] : { logged, at };
      });
    const near = within(TOLERANCE);
    const [first, ...others] = near.length > 0 ? near : within(MOST_LATE);
    // Of two with one address it makes no difference.
    if (first === undefined || others.some(({ logged }) => logged.url !== first.logged.url)) return undefined;
    const { logged, at } = first;
    this.#logged = this.#logged.filter((one) => one !== logged);
    for (const missed of logged.events.slice(logged.told, at)) this.#addEvent(logged.id, missed);
    return { id: logged.id, told: logged.events.slice(at, logged.told) };
  }

  /** Those of a page that is gone, and that nobody has heard of since. */
  endPage(pageKey: string): readonly ConnectionId[] {
    const over = this.#logged.filter((logged) => logged.pageKey === pageKey);
    this.#logged = this.#logged.filter((logged) => logged.pageKey !== pageKey);
    return over.map(({ id }) => id);
  }

  #rowsOf(stream: LoggedStream, page: Session, began: MonotonicSeconds | undefined, hasNext: boolean): { readonly time: number; readonly add: () => void }[] {
    const { key, url, initiator, startedAt, requestHeaders, response, events, error } = stream;
    const { batcher, registry } = this.#parts;
    const connection = registry.nextId();
    const time = this.#time(startedAt);
    const isOver = began !== undefined && time < began;
    const last = this.#time(events.at(-1)?.time ?? startedAt);
    const mayGoOn = !isOver && error === undefined && !hasNext;
    if (mayGoOn) this.#logged.push({ id: connection, key, url, pageKey: page.key, events, told: events.length });
    return [
      {
        time,
        add: () => {
          batcher.addEvent({ type: "created", connection, transport: "event-source", targetKey: page.targetKey, url, ...(initiator && { initiator }), seenFromStart: true, notice: FROM_LOG });
          batcher.addEvent({ type: "handshake-request", connection, time, wallTime: startedAt, headers: requestHeaders });
          batcher.addEvent({ type: "handshake-response", connection, time, ...response });
        },
      },
      ...events.map((event) => ({ time: this.#time(event.time), add: () => this.#addEvent(connection, event) })),
      ...(mayGoOn
        ? []
        : [
            {
              time: last,
              add: () => {
                if (error !== undefined) batcher.addEvent({ type: "error", connection, time: last, message: error });
                batcher.addEvent({ type: "closed", connection, time: last, ...(isOver ? { synthesised: "before the capture" as const } : error === undefined && { by: "server" as const }) });
              },
            },
          ]),
    ];
  }

  /** Where a log has this very event: of equal ones the nearest in time, the last where Chrome tells none. */
  #placeIn(events: readonly LoggedEvent[], { timestamp, name, id, data }: StreamMessage, mostApart: number): number | undefined {
    let place: number | undefined;
    let nearest = mostApart;
    events.forEach((event, at) => {
      const apart = timestamp === undefined ? 0 : Math.abs(this.#time(event.time) - timestamp);
      if (apart > nearest || event.data !== data || event.name !== name || event.id !== id) return;
      place = at;
      nearest = apart;
    });
    return place;
  }

  #addEvent(connection: ConnectionId, { time, name, id, data }: LoggedEvent): void {
    const { batcher, sockets } = this.#parts;
    const isDefault = name === DEFAULT_EVENT.name && id === DEFAULT_EVENT.id;
    if (!sockets.skip()) batcher.addText(this.#time(time), connection, BITS, data, isDefault ? [] : [{ type: "stream-event", connection, name, id }]);
  }

  /** From DevTools' wall time to CDP's clock. */
  #time(wallTime: number): MonotonicSeconds {
    return monotonicSeconds(wallTime - (this.#parts.sockets.clockOffset ?? 0));
  }
}

/** Whether the browser connected the one again with the other. */
function goesOn(before: LoggedStream, after: LoggedStream): boolean {
  const last = before.events.at(-1);
  const asked = after.requestHeaders.find(({ name }) => name.toLowerCase() === "last-event-id")?.value;
  return after.url === before.url && last !== undefined && asked !== undefined && asked === last.id && after.startedAt >= last.time - TOLERANCE;
}
