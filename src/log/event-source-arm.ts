import { assertNever } from "../model/assert-never.ts";
import type { CaptureEvent } from "../model/capture-batch.ts";
import type { Connection, EventSourceConnection } from "../model/connection.ts";
import { headerValues } from "../model/headers.ts";
import { endSaid, eventRow, newConnection, type Applied, type ArmEvent } from "./event-row.ts";
import { say, type Told } from "../model/said.ts";

/** `before`: the connection of the same EventSource that ended, if this one takes its place. */
export function newEventSource(event: Extract<CaptureEvent, { readonly type: "created" }>, before: Connection | undefined): EventSourceConnection {
  const earlier = before?.transport === "event-source" ? before : undefined;
  return {
    ...newConnection(event),
    transport: "event-source",
    exchange: { requestHeaders: [], responseHeaders: [] },
    redirects: [],
    ...(earlier && { family: earlier.family ?? earlier.id }),
    reconnections: earlier === undefined ? 0 : earlier.reconnections + 1,
  };
}

/** What an event makes of an EventSource's connection, and the row that it leaves. */
export function applyToEventSource(event: ArmEvent, connection: EventSourceConnection): Applied<EventSourceConnection> {
  const { exchange } = connection;
  switch (event.type) {
    case "handshake-request":
      return { change: { createdAt: event.time, exchange: { ...exchange, requestTime: event.time, requestHeaders: event.headers } } };
    case "redirected":
      return { change: { url: event.url, exchange: { requestHeaders: [], responseHeaders: [] }, redirects: [...connection.redirects, { url: connection.url, status: event.status }] } };
    case "wire-headers":
      return {
        change: {
          exchange: {
            ...exchange,
            ...(event.requestHeaders && { requestHeaders: event.requestHeaders }),
            ...(event.responseHeaders && { responseHeaders: event.responseHeaders }),
            ...(event.responseText !== undefined && { responseText: event.responseText }),
          },
        },
      };
    case "handshake-response": {
      const { status, statusText, headers } = event;
      // Those of the wire may have come before; they have Set-Cookie.
      const responseHeaders = exchange.responseHeaders.length === 0 ? headers : exchange.responseHeaders;
      const change = { exchange: { ...exchange, responseTime: event.time, status, statusText, responseHeaders } };
      // Anything else is no stream: the browser gives it up (HTML §9.2.3), and its end follows.
      if (!isStream(status, headers)) return { change };
      return { change: { ...change, state: "open", openedAt: event.time }, row: eventRow(event, "open", say("log.opened", { answer: `${status} ${statusText}`.trim() })) };
    }
    case "named":
    case "close-details":
      return { change: {} };
    default:
      return assertNever(event);
  }
}

const isStream = (status: number, headers: EventSourceConnection["exchange"]["responseHeaders"]): boolean =>
  status === 200 && /^\s*text\/event-stream\s*(;|$)/i.test(headerValues(headers, "content-type")[0] ?? "");

/** How an EventSource's connection ended; the error, where there was one, has been told before. */
export function eventSourceEnd(connection: EventSourceConnection, { synthesised, by }: Extract<CaptureEvent, { readonly type: "closed" }>): Told {
  const { state, ending, exchange } = connection;
  if (ending !== undefined) return ending;
  if (synthesised === undefined && state === "connecting") return refusal(exchange);
  if (synthesised !== undefined) return endSaid(synthesised);
  return by === "page" ? say("log.closed-by-page") : by === "server" ? say("log.closed-by-server") : say("log.closed");
}

function refusal({ status, statusText, responseHeaders }: EventSourceConnection["exchange"]): Told {
  if (status === undefined) return say("log.closed-unanswered");
  if (status !== 200) return `${status} ${statusText ?? ""}`.trim();
  const [type] = headerValues(responseHeaders, "content-type");
  return type === undefined ? say("log.no-content-type") : say("log.not-a-stream", { type });
}
