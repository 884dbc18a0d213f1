import type { RecordRange } from "../records/record-range.ts";
import type { Found } from "../stream/stream-session.ts";
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

/**
 * Finds the frame at a place (stomp.github.io, 1.2, "Augmented BNF"); what is empty before and behind it is its own.
 * `seen`: as in `StreamProtocol.find`. Cost: its head, and the bytes behind `seen`.
 */
export function findStompFrame(bytes: Uint8Array, from: number, seen = from): Found<StompFrame> {
  const start = passLineEnds(bytes, from);
  if (start === bytes.length) return { from, to: start, command: "", headers: new Map(), body: start, end: start };
  const head = readHead(bytes, start);
  if (typeof head === "string") return head;
  const { command, headers, body } = head;
  const length = headers.get("content-length");
  const counted = length === undefined || !/^\d{1,9}$/.test(length) ? undefined : body + Number(length);
  if (counted !== undefined && counted >= bytes.length) return "cut";
  // Before its length was there nobody looked for an end without it.
  const nul = bytes.indexOf(NUL, counted === undefined || counted < seen ? Math.max(body, seen) : body);
  const end = counted !== undefined && bytes[counted] === NUL ? counted : nul;
  if (end < 0) return "cut";
  // Ends of line behind it are no heart-beat, but belong to it.
  return { from, to: passLineEnds(bytes, end + 1), command, headers, body, end };
}

function readHead(bytes: Uint8Array, start: number): Pick<StompFrame, "command" | "headers" | "body"> | "cut" | "broken" {
  const headers = new Map<string, string>();
  let command = "";
  const most = Math.min(bytes.length, start + MOST_HEAD);
  for (let at = start; at < most; ) {
    const feed = bytes.indexOf(LINE_FEED, at);
    if (feed < 0 || feed >= most) {
      const isShort = command !== "" || (bytes.length - at <= LONGEST_COMMAND && /^[A-Z]+\r?$/.test(utf8Between(bytes, at, bytes.length)));
      return most === bytes.length && isShort ? "cut" : "broken";
    }
    const line = utf8Between(bytes, at, bytes[feed - 1] === RETURN ? feed - 1 : feed);
    at = feed + 1;
    if (command === "") {
      if (!STOMP_COMMANDS.has(line)) return "broken";
      command = line;
    } else if (line === "") return { command, headers, body: at };
    else {
      const colon = line.indexOf(":");
      if (colon < 0) return "broken";
      const name = unescaped(line.slice(0, colon));
      if (!headers.has(name)) headers.set(name, unescaped(line.slice(colon + 1)));
    }
  }
  return most === bytes.length ? "cut" : "broken";
}

function passLineEnds(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] === LINE_FEED || bytes[at] === RETURN)) at++;
  return at;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\n": "\n", "\\r": "\r", "\\c": ":", "\\\\": "\\" };
const unescaped = (text: string): string => (text.includes("\\") ? text.replaceAll(/\\[nrc\\]/g, (escape) => ESCAPES[escape] ?? escape) : text);
