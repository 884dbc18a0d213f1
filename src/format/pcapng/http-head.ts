import { computeAccept } from "../../model/accept-key.ts";
import { exchangeOf, type Connection, type Header } from "../../model/connection.ts";
import { headerValues, separateHeaders } from "../../model/headers.ts";

/** The heads of request and answer in HTTP/1.1, whatever they came over: with what a reader needs to see a WebSocket begin. */
export interface HttpHeads {
  readonly request: Uint8Array;
  /** Undefined where there was no answer. */
  readonly response: Uint8Array | undefined;
  /** The messages follow. */
  readonly isOpen: boolean;
}

export function httpHeads(connection: Connection): HttpHeads {
  const { requestHeaders, responseHeaders, status, statusText = "" } = exchangeOf(connection);
  const url = URL.parse(connection.url);
  const isSocket = connection.transport === "websocket";
  const key = headerValues(requestHeaders, "sec-websocket-key")[0] ?? KEY;
  const subprotocol = connection.transport === "websocket" ? connection.subprotocol : undefined;
  const request = withMissing(requestHeaders, [
    ["Host", url?.host ?? "unknown.invalid"],
    ...(isSocket ? ([["Upgrade", "websocket"], ["Connection", "Upgrade"], ["Sec-WebSocket-Version", "13"], ["Sec-WebSocket-Key", key]] as const) : ([["Accept", "text/event-stream"]] as const)),
  ]);
  // Over HTTP/2 a WebSocket is answered with 200 (RFC 8441); a reader of HTTP/1.1 knows 101 alone.
  const isOpen = status === undefined ? connection.openedAt !== undefined || !connection.seenFromStart : (status === 200 || status === 101) && connection.failure?.reason !== "status";
  const answered = status === undefined && !isOpen ? undefined : isOpen ? (isSocket ? 101 : 200) : (status ?? 0);
  const response =
    answered === undefined
      ? undefined
      : withMissing(
          responseHeaders,
          answered === 101
            ? [["Upgrade", "websocket"], ["Connection", "Upgrade"], ["Sec-WebSocket-Accept", computeAccept(key)], ...(subprotocol === undefined || subprotocol === "" ? [] : ([["Sec-WebSocket-Protocol", subprotocol]] as const))]
            : isOpen
              ? [["Content-Type", "text/event-stream"]]
              : [],
        );
  const target = url === null ? "/" : `${url.pathname}${url.search}`;
  return {
    request: head(`GET ${target} HTTP/1.1`, request),
    response: response && head(`HTTP/1.1 ${answered} ${answered === status ? statusText : answered === 101 ? "Switching Protocols" : "OK"}`.trim(), response),
    isOpen,
  };
}

/** Of RFC 6455's own example, where none was captured. */
const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

function withMissing(headers: readonly Header[], wanted: readonly (readonly [string, string])[]): readonly Header[] {
  const own = separateHeaders(headers).filter(({ name }) => !name.startsWith(":") && !/^transfer-encoding$/i.test(name));
  return [...wanted.filter(([name]) => headerValues(own, name).length === 0).map(([name, value]) => ({ name, value })), ...own];
}

/** No header reaches past its line. */
const head = (first: string, headers: readonly Header[]): Uint8Array => new TextEncoder().encode(`${[first, ...headers.map(({ name, value }) => `${name}: ${value}`)].map((line) => line.replace(/[\r\n]+/g, " ")).join("\r\n")}\r\n\r\n`);
