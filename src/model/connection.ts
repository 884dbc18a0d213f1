import type { Failure } from "./failure.ts";
import type { Told } from "./said.ts";
import type { ConnectionId, MonotonicSeconds } from "./units.ts";

/** One header field. Duplicates are separate entries, in the order in which they came. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

export const TARGET_TYPES = ["page", "frame", "worker", "service worker", "shared worker", "popup", "user", "other"] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

/** What opens connections: a page, a cross-origin frame, a worker; the user, from the panel. */
export interface Target {
  /** Unique in one capture. */
  readonly key: string;
  readonly type: TargetType;
  readonly url: string;
}

/** Whose connections the user opened from the panel, whatever realm they were opened in. */
export const USER_TARGET: Target = { key: "user", type: "user", url: "" };

/** The place in a script from which a connection was opened. Line and column from 1. */
export interface Initiator {
  readonly functionName: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** What Chrome told of the HTTP request and response that open a connection. */
export interface Exchange {
  readonly requestTime?: MonotonicSeconds;
  readonly requestHeaders: readonly Header[];
  /** The request as it went over the wire, where Chrome gives it. */
  readonly requestText?: string;
  readonly responseTime?: MonotonicSeconds;
  readonly status?: number;
  readonly statusText?: string;
  readonly responseHeaders: readonly Header[];
  readonly responseText?: string;
}

/** An opening handshake (RFC 6455 §4): its status is 101 over HTTP/1.1, 200 over HTTP/2 (RFC 8441). */
export type Handshake = Exchange;

/** What a close event says (RFC 6455 §7.1.5 and §7.1.6). `wasClean`: the closing handshake was whole. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

export type ConnectionState = "connecting" | "open" | "closed" | "failed";

/** How messages come and go. */
export const TRANSPORTS = ["websocket", "event-source"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** A connection of any transport, as far as the capture saw it. What only one has stands in its arm. */
export type Connection = WebSocketConnection | EventSourceConnection;

/** What a connection of any transport has. */
export interface AnyConnection {
  readonly id: ConnectionId;
  readonly targetKey: string;
  /** Empty where the connection was open before the capture and Chrome has not named it. */
  readonly url: string;
  readonly initiator?: Initiator;
  /** False where it was open before the capture began: its opening was not seen. */
  readonly seenFromStart: boolean;
  readonly state: ConnectionState;
  readonly createdAt?: MonotonicSeconds;
  readonly openedAt?: MonotonicSeconds;
  readonly closedAt?: MonotonicSeconds;
  /** Why it failed or how it ended. */
  readonly ending?: Told;
  /** What Chrome's text of its failure tells. */
  readonly failure?: Failure;
  /** It was open when the capture ended. */
  readonly isOutliving?: true;
  /** What is not known of it, or how it came to be known. */
  readonly notice?: Told;
}

/** One WebSocket (RFC 6455). Its URL is always ws:// or wss://. */
export interface WebSocketConnection extends AnyConnection {
  readonly transport: "websocket";
  readonly handshake: Handshake;
  /** Only where closings were observed. */
  readonly closing?: Closing;
  /** Known although the handshake was not seen. */
  readonly subprotocol?: string;
  readonly extensions?: string;
}

/**
 * One request of an EventSource (HTML §9.2), answered by a stream of events. The browser asks again by itself when the
 * stream ends: each time is a connection of its own.
 */
export interface EventSourceConnection extends AnyConnection {
  readonly transport: "event-source";
  /** Where it was redirected, `url` is the last address. */
  readonly exchange: Exchange;
  readonly redirects: readonly Redirect[];
  /** The first connection of this EventSource, where this is not that one: the browser connected again. */
  readonly family?: ConnectionId;
  /** How often it had connected before. */
  readonly reconnections: number;
}

/** An answer that sent the request elsewhere. */
export interface Redirect {
  readonly url: string;
  readonly status: number;
}

/** The request and response that open a connection, whatever its transport. */
export const exchangeOf = (connection: Connection): Exchange => (connection.transport === "websocket" ? connection.handshake : connection.exchange);

/** Sockets from before the capture that have not spoken since, and are not listed: only a look through the page's memory tells. */
export type SilentSockets = "none" | "perhaps" | "being looked for";

/** `http:` and `https:` become `ws:` and `wss:`, as some HAR writers and RFC 8441 handshakes name a socket's URL. */
export function webSocketUrl(url: string): string {
  return url.replace(/^http(s?):/i, "ws$1:");
}
