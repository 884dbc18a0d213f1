import type { Header, Initiator } from "../../model/connection.ts";
import type { StreamEvent } from "../../model/stream-event.ts";
import { fieldsOf, listOf, number, readInitiator, text } from "../sources/cdp-events.ts";

/** An event as DevTools' own log has it. `time`: seconds since 1970. */
export interface LoggedEvent extends StreamEvent {
  readonly time: number;
  readonly data: string;
}

/** A request of an EventSource that DevTools logged, in the words of `chrome.devtools.network.getHAR`. */
export interface LoggedStream {
  /** The same in every reading of the log, and what `streamKey` makes of the request that Chrome tells of. */
  readonly key: string;
  readonly url: string;
  readonly initiator: Initiator | undefined;
  /** Seconds since 1970. */
  readonly startedAt: number;
  readonly requestHeaders: readonly Header[];
  readonly response: { readonly status: number; readonly statusText: string; readonly headers: readonly Header[] };
  readonly events: readonly LoggedEvent[];
  /** Why it broke; undefined where it did not: whether it goes on, the log does not tell. */
  readonly error: string | undefined;
}

/** What names a request in both: when it began, in whole milliseconds since 1970, and its URL. */
export const streamKey = (startedAt: number, url: string): string => `${startedAt} ${url}`;

/** Reads a HAR log of Chrome's. Streams that were not answered by one are left out; nothing throws. */
export function readLoggedStreams(log: unknown): LoggedStream[] {
  return listOf(fieldsOf(log)["entries"])
    .filter((entry) => Array.isArray(entry["_eventSourceMessages"]))
    .map((entry) => {
      const request = fieldsOf(entry["request"]);
      const response = fieldsOf(entry["response"]);
      const url = text(request["url"]) ?? "";
      const started = Date.parse(text(entry["startedDateTime"]) ?? "");
      const startedAt = Number.isNaN(started) ? 0 : started / 1000;
      const error = text(response["_error"]);
      return {
        key: streamKey(started, url),
        url,
        initiator: readInitiator(entry["_initiator"]),
        startedAt,
        requestHeaders: headersOf(request["headers"]),
        response: { status: number(response["status"]) ?? 0, statusText: text(response["statusText"]) ?? "", headers: headersOf(response["headers"]) },
        events: listOf(entry["_eventSourceMessages"]).map((event) => ({
          time: number(event["time"]) ?? 0,
          name: text(event["eventName"]) ?? "message",
          id: text(event["eventId"]) ?? "",
          data: text(event["data"]) ?? "",
        })),
        error,
      };
    });
}

const headersOf = (value: unknown): Header[] => listOf(value).map(({ name, value: of }) => ({ name: text(name) ?? "", value: text(of) ?? "" }));
