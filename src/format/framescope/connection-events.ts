import type { CaptureEvent } from "../../model/capture-batch.ts";
import type { Connection, EventSourceConnection, WebSocketConnection } from "../../model/connection.ts";
import type { Told } from "../../model/said.ts";
import type { ConnectionId, MonotonicSeconds } from "../../model/units.ts";
import type { ExportSource } from "../export-format.ts";

/**
 * What a capture would have told of a connection: a table that takes these in has it as it is. The rows that such events
 * leave in a log stand in it already. `before`: the connection of the same EventSource that came before.
 */
export function connectionEvents(connection: Connection, clock: ExportSource["clock"], before: ConnectionId | undefined): CaptureEvent[] {
  return [...(connection.transport === "websocket" ? ofWebSocket(connection, clock) : ofEventSource(connection, clock, before)), ...ending(connection)];
}

function ofWebSocket({ id, targetKey, url, initiator, seenFromStart, subprotocol, extensions, notice, handshake }: WebSocketConnection, clock: ExportSource["clock"]): CaptureEvent[] {
  const { requestTime, requestHeaders, requestText, responseTime, status, statusText = "", responseHeaders, responseText } = handshake;
  return [
    {
      type: "created",
      connection: id,
      targetKey,
      url,
      seenFromStart,
      ...(initiator && { initiator }),
      ...(subprotocol !== undefined && { subprotocol }),
      ...(extensions !== undefined && { extensions }),
      ...(notice !== undefined && { notice }),
    },
    ...request(id, requestTime, requestHeaders, clock),
    ...(responseTime === undefined || status === undefined
      ? []
      : [
          {
            type: "handshake-response",
            connection: id,
            time: responseTime,
            status,
            statusText,
            headers: responseHeaders,
            requestHeaders,
            ...(responseText !== undefined && { headersText: responseText }),
            ...(requestText !== undefined && { requestHeadersText: requestText }),
          } as const,
        ]),
  ];
}

function ofEventSource({ id, targetKey, url, initiator, seenFromStart, notice, exchange, redirects }: EventSourceConnection, clock: ExportSource["clock"], before: ConnectionId | undefined): CaptureEvent[] {
  const { requestTime, requestHeaders, responseTime, status, statusText = "", responseHeaders, responseText } = exchange;
  const urls = [...redirects.map((redirect) => redirect.url), url];
  const time = requestTime ?? responseTime ?? (0 as MonotonicSeconds);
  const isAnswered = responseTime !== undefined && status !== undefined;
  return [
    {
      type: "created",
      connection: id,
      transport: "event-source",
      targetKey,
      url: urls[0] as string,
      seenFromStart,
      ...(initiator && { initiator }),
      ...(notice !== undefined && { notice }),
      ...(before !== undefined && { reconnects: before }),
    },
    ...redirects.map((redirect, i) => ({ type: "redirected", connection: id, time, status: redirect.status, url: urls[i + 1] as string }) as const),
    ...request(id, requestTime, requestHeaders, clock),
    ...(responseText === undefined && (isAnswered || responseHeaders.length === 0) ? [] : [{ type: "wire-headers", connection: id, responseHeaders, ...(responseText !== undefined && { responseText }) } as const]),
    ...(isAnswered ? [{ type: "handshake-response", connection: id, time: responseTime, status, statusText, headers: responseHeaders } as const] : []),
  ];
}

/** It anchors the clock: with what the clock says of that moment already. */
function request(connection: ConnectionId, time: MonotonicSeconds | undefined, headers: WebSocketConnection["handshake"]["requestHeaders"], clock: ExportSource["clock"]): CaptureEvent[] {
  const epoch = time === undefined ? undefined : clock.toEpoch(time);
  return time === undefined || epoch === undefined ? [] : [{ type: "handshake-request", connection, time, wallTime: epoch / 1000, headers }];
}

/** Of one that failed, what is told of its closing is joined to it anew. */
function withoutClosing(told: Told | undefined): Told | undefined {
  if (typeof told !== "object" || told.code !== "log.failed-closed") return told;
  const why = told.values["ending"];
  return typeof why === "string" || (typeof why === "object" && "code" in why) ? why : told;
}

function ending(connection: Connection): CaptureEvent[] {
  const { id, state, ending: words, failure, closedAt, isOutliving } = connection;
  const hasEnded = (state === "closed" || state === "failed") && isOutliving !== true;
  const time = closedAt ?? connection.openedAt ?? connection.createdAt ?? (0 as MonotonicSeconds);
  const closing = connection.transport === "websocket" ? connection.closing : undefined;
  const message = closing === undefined ? words : withoutClosing(words);
  return [
    ...(message === undefined || isOutliving === true ? [] : [{ type: "error", connection: id, time, message, ...(failure && { failure }) } as const]),
    ...(hasEnded ? [{ type: "closed", connection: id, time, observed: true } as const] : []),
    ...(closing === undefined ? [] : [{ type: "close-details", connection: id, time, closing } as const]),
  ];
}
