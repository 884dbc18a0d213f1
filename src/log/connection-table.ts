import { assertNever } from "../model/assert-never.ts";
import type { CaptureEvent } from "../model/capture-batch.ts";
import { WallClock } from "../model/clock.ts";
import type { AnyConnection, Connection, Target } from "../model/connection.ts";
import { eventBits } from "../model/frame.ts";
import { connectionId, type ConnectionId } from "../model/units.ts";
import { ConnectionOrder, type GroupOf } from "./connection-order.ts";
import { eventRow, type ArmEvent, type EventRow } from "./event-row.ts";
import type { LogNote } from "./heard.ts";
import { applyToEventSource, eventSourceEnd, newEventSource } from "./event-source-arm.ts";
import { applyToWebSocket, newWebSocket, webSocketEnd } from "./websocket-arm.ts";
import { say, type Told } from "../model/said.ts";

/** The connection of rows that belong to none, as a navigation. Real ones count from 1. */
export const NO_CONNECTION = connectionId(0);

export interface OtherOrderOptions {
  /** What groups are told from: of another one, the order is made anew. */
  readonly basis: object;
  /** See `ConnectionOrder`. */
  readonly isTold?: boolean;
}

interface OtherOrder {
  readonly order: ConnectionOrder;
  readonly basis: object;
  readonly askedAt: number;
}

/** An order that was not among the last so many that were asked for is asked for no more. */
const FORGOTTEN_AFTER = 20;

/** What is known of each connection and target, and the clock: all that the capture tells besides frames. */
export class ConnectionTable {
  readonly clock = new WallClock();
  readonly #targets = new Map<string, Target>();
  readonly #connections = new Map<ConnectionId, Connection>();
  #order = new ConnectionOrder();
  /** Others that were asked for, and when. */
  readonly #others = new Map<string, OtherOrder>();
  #asked = 0;
  #namings = 0;

  get connections(): ReadonlyMap<ConnectionId, Connection> {
    return this.#connections;
  }

  /** Where each of them stands in a list of them. */
  get order(): ConnectionOrder {
    return this.#order;
  }

  /**
   * The same in other groups: made once it is asked for, kept up to date for as long as it is, and made anew of another
   * `basis`. `groupOf` undefined: as `order` has them.
   */
  orderBy(name: string, groupOf: GroupOf | undefined, { basis, isTold = false }: OtherOrderOptions): ConnectionOrder {
    this.#asked++;
    for (const [other, { askedAt }] of this.#others) if (this.#asked - askedAt > FORGOTTEN_AFTER) this.#others.delete(other);
    if (groupOf === undefined) return this.#order;
    const known = this.#others.get(name);
    const order = known?.basis === basis ? known.order : this.#order.regrouped(groupOf, isTold);
    this.#others.set(name, { order, basis, askedAt: this.#asked });
    return order;
  }

  /** Grows when a connection that has frames already gets another URL: what was said of its rows may be untrue now. */
  get namings(): number {
    return this.#namings;
  }

  get targets(): ReadonlyMap<string, Target> {
    return this.#targets;
  }

  /** Takes an event in; answers the row that it leaves in the log, if it leaves one. */
  apply(event: CaptureEvent | LogNote): EventRow | undefined {
    switch (event.type) {
      case "target":
        this.#targets.set(event.target.key, event.target);
        return undefined;
      case "clock":
        this.clock.anchor({ monotonic: event.time, wallTime: event.wallTime });
        return undefined;
      case "created":
        this.#put(this.#newConnection(event));
        return undefined;
      case "retargeted":
        this.#change(event.connection, { targetKey: event.targetKey, ...(event.notice !== undefined && { notice: event.notice }) });
        return undefined;
      case "named":
        this.#namings++;
        return this.#applyToArm(event);
      case "withdrawn":
        this.#connections.delete(event.connection);
        this.#order.remove(event.connection);
        for (const { order } of this.#others.values()) order.remove(event.connection);
        return undefined;
      case "handshake-request":
        this.clock.anchor({ monotonic: event.time, wallTime: event.wallTime });
        return this.#applyToArm(event);
      case "handshake-response":
      case "redirected":
      case "wire-headers":
      case "close-details":
        return this.#applyToArm(event);
      case "error": {
        this.#change(event.connection, { ending: event.message, ...(event.failure !== undefined && { failure: event.failure }) });
        return eventRow(event, "error", event.message);
      }
      case "closed": {
        const before = this.#connections.get(event.connection);
        if (before === undefined || before.state === "closed" || before.state === "failed") return undefined;
        // Where Chrome told of no end, nobody knows whether the server had answered.
        const isUnknown = before.transport === "websocket" && before.ending === undefined && event.synthesised !== undefined;
        const failed = before.state === "connecting" && !isUnknown;
        const why = before.transport === "event-source" ? eventSourceEnd(before, event) : failed ? (before.ending ?? say("log.closed-unanswered")) : webSocketEnd(event);
        this.#change(event.connection, { state: failed ? "failed" : "closed", closedAt: event.time, ending: before.ending ?? why });
        // The row of its error has told how it ended.
        const isTold = before.ending !== undefined && (failed || before.transport === "event-source");
        return event.observed === true || isTold ? undefined : eventRow(event, "close", why);
      }
      case "payload-size":
      case "stream-event":
      case "made-from":
      case "ruled":
      case "cleared":
        return undefined;
      case "navigated":
        return { time: event.time, connection: NO_CONNECTION, bits: eventBits("navigation"), told: event.isCut === true ? say("log.navigated-cut", { url: event.url }) : event.url };
      case "resumed":
        return {
          time: event.time,
          connection: NO_CONNECTION,
          bits: eventBits("pause"),
          told: say("log.paused", { n: event.skipped }),
        };
      case "gap":
        return {
          time: event.time,
          connection: NO_CONNECTION,
          bits: eventBits("pause"),
          told: event.isFilled ? say("log.gap-filled", { ms: event.seconds * 1000 }) : say("log.gap", { ms: event.seconds * 1000 }),
        };
      case "replayed":
        return eventRow(event, "report", event.told);
      case "restarted":
        return { time: event.time, connection: NO_CONNECTION, bits: eventBits("pause"), told: say("log.restarted", { lost: event.lost }) };
      default:
        return assertNever(event);
    }
  }

  /** Something of a connection is known, but not its opening, which stands in a part of the capture that is damaged. */
  meet(id: ConnectionId): void {
    if (this.#connections.has(id)) return;
    const notice = say("log.opening-damaged");
    this.#put(newWebSocket({ type: "created", connection: id, targetKey: "", url: "", seenFromStart: false, notice }));
  }

  /** The capture ended, and no more is known of connections that have not: they end here, as `ending` says. */
  endWithCapture(ending: Told): void {
    for (const [id, { state }] of this.#connections) {
      if (state === "connecting" || state === "open") this.#change(id, { state: "closed", ending, isOutliving: true });
    }
  }

  /** Forgets the connections that have ended, as a clear does; answers them. */
  forgetEnded(): Connection[] {
    const ended = [...this.#connections.values()].filter(({ state }) => state === "closed" || state === "failed");
    for (const { id } of ended) this.#connections.delete(id);
    const before = this.#order;
    this.#others.clear();
    this.#order = new ConnectionOrder();
    for (const connection of this.#connections.values()) this.#order.put(connection, before.rootOf(connection.id));
    return ended;
  }

  /** Knows again what `forgetEnded` forgot. */
  bringBack(ended: readonly Connection[]): void {
    const all = [...ended, ...this.#connections.values()].toSorted((a, b) => a.id - b.id);
    this.#connections.clear();
    this.#others.clear();
    this.#order = new ConnectionOrder();
    // In the state of their last: that one that went on took the place of another was told by what had ended then.
    for (const connection of all) this.#put(connection);
  }

  #put(connection: Connection): void {
    this.#connections.set(connection.id, connection);
    this.#order.put(connection);
    for (const { order } of this.#others.values()) {
      order.put(connection);
      order.regroup(connection.id);
    }
  }

  /** Changes what a connection of any transport has. A clear may have forgotten it between two of its events. */
  #change(id: ConnectionId, change: Partial<AnyConnection>): void {
    const connection = this.#connections.get(id);
    if (connection !== undefined) this.#put({ ...connection, ...change });
  }

  #newConnection(event: Extract<CaptureEvent, { readonly type: "created" }>): Connection {
    switch (event.transport) {
      case undefined:
      case "websocket":
        return newWebSocket(event);
      case "event-source":
        return newEventSource(event, event.reconnects === undefined ? undefined : this.#connections.get(event.reconnects));
      default:
        return assertNever(event.transport);
    }
  }

  /** What only some transports have: the arm says what it makes of the connection. */
  #applyToArm(event: ArmEvent): EventRow | undefined {
    const connection = this.#connections.get(event.connection);
    if (connection === undefined) return undefined;
    const { change, row } = connection.transport === "websocket" ? applyToWebSocket(event, connection) : applyToEventSource(event, connection);
    this.#put({ ...connection, ...change } as Connection);
    return row;
  }
}
