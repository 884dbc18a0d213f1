import type { RecordRange } from "../records/record-range.ts";
import type { Search } from "../stream/stream-session.ts";
import { utf8Between } from "../utf8-text.ts";

export const LONGEST_LINE = 1 << 16;
const RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** A message of the protocol: a line, and the payload of one that has it. */
export interface NatsPlace extends RecordRange {
  readonly verb: string;
  readonly words: readonly string[];
  /** What follows the verb on its line. */
  readonly rest: number;
  readonly restEnd: number;
  /** Its payload behind the line, without its headers. */
  readonly body: number;
  readonly end: number;
}

const VERB = /^(?:INFO|CONNECT|PUB|HPUB|SUB|UNSUB|MSG|HMSG|PING|PONG|\+OK|-ERR)$/i;
/** Verbs with a payload, whose length is the last word; two of them have headers, whose length stands before it. */
export const WITH_PAYLOAD: ReadonlySet<string> = new Set(["PUB", "HPUB", "MSG", "HMSG"]);

export function findNats(bytes: Uint8Array, from: number): Search<NatsPlace> {
  const feed = bytes.indexOf(LINE_FEED, from);
  if (feed < 0) return bytes.length - from > LONGEST_LINE ? "broken" : "cut";
  const lineEnd = bytes[feed - 1] === RETURN ? feed - 1 : feed;
  const line = utf8Between(bytes, from, Math.min(lineEnd, from + LONGEST_LINE));
  const [first = "", ...words] = line.split(/[ \t]+/);
  const verb = first.toUpperCase();
  if (!VERB.test(verb)) return "broken";
  const place = { from, verb, words, rest: Math.min(from + first.length + 1, lineEnd), restEnd: lineEnd };
  if (!WITH_PAYLOAD.has(verb)) return { ...place, to: feed + 1, body: lineEnd, end: lineEnd };
  const total = words.at(-1) ?? "";
  if (!/^\d{1,9}$/.test(total)) return "broken";
  const headers = verb.startsWith("H") ? Number(words.at(-2) ?? 0) : 0;
  if (!(headers <= Number(total))) return "broken";
  const end = feed + 1 + Number(total);
  return whole(bytes, from, { ...place, to: end + 2, body: feed + 1 + headers, end });
}

/** A place whose line was read at another beginning, once its payload is there. */
function whole(bytes: Uint8Array, from: number, place: NatsPlace): Search<NatsPlace> {
  const moved = from - place.from;
  const to = place.to + moved;
  if (to > bytes.length) return (longer, start) => whole(longer, start, place);
  if (bytes[to - 2] !== RETURN || bytes[to - 1] !== LINE_FEED) return "broken";
  return { ...place, from, to, rest: place.rest + moved, restEnd: place.restEnd + moved, body: place.body + moved, end: place.end + moved };
}
