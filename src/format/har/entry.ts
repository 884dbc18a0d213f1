import {
  exchangeOf,
  webSocketUrl,
  type Connection,
  type Exchange,
  type Header,
  type Initiator,
  type Target,
} from "../../model/connection.ts";
import { headerValues, separateHeaders } from "../../model/headers.ts";
import { requestCookies, responseCookies } from "./cookies.ts";
import type { HarEntryHead, HarInitiator, HarPair } from "./har-types.ts";
import { cleanHeaders, cleanText, cleanUrl, withoutFragment } from "./sanitise.ts";
import { UNKNOWN_START, type EntryTimes } from "./times.ts";
import { say, sentences, type Told } from "../../model/said.ts";
import type { ExportOptions } from "../export-format.ts";

/** What an entry says of a connection itself. */
export function entryHead(
  connection: Connection,
  target: Target | undefined,
  times: EntryTimes,
  { sensitive, tell }: Pick<ExportOptions, "sensitive" | "tell">,
): HarEntryHead {
  const { initiator } = connection;
  const handshake = exchangeOf(connection);
  const isStream = connection.transport === "event-source";
  const urlOf = sensitive ? withoutFragment : cleanUrl;
  const headersOf = (headers: readonly Header[]): readonly Header[] => {
    const apart = separateHeaders(headers);
    return (sensitive ? apart : cleanHeaders(apart)).map(({ name, value }) => ({ name, value }));
  };
  const told = tell(connection.ending ?? "");
  const ending = sensitive ? told : cleanText(told);
  const url = connection.url === "" ? (isStream ? UNKNOWN_STREAM_URL : UNKNOWN_URL) : urlOf(isStream ? connection.url : webSocketUrl(connection.url));
  const comment = tell(sentences(describeEntry(connection, times, ending)));
  const versions = httpVersions(handshake, isStream);
  return {
    startedDateTime: new Date(times.started ?? UNKNOWN_START).toISOString(),
    ...(comment === "" ? {} : { comment }),
    _resourceType: isStream ? "eventsource" : "websocket",
    ...(initiator === undefined ? {} : { _initiator: describeInitiator(initiator, urlOf) }),
    ...(target === undefined ? {} : { _target: { type: target.type, url: urlOf(target.url) } }),
    request: {
      method: "GET",
      url,
      httpVersion: versions.request,
      headers: headersOf(handshake.requestHeaders),
      queryString: queryPairs(url),
      cookies: sensitive ? requestCookies(handshake.requestHeaders) : [],
      headersSize: handshake.requestText?.length ?? -1,
      bodySize: 0,
    },
    response: {
      status: handshake.status ?? 0,
      statusText: handshake.statusText ?? "",
      httpVersion: versions.response,
      headers: headersOf(handshake.responseHeaders),
      cookies: sensitive ? responseCookies(handshake.responseHeaders, times.answered) : [],
      content: { size: 0, mimeType: isStream ? (headerValues(handshake.responseHeaders, "content-type")[0] ?? "x-unknown") : "x-unknown" },
      redirectURL: "",
      headersSize: handshake.responseText?.length ?? -1,
      bodySize: handshake.status === undefined ? -1 : 0,
      ...(connection.state === "failed" ? { _error: ending } : {}),
    },
    cache: {},
  };
}

/** Readers refuse an entry without an absolute URL; `.invalid` belongs to nobody (RFC 2606 §2). */
const UNKNOWN_URL = "ws://unknown.invalid/";
const UNKNOWN_STREAM_URL = "http://unknown.invalid/";
const MOST_QUERY_PAIRS = 1000;

function describeEntry(connection: Connection, times: EntryTimes, ending: string): readonly Told[] {
  const { notice, seenFromStart, url } = connection;
  return [
    ...(notice !== undefined ? [notice] : seenFromStart ? [] : [say("format.not-seen")]),
    ...(url === "" ? [say("format.no-url")] : []),
    ...(times.started === undefined ? [say("format.no-start")] : []),
    ...(ending === "" ? [] : [/[.!?。]$/.test(ending) ? ending : say("format.ending", { ending })]),
  ];
}

/** Chrome counts lines and columns from 0. */
function describeInitiator({ functionName, url, line, column }: Initiator, urlOf: (url: string) => string): HarInitiator {
  const frame = { functionName, scriptId: "", url: urlOf(url), lineNumber: line - 1, columnNumber: column - 1 };
  return { type: "script", stack: { callFrames: [frame] } };
}

/**
 * Chrome names the protocol only in the texts of HTTP/1.1, so a socket without them is known by its answer (RFC 8441).
 * `http/2.0` is what Chrome writes, and the one spelling that Chrome, mitmproxy and HTTP Toolkit all take.
 */
function httpVersions(handshake: Exchange, isStream: boolean): { readonly request: string; readonly response: string } {
  const hasKey = headerValues(handshake.requestHeaders, "sec-websocket-key").length > 0;
  // A stream of events may come over any, and only the answer's text tells.
  const known = isStream ? (/^HTTP\/\d\.\d/.exec(handshake.responseText ?? "")?.[0] ?? "") : handshake.status === 101 || hasKey ? "HTTP/1.1" : handshake.status === undefined ? "" : "http/2.0";
  return {
    request: /^[^\r\n]{1,65536}? (HTTP\/\d\.\d)\r?\n/.exec(handshake.requestText ?? "")?.[1] ?? known,
    response: /^HTTP\/\d\.\d/.exec(handshake.responseText ?? "")?.[0] ?? (handshake.status === undefined ? "" : known),
  };
}

/** As they stand in the URL, not decoded: so Chrome writes them. */
function queryPairs(url: string): readonly HarPair[] {
  const start = url.indexOf("?");
  if (start < 0) return [];
  return url
    .slice(start + 1)
    .split("&", MOST_QUERY_PAIRS)
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? { name: pair, value: "" } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
    });
}
