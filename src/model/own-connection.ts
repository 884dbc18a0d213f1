import type { Header, TargetType } from "./connection.ts";
import { headerValues, isSetByClient, readHeader } from "./headers.ts";
import { isMasked } from "./masked.ts";

/** A document or worker of the tab, from where the user can open a connection. */
export interface OpeningPlace {
  /** The key of the session that it is of. */
  readonly session: string;
  /** Chrome's id of the document's frame; null for a worker. */
  readonly frame: string | null;
  readonly type: TargetType;
  readonly url: string;
}

/** A connection that the user opens. `place`: null is the tab's page. */
export interface OwnConnection {
  readonly place: Pick<OpeningPlace, "session" | "frame"> | null;
  readonly url: string;
  readonly subprotocols: readonly string[];
  /** Beside those that Chrome sends by itself. */
  readonly headers: readonly Header[];
}

/** What Chrome leaves out, or sends as it sees fit, whatever is asked for: tried one by one (Chromium 156). */
const FIXED = /^(?:accept-charset|accept-encoding|access-control-request-.*|connection|content-length|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/;

/** Whether a header of this name can be added to a handshake of Chrome's. `Cookie` counts only where Chrome has none for the server. */
export const canBeAdded = (name: string): boolean => !FIXED.test(name.trim().toLowerCase());

/** Headers that a browser sends of its own accord with each handshake. */
const OF_THE_BROWSER = new Set(["origin", "user-agent", "cookie"]);

/** Those of a captured handshake that Chrome would not send again by itself, as they are written; masked ones are left out. */
export const writeOwnHeaders = (headers: readonly Header[]): string =>
  headers
    .filter(({ name, value }) => !isSetByClient(name) && !OF_THE_BROWSER.has(name.trim().toLowerCase()) && !isMasked(value))
    .map(({ name, value }) => `${name}: ${value}`)
    .join("\n");

/** Headers as they are written, one a line; what is no header, or cannot be added, by its line from 1. */
export function readOwnHeaders(text: string): { readonly headers: readonly Header[]; readonly bad: number | null; readonly fixed: string | null } {
  const headers: Header[] = [];
  let bad: number | null = null;
  let fixed: string | null = null;
  for (const [place, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const header = readHeader(line);
    if (header === null) bad ??= place + 1;
    else if (!canBeAdded(header.name)) fixed ??= header.name;
    else headers.push(header);
  }
  return { headers, bad, fixed };
}

/** What became of the headers that the user asked for, by their names as they were asked for. */
export interface SentHeaders {
  /** Sent with another value, Chrome's own. */
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** Chrome does not tell of them where the server is of another origin than the page. */
  readonly untold: readonly string[];
}

/** Told of handshakes to the origin of the page alone (Chromium 156), whether they are sent or not. */
const NOT_ALWAYS_TOLD = new Set(["authorization", "cookie"]);

/** Holds the headers that were asked for against those of the handshake's request, as Chrome tells of it. */
export function compareHeaders(asked: readonly Header[], sent: readonly Header[]): SentHeaders {
  const changed: string[] = [];
  const missing: string[] = [];
  const untold: string[] = [];
  const seen = new Set<string>();
  for (const { name } of asked) {
    const key = name.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    const values = headerValues(sent, name);
    if (values.length === 0) (NOT_ALWAYS_TOLD.has(key) ? untold : missing).push(name);
    // Several of one name are one field (RFC 9110 §5.2).
    else if (values.join(", ") !== headerValues(asked, name).join(", ")) changed.push(name);
  }
  return { changed, missing, untold };
}
