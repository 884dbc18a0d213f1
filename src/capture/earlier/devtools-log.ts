import type { Header, Initiator } from "../../model/connection.ts";
import type { Direction } from "../../model/frame.ts";
import { readInitiator } from "../sources/cdp-events.ts";

/** A message as DevTools' own log has it; `data` stands as CDP's `payloadData` does: text, or base64 of binary. */
export interface LoggedMessage {
  /** Seconds since 1970: the timestamp that CDP gave DevTools, and an offset that is one for the whole socket. */
  readonly time: number;
  readonly direction: Direction | "error";
  readonly opcode: number;
  readonly data: string;
}

/** A socket that DevTools logged, in the words of `chrome.devtools.network.getHAR`. */
export interface LoggedSocket {
  /** The same in every reading of the log. */
  readonly key: string;
  readonly url: string;
  readonly initiator: Initiator | undefined;
  /** Seconds since 1970; undefined where no handshake was sent, as for a blocked port. */
  readonly startedAt: number | undefined;
  readonly requestHeaders: readonly Header[];
  /** Undefined where no answer to the handshake was logged. */
  readonly response: { readonly status: number; readonly statusText: string; readonly headers: readonly Header[] } | undefined;
  readonly messages: readonly LoggedMessage[];
  /** Seconds since 1970, or where there was no handshake on CDP's monotonic clock; undefined while it is open. */
  readonly endedAt: number | undefined;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const numberOf = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);

/** Reads a HAR log of Chrome's. What has not the shape of a WebSocket entry is left out; nothing throws. */
export function readDevToolsLog(log: unknown): LoggedSocket[] {
  const seen = new Map<string, number>();
  return listOf(fieldsOf(log)["entries"])
    .filter((entry) => entry["_resourceType"] === "websocket")
    .map((entry) => {
      const socket = readSocket(entry);
      // Without a key, as over HTTP/2: two of one URL and millisecond are told apart by their place in the log.
      const ordinal = (seen.get(socket.key) ?? 0) + 1;
      seen.set(socket.key, ordinal);
      return ordinal === 1 ? socket : { ...socket, key: `${socket.key} ${ordinal}` };
    });
}

function readSocket(entry: Fields): LoggedSocket {
  const request = fieldsOf(entry["request"]);
  const response = fieldsOf(entry["response"]);
  const url = textOf(request["url"]);
  const requestHeaders = headersOf(request["headers"]);
  const started = Date.parse(textOf(entry["startedDateTime"])) / 1000;
  // DevTools writes the end of 1969 where it never learned a wall time.
  const startedAt = started > 0 ? started : undefined;
  const status = numberOf(response["status"]);
  const messages = listOf(entry["_webSocketMessages"]).map(readMessage);
  // DevTools counts the time until the last frame as waiting, and what follows it as receiving: only a closing does.
  const receiving = numberOf(fieldsOf(entry["timings"])["receive"]);
  const end = (startedAt ?? -1) + numberOf(entry["time"]) / 1000;
  const hasFailed = messages.some(({ direction }) => direction === "error") && status === 0;
  return {
    key: handshakeKey(requestHeaders, textOf(entry["startedDateTime"]), url),
    url,
    initiator: readInitiator(entry["_initiator"]),
    startedAt,
    requestHeaders,
    response: status === 0 ? undefined : { status, statusText: textOf(response["statusText"]), headers: headersOf(response["headers"]) },
    messages,
    endedAt: receiving > 0 || hasFailed ? Math.max(end, messages.at(-1)?.time ?? 0) : undefined,
  };
}

/** What names a socket: the key of its handshake; without one, as over HTTP/2, the time of it and the URL. */
export function handshakeKey(requestHeaders: readonly Header[], startedDateTime: string, url: string): string {
  return requestHeaders.find(({ name }) => name.toLowerCase() === "sec-websocket-key")?.value ?? `${startedDateTime} ${url}`;
}

function readMessage(message: Fields): LoggedMessage {
  const type = textOf(message["type"]);
  return {
    time: numberOf(message["time"]),
    direction: type === "send" ? "sent" : type === "receive" ? "received" : "error",
    opcode: numberOf(message["opcode"]),
    data: textOf(message["data"]),
  };
}

const headersOf = (value: unknown): Header[] => listOf(value).map(({ name, value: text }) => ({ name: textOf(name), value: textOf(text) }));
