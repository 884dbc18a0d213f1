import { assertNever } from "../model/assert-never.ts";
import type { CaptureEvent } from "../model/capture-batch.ts";
import { webSocketUrl, type Closing, type Header, type WebSocketConnection } from "../model/connection.ts";
import { isEndedByYou } from "./ended-by-you.ts";
import { endSaid, eventRow, newConnection, type Applied, type ArmEvent } from "./event-row.ts";
import { say, type Said } from "../model/said.ts";

export function newWebSocket(event: Extract<CaptureEvent, { readonly type: "created" }>): WebSocketConnection {
  return {
    ...newConnection(event),
    transport: "websocket",
    url: webSocketUrl(event.url),
    handshake: { requestHeaders: [], responseHeaders: [] },
    ...(event.subprotocol !== undefined && { subprotocol: event.subprotocol }),
    ...(event.extensions !== undefined && { extensions: event.extensions }),
  };
}

/** What an event makes of a WebSocket, and the row that it leaves. */
export function applyToWebSocket(event: ArmEvent, connection: WebSocketConnection): Applied<WebSocketConnection> {
  const { handshake } = connection;
  switch (event.type) {
    case "named": {
      const { subprotocol, extensions, notice } = event;
      return { change: { url: webSocketUrl(event.url), subprotocol, extensions, notice } };
    }
    case "handshake-request":
      return { change: { createdAt: event.time, handshake: { ...handshake, requestTime: event.time, requestHeaders: event.headers } } };
    case "handshake-response": {
      // Chrome tells none that refuses the handshake (RFC 6455 §4.1); a file may.
      const isOpen = event.status < 300;
      return {
        change: {
          ...(isOpen && { state: "open", openedAt: event.time }),
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
        },
        ...(isOpen && { row: eventRow(event, "open", openText(event.status, event.statusText, event.headers)) }),
      };
    }
    case "close-details": {
      // A failed handshake has a reason of its own, which says more than the code 1006 that a page is told; so does who ended it by hand.
      const { state, ending } = connection;
      const why = state === "failed" || isEndedByYou(ending) ? say("log.failed-closed", { ending: ending ?? "", closing: closingText(event.closing) }) : closingText(event.closing);
      const change = { closing: event.closing, ending: why };
      // The row of its error has told how it ended.
      const isTold = state === "failed" && !(typeof ending === "object" && ending.code === "log.closed-unanswered");
      return isTold ? { change } : { change, row: eventRow(event, "close", why) };
    }
    case "redirected":
    case "wire-headers":
      return { change: {} };
    default:
      return assertNever(event);
  }
}

/** How a WebSocket ended of which nobody told more. */
export function webSocketEnd({ synthesised, asked }: Extract<CaptureEvent, { readonly type: "closed" }>): Said {
  if (synthesised !== undefined) return endSaid(synthesised);
  if (asked === undefined) return say("log.closed");
  if (asked === "lost") return say("log.lost-by-you");
  const { code, reason } = asked;
  return withReason(code === null ? say("log.closed-by-you") : say("log.closed-by-you-code", { code }), reason);
}

function openText(status: number, statusText: string, headers: readonly Header[]): Said {
  const chosen = ["sec-websocket-protocol", "sec-websocket-extensions"].flatMap((wanted) =>
    headers.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value),
  );
  return say("log.opened", { answer: [`${status} ${statusText}`.trim(), ...chosen].join(" · ") });
}

/** Code 1005 stands for a close frame without a code, 1006 for no close frame at all (RFC 6455 §7.4.1). */
function closingText({ code, reason, wasClean }: Closing): Said {
  const closed = code === 1005 ? say("log.closed-no-code") : code === 1006 ? say("log.closed-no-frame") : say("log.closed-code", { code });
  const told = withReason(closed, reason);
  return wasClean || code === 1006 ? told : say("log.closed-unclean", { closed: told });
}

const withReason = (closed: Said, reason: string): Said => (reason === "" ? closed : say("log.closed-reason", { closed, reason }));
