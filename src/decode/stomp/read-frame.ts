import type { RecordRange } from "../records/record-range.ts";
import type { Search } from "../stream/stream-session.ts";
import { STOMP_COMMANDS } from "./commands.ts";
import { utf8Between } from "../utf8-text.ts";

/** A STOMP frame, or an end of line between frames, which keeps the connection alive. */
export interface StompFrame extends RecordRange {
  /** Empty for a heart-beat. */
  readonly command: string;
  /** The first of each name counts. */
  readonly headers: ReadonlyMap<string, string>;
  /** Where the body begins and ends. */
  readonly body: number;
  readonly end: number;
}

const NUL = 0;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const LONGEST_COMMAND = 12;
/** Head of a frame: a longer one is none. */
const MOST_HEAD = 1 << 16;

/** Finds the frame at a place (stomp.github.io, 1.2, "Augmented BNF"); what is empty before and behind it is its own. */
export function findStompFrame(bytes: Uint8Array, from: number): Search<StompFrame> {
  const start = passLineEnds(bytes, from);
  if (start === bytes.length) return { from, to: start, command: "", headers: new Map(), body: start, end: start };
  return readHead(bytes, from, { start: start - from, read: start - from, command: "", headers: new Map() });
}

/** What was read of a head. Places from where the frame begins on. */
interface HeadSoFar {
  readonly start: number;
  /** Behind the last whole line. */
  readonly read: number;
  readonly command: string;
  readonly headers: Map<string, string>;
}

function readHead(bytes: Uint8Array, from: number, { start, read, command: before, headers }: HeadSoFar): Search<StompFrame> {
  let command = before;
  let at = from + read;
  const most = Math.min(bytes.length, from + start + MOST_HEAD);
  while (at < most) {
    const feed = bytes.indexOf(LINE_FEED, at);
    if (feed < 0 || feed >= most) {
      const isShort = command !== "" || (bytes.length - at <= LONGEST_COMMAND && /^[A-Z]+\r?$/.test(utf8Between(bytes, at, bytes.length)));
      if (!isShort) return "broken";
      break;
    }
    const line = utf8Between(bytes, at, bytes[feed - 1] === RETURN ? feed - 1 : feed);
    at = feed + 1;
    if (command === "") {
      if (!STOMP_COMMANDS.has(line)) return "broken";
      command = line;
    } else if (line === "") return findEnd(bytes, from, { command, headers, body: at - from, searched: at - from });
    else {
      const colon = line.indexOf(":");
      if (colon < 0) return "broken";
      const name = unescaped(line.slice(0, colon));
      if (!headers.has(name)) headers.set(name, unescaped(line.slice(colon + 1)));
    }
  }
  if (most < bytes.length) return "broken";
  const head = { start, read: at - from, command, headers };
  return (longer, next) => readHead(longer, next, head);
}

/** A frame without its end. Places from where it begins on. */
interface BodySoFar extends Pick<StompFrame, "command" | "headers" | "body"> {
  /** Up to there is no NUL. */
  readonly searched: number;
}

function findEnd(bytes: Uint8Array, from: number, { command, headers, body, searched }: BodySoFar): Search<StompFrame> {
  const length = headers.get("content-length");
  const counted = length === undefined || !/^\d{1,9}$/.test(length) ? undefined : from + body + Number(length);
  const isThere = counted === undefined || counted < bytes.length;
  const end = !isThere ? -1 : counted !== undefined && bytes[counted] === NUL ? counted : bytes.indexOf(NUL, from + searched);
  // Ends of line behind it are no heart-beat, but belong to it.
  if (end >= 0) return { from, to: passLineEnds(bytes, end + 1), command, headers, body: from + body, end };
  const more = { command, headers, body, searched: isThere ? bytes.length - from : searched };
  return (longer, next) => findEnd(longer, next, more);
}

function passLineEnds(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] === LINE_FEED || bytes[at] === RETURN)) at++;
  return at;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\n": "\n", "\\r": "\r", "\\c": ":", "\\\\": "\\" };
const unescaped = (text: string): string => (text.includes("\\") ? text.replaceAll(/\\[nrc\\]/g, (escape) => ESCAPES[escape] ?? escape) : text);
