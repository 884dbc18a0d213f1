import type { Header, Initiator } from "../../model/connection.ts";
import { fieldsOf, number, readHeaders, readInitiator, text } from "./cdp-events.ts";

/** `Network.requestWillBeSent`, as far as streams of events need it. */
export interface StreamRequest {
  readonly requestId: string;
  readonly url: string;
  readonly timestamp: number;
  readonly wallTime: number;
  readonly headers: readonly Header[];
  readonly initiator: Initiator | undefined;
  /** The status of the answer that sent it here. */
  readonly redirectStatus: number | undefined;
}

export interface StreamMessage {
  readonly timestamp: number | undefined;
  readonly name: string;
  readonly id: string;
  readonly data: string;
}

/** Which request an event of the Network domain speaks of; empty where it says none. */
export const readRequestId = (params: unknown): string => text(fieldsOf(params)["requestId"]) ?? "";

export const readTimestamp = (params: unknown): number | undefined => number(fieldsOf(params)["timestamp"]);

/** Whether a request is an EventSource's; where it is redirected, Chrome calls it something else. */
export const isStreamRequest = (params: unknown): boolean => fieldsOf(params)["type"] === "EventSource";

export function readStreamRequest(params: unknown): StreamRequest | undefined {
  const fields = fieldsOf(params);
  const request = fieldsOf(fields["request"]);
  const timestamp = number(fields["timestamp"]);
  const wallTime = number(fields["wallTime"]);
  if (timestamp === undefined || wallTime === undefined) return undefined;
  return {
    requestId: readRequestId(params),
    url: text(request["url"]) ?? "",
    timestamp,
    wallTime,
    headers: readHeaders(request["headers"]),
    initiator: readInitiator(fields["initiator"]),
    redirectStatus: fields["redirectResponse"] === undefined ? undefined : (number(fieldsOf(fields["redirectResponse"])["status"]) ?? 0),
  };
}

export function readStreamResponse(params: unknown): { readonly status: number; readonly statusText: string; readonly headers: readonly Header[] } {
  const response = fieldsOf(fieldsOf(params)["response"]);
  return { status: number(response["status"]) ?? 0, statusText: text(response["statusText"]) ?? "", headers: readHeaders(response["headers"]) };
}

/** The headers of `requestWillBeSentExtraInfo` and `responseReceivedExtraInfo`. */
export function readWireHeaders(params: unknown): { readonly headers: readonly Header[]; readonly text: string | undefined } {
  const fields = fieldsOf(params);
  return { headers: readHeaders(fields["headers"]), text: text(fields["headersText"]) };
}

/** Undefined where the page itself closed it. */
export function readStreamFailure(params: unknown): string | undefined {
  const fields = fieldsOf(params);
  if (fields["canceled"] === true) return undefined;
  const reason = text(fields["blockedReason"]) ?? text(fieldsOf(fields["corsErrorStatus"])["corsError"]);
  const error = text(fields["errorText"]) ?? "";
  return reason === undefined ? error : `${error} (${reason})`;
}

export function readStreamMessage(params: unknown): StreamMessage | undefined {
  const fields = fieldsOf(params);
  const data = text(fields["data"]);
  if (data === undefined) return undefined;
  return { timestamp: number(fields["timestamp"]), name: text(fields["eventName"]) ?? "message", id: text(fields["eventId"]) ?? "", data };
}
