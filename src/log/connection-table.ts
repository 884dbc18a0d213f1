import { assertNever } from "../model/assert-never.ts";
import type { CaptureEvent, SynthesisedEnd } from "../model/capture-batch.ts";
import { WallClock } from "../model/clock.ts";
import { webSocketUrl, type Closing, type Connection, type Header, type Target } from "../model/connection.ts";
import { eventBits, type FrameBits } from "../model/frame.ts";
import type { LogNote } from "./heard.ts";
import { connectionId, type ConnectionId, type MonotonicSeconds } from "../model/units.ts";
import { ConnectionOrder } from "./connection-order.ts";

/** A row that an event leaves among the frames. */
export interface EventRow {
  readonly time: MonotonicSeconds;
  readonly connection: ConnectionId;
  readonly bits: FrameBits;
  readonly text: string;
}

/** The connection of rows that belong to none, as a navigation. Real ones count from 1. */
export const NO_CONNECTION = connectionId(0);

/** What is known of each connection and target, and the clock: all that the capture tells besides frames. */
export class ConnectionTable {
  readonly clock = new WallClock();
  readonly #targets = new Map<string, Target>();
  readonly #connections = new Map<ConnectionId, Connection>();
  #order = new ConnectionOrder();
  #namings = 0;

  get connections(): ReadonlyMap<ConnectionId, Connection> {
    return this.#connections;
  }

  /** Where each of them stands in a list of them. */
  get order(): ConnectionOrder {
    return this.#order;
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
        this.#put({
          id: event.connection,
          targetKey: event.targetKey,
          url: webSocketUrl(event.url),
          ...(event.initiator && { initiator: event.initiator }),
          seenFromStart: event.seenFromStart,
          state: event.seenFromStart ? "connecting" : "open",
          handshake: { requestHeaders: [], responseHeaders: [] },
          ...(event.subprotocol !== undefined && { subprotocol: event.subprotocol }),
          ...(event.extensions !== undefined && { extensions: event.extensions }),
          ...(event.notice !== undefined && { notice: event.notice }),
        });
        return undefined;
      case "retargeted":
        this.#change(event.connection, () => ({ targetKey: event.targetKey, ...(event.notice !== undefined && { notice: event.notice }) }));
        return undefined;
      case "named": {
        const { url, subprotocol, extensions, notice } = event;
        this.#change(event.connection, () => ({ url: webSocketUrl(url), subprotocol, extensions, notice }));
        this.#namings++;
        return undefined;
      }
      case "withdrawn":
        this.#connections.delete(event.connection);
        this.#order.remove(event.connection);
        return undefined;
      case "handshake-request":
        this.clock.anchor({ monotonic: event.time, wallTime: event.wallTime });
        this.#change(event.connection, (connection) => ({
          createdAt: event.time,
          handshake: { ...connection.handshake, requestTime: event.time, requestHeaders: event.headers },
        }));
        return undefined;
      case "handshake-response":
        this.#change(event.connection, ({ handshake }) => ({
          state: "open",
          openedAt: event.time,
          handshake: {
            ...handshake,
            // The headers that went over the wire hold cookies and Host, which the earlier event may lack.
            ...(event.requestHeaders && { requestHeaders: event.requestHeaders }),
            ...(event.requestHeadersText !== undefined && { requestText: event.requestHeadersText }),
            responseTime: event.time,
            status: event.status,
            statusText: event.statusText,
            responseHeaders: event.headers,
            ...(event.headersText !== undefined && { responseText: event.headersText }),
          },
        }));
        return row(event, "open", openText(event.status, event.statusText, event.headers));
      case "error": {
        this.#change(event.connection, () => ({ ending: event.message }));
        return row(event, "error", event.message);
      }
      case "closed": {
        const before = this.#connections.get(event.connection);
        if (before === undefined || before.state === "closed" || before.state === "failed") return undefined;
        const failed = before.state === "connecting";
        const why = failed ? (before.ending ?? "Ended before the handshake was answered") : endText(event.synthesised);
        this.#change(event.connection, () => ({
          state: failed ? "failed" : "closed",
          closedAt: event.time,
          ending: before.ending ?? why,
        }));
        return event.observed === true ? undefined : row(event, "close", why);
      }
      case "close-details": {
        const before = this.#connections.get(event.connection);
        if (before === undefined) return undefined;
        // A failed handshake has a reason of its own, which says more than the code 1006 that a page is told.
        const why = before.state === "failed" ? `${before.ending ?? ""} · ${closingText(event.closing)}` : closingText(event.closing);
        this.#change(event.connection, () => ({ closing: event.closing, ending: why }));
        return row(event, "close", why);
      }
      case "payload-size":
      case "cleared":
        return undefined;
      case "navigated":
        return { time: event.time, connection: NO_CONNECTION, bits: eventBits("navigation"), text: navigationText(event.url, event.isCut === true) };
      case "resumed":
        return {
          time: event.time,
          connection: NO_CONNECTION,
          bits: eventBits("pause"),
          text:
            event.skipped === 1
              ? "Recording was paused: 1 frame passed by unrecorded"
              : `Recording was paused: ${event.skipped.toLocaleString("en-US")} frames passed by unrecorded`,
        };
      case "gap":
        return {
          time: event.time,
          connection: NO_CONNECTION,
          bits: eventBits("pause"),
          text: `Nobody listened for ${event.seconds.toFixed(1)} s: ${event.isFilled ? "filled in from DevTools’ own log, as far as that goes" : "what passed meanwhile is not known"}`,
        };
      case "restarted":
        return { time: event.time, connection: NO_CONNECTION, bits: eventBits("pause"), text: restartText(event.lost) };
      default:
        return assertNever(event);
    }
  }

  /** Something of a connection is known, but not its opening, which stands in a part of the capture that is damaged. */
  meet(id: ConnectionId): void {
    if (this.#connections.has(id)) return;
    this.#connections.set(id, {
      id,
      targetKey: "",
      url: "",
      seenFromStart: false,
      state: "open",
      handshake: { requestHeaders: [], responseHeaders: [] },
      notice: "Its opening stands in a part of the capture that is damaged: its handshake is not known.",
    });
  }

  /** The capture ended, and no more is known of connections that have not: they end here, as `ending` says. */
  endWithCapture(ending: string): void {
    for (const [id, { state }] of this.#connections) {
      if (state === "connecting" || state === "open") this.#change(id, () => ({ state: "closed", ending, isOutliving: true }));
    }
  }

  /** Forgets the connections that have ended, as a clear does. */
  forgetEnded(): void {
    for (const [id, { state }] of this.#connections) {
      if (state === "closed" || state === "failed") this.#connections.delete(id);
    }
    this.#order = new ConnectionOrder();
    for (const connection of this.#connections.values()) this.#order.put(connection);
  }

  #put(connection: Connection): void {
    this.#connections.set(connection.id, connection);
    this.#order.put(connection);
  }

  #change(id: ConnectionId, change: (connection: Connection) => Partial<Connection>): void {
    const connection = this.#connections.get(id);
    // A clear may have forgotten it between two of its events.
    if (connection !== undefined) this.#put({ ...connection, ...change(connection) });
  }
}

function row(
  event: { readonly time: MonotonicSeconds; readonly connection: ConnectionId },
  kind: "open" | "error" | "close",
  text: string,
): EventRow {
  return { time: event.time, connection: event.connection, bits: eventBits(kind), text };
}

const navigationText = (url: string, isCut: boolean): string => (isCut ? `${url} · The last frames of connections that were open may be missing` : url);

function openText(status: number, statusText: string, headers: readonly Header[]): string {
  const chosen = ["sec-websocket-protocol", "sec-websocket-extensions"].flatMap((wanted) =>
    headers.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value),
  );
  return [`Opened: ${status} ${statusText}`.trim(), ...chosen].join(" · ");
}

/** Code 1005 stands for a close frame without a code, 1006 for no close frame at all (RFC 6455 §7.4.1). */
function closingText({ code, reason, wasClean }: Closing): string {
  const words = code === 1005 ? "without a code (1005)" : code === 1006 ? "without a close frame (1006)" : `with code ${code}`;
  return `Closed ${words}${reason === "" ? "" : ` “${reason}”`}${wasClean || code === 1006 ? "" : ", not clean"}`;
}

function restartText(lost: number): string {
  const what = lost === 0 ? "No frames were lost" : lost === 1 ? "1 frame was lost" : `${lost.toLocaleString("en-US")} frames were lost`;
  return `Recording stopped and was restarted. ${what}.`;
}

function endText(synthesised: SynthesisedEnd | undefined): string {
  switch (synthesised) {
    case undefined:
      return "Closed (Chrome does not report the close code)";
    case "navigation":
      return "Ended by the navigation (Chrome reports no closing here)";
    case "target gone":
      return "Ended with its page or worker (Chrome reports no closing here)";
    case "before the capture":
      return "Ended before the capture began (how, is not known)";
    case "unheard":
      return "Ended while nobody listened (how, is not known)";
    default:
      return assertNever(synthesised);
  }
}
