import { decodeHead } from "../../../decode/utf8-text.ts";
import type { SequenceOddity } from "../../../model/sequence.ts";
import type { FrameIndex, MonotonicSeconds } from "../../../model/units.ts";
import type { SeenRow } from "../seen-row.ts";

const countedBy = (names: string): RegExp => new RegExp(`"(${names})"\\s*:\\s*"?(\\d{1,16})(?![\\d.eE])`, "g");
const streamBy = (names: string): RegExp => new RegExp(`"(${names})"\\s*:\\s*"([^"]{1,64})"`, "g");

/** Names that servers give to what counts their messages: Binance's `U`, `u` and `pu` among them, OKX's `seqId` and `prevSeqId`, Discord's `s`. */
const COUNTED = countedBy("seqId|prevSeqId|seq|seqno|seqNo|seq_no|seqnum|seqNum|seq_num|sequence|sequence_num|sequenceNumber|sequence_number|offset|U|u|pu|s");
/** What tells apart streams that are counted each by itself. */
const STREAM = streamBy("s|sym|symbol|channel|topic|stream|market|product_id|pair|instId|instrument");
/** Bytes of a message in which they are looked for. */
const HEAD = 1024;
const SLACK = 32;
const MOST_TYPES = 200;
const MOST_STREAMS = 2000;
const MOST_PLACES = 20;
/** Messages of a type of which none has a counter: no more of them are read. */
const TRIED = 16;
/** Steps of a stream after which it is known whether it counts. */
const LEARNT = 20;
/** The share of steps that may be something else. */
const MOST_ODD = 0.05;
/** Steps in order after which it is known how far apart messages usually come. */
const PACED = 5;
/** After a silence of so many times the usual the stream may have been left and asked for again. */
const MOST_SILENT = 5;
/** The usual time follows the last steps, each weighed so; a silence counts for no more than `MOST_SILENT`, or these seconds. */
const WEIGHT = 16;
const LEAST_FOLLOWED = 0.01;

/** A place where numbers are missing, or come again. */
export interface CountedPlace {
  readonly frame: FrameIndex;
  /** The number before, and the one that came. */
  readonly before: number;
  readonly after: number;
}

/** What is asked of a row. */
type CountedRow = Pick<SeenRow, "index" | "time" | "direction" | "length" | "isText" | "label" | "payload">;

/** One stream of numbers that count messages. */
export class CountedStream {
  readonly label: number;
  readonly key: string;
  readonly name: string;
  steps = 0;
  inOrder = 0;
  missing = 0;
  readonly gaps: CountedPlace[] = [];
  gapCount = 0;
  readonly again: CountedPlace[] = [];
  againCount = 0;
  #last: number;
  #length: number;
  #time: MonotonicSeconds;
  /** Seconds between one and the next. */
  #usual = 0;
  /** It goes on behind messages that were not captured. */
  isInterrupted = false;

  constructor(label: number, key: string, name: string, first: number, length: number, time: MonotonicSeconds) {
    this.label = label;
    this.key = key;
    this.name = name;
    this.#last = first;
    this.#length = length;
    this.#time = time;
  }

  /** `before`: the number that ought to have been the last; `number`: the new one. Answers what is odd, where it is known to count. */
  add(before: number, number: number, frame: FrameIndex, length: number, time: MonotonicSeconds): SequenceOddity | undefined {
    // Known before it: what is told of a message depends on none that comes later.
    const isKnown = this.isCounter;
    const last = this.#last;
    const silence = Math.max(0, time - this.#time);
    this.#time = time;
    const isLeft = before > last && (this.inOrder < PACED || silence > this.#usual * MOST_SILENT);
    if (this.isInterrupted || isLeft) {
      // One that never comes in order is no counter, and need not be read for ever.
      if (!this.isInterrupted && this.inOrder < PACED) this.steps++;
      this.isInterrupted = false;
      this.#last = number;
      this.#length = length;
      return undefined;
    }
    this.steps++;
    let odd: SequenceOddity | undefined;
    if (before === last) this.#follow(silence);
    else if (number === last && length === this.#length) {
      this.againCount++;
      if (this.again.length < MOST_PLACES) this.again.push({ frame, before: last, after: number });
      return isKnown ? "repeated" : undefined;
    } else if (before > last) {
      this.gapCount++;
      this.missing += before - last;
      if (this.gaps.length < MOST_PLACES) this.gaps.push({ frame, before: last, after: number });
      odd = "gap";
    }
    this.#last = number;
    this.#length = length;
    return isKnown ? odd : undefined;
  }

  #follow(silence: number): void {
    this.inOrder++;
    const step = this.inOrder <= PACED ? silence : Math.min(silence, Math.max(LEAST_FOLLOWED, this.#usual * MOST_SILENT));
    this.#usual += (step - this.#usual) / Math.min(this.inOrder, WEIGHT);
  }

  get last(): number {
    return this.#last;
  }

  /** All but a few of its steps are steps of a counter. */
  get isCounter(): boolean {
    return this.steps >= LEARNT && this.inOrder >= this.steps * (1 - MOST_ODD);
  }

  get isNone(): boolean {
    return this.steps >= LEARNT && this.inOrder < this.steps / 2;
  }
}

interface CountedType {
  /** What its messages were found to have: the same is sought in them with less. */
  own: OwnPatterns | undefined;
  /** Messages in a row without any; no more are read past `TRIED`. */
  without: number;
  streams: number;
  failed: number;
}

/** Numbers by which a server counts what it sends, and where some are missing. Of text messages that were received. */
export class Counters {
  readonly streams = new Map<string, CountedStream>();
  readonly #types = new Map<number, CountedType>();

  /** Answers what is odd about the message by its number, where that is known to count. */
  add(row: CountedRow): SequenceOddity | undefined {
    if (row.direction !== "received" || !row.isText) return undefined;
    const type = this.#typeOf(row.label);
    if (type === undefined || type.without >= TRIED) return undefined;
    const quick = type.own === undefined ? undefined : read(decodeHead(row.payload(HEAD), type.own.head), type.own.counted, type.own.stream);
    const known = quick === undefined ? undefined : this.streams.get(idOf(row.label, quick));
    // What is out of order is read whole: it may be of another shape, and of another stream.
    const isExpected = quick !== undefined && known?.last === quick.before;
    const counted = isExpected ? quick : this.#readWhole(row, type);
    if (counted === undefined) {
      type.without++;
      return undefined;
    }
    type.without = 0;
    const { key, name, before, number } = counted;
    const id = idOf(row.label, counted);
    const stream = isExpected ? known : this.streams.get(id);
    if (stream === undefined) {
      if (this.streams.size >= MOST_STREAMS) return undefined;
      this.streams.set(id, new CountedStream(row.label, key, name, number, row.length, row.time));
      type.streams++;
      return undefined;
    }
    const wasNone = stream.isNone;
    const odd = stream.add(before, number, row.index, row.length, row.time);
    if (wasNone || !stream.isNone) return odd;
    type.failed++;
    // As many were tried as tell that this type has none.
    if (type.failed >= Math.min(type.streams, 4)) type.without = TRIED;
    return odd;
  }

  /** Messages were not captured. */
  interrupt(): void {
    for (const stream of this.streams.values()) stream.isInterrupted = true;
  }

  #readWhole(row: CountedRow, type: CountedType): Counted | undefined {
    const text = decodeHead(row.payload(HEAD), HEAD);
    const counted = read(text, COUNTED, STREAM);
    if (counted !== undefined) type.own = ownPatterns(text, type.own);
    return counted;
  }

  #typeOf(label: number): CountedType | undefined {
    const known = this.#types.get(label);
    if (known !== undefined || this.#types.size >= MOST_TYPES) return known;
    const type: CountedType = { own: undefined, without: 0, streams: 0, failed: 0 };
    this.#types.set(label, type);
    return type;
  }
}

interface OwnPatterns {
  /** Bytes in which all of it stands. */
  readonly head: number;
  readonly counted: RegExp;
  readonly stream: RegExp | undefined;
}

/** Patterns with the names alone that stand in this message: they are far quicker than any of the names. */
function ownPatterns(text: string, before: OwnPatterns | undefined): OwnPatterns {
  const names = (pattern: RegExp): string[] => [...new Set(Array.from(text.matchAll(pattern), ([, name = ""]) => name))];
  const counted = names(COUNTED);
  const streams = names(STREAM);
  const end = [COUNTED, STREAM].flatMap((pattern) => Array.from(text.matchAll(pattern), (match) => match.index + match[0].length)).reduce((a, b) => Math.max(a, b), 0);
  // Others of the type may have it a little farther on; a letter takes three bytes at most.
  return { head: Math.min(HEAD, Math.max(end * (isAscii(text) ? 1 : 3) + SLACK, before?.head ?? 0)), counted: countedBy(counted.join("|")), stream: streams.length === 0 ? undefined : streamBy(streams.join("|")) };
}

const isAscii = (text: string): boolean => !/[\u0080-\uffff]/.test(text);

/** What a message says of its place. */
interface Counted {
  readonly key: string;
  /** What tells its stream from others of its type; empty where nothing does. */
  readonly name: string;
  /** The number that the message before it ought to have, and its own. */
  readonly before: number;
  readonly number: number;
}

const idOf = (label: number, { key, name }: Counted): string => `${label} ${key} ${name}`;

function read(text: string, counted: RegExp, stream: RegExp | undefined): Counted | undefined {
  const numbers = numbersIn(text, counted);
  return numbers === undefined ? undefined : { ...numbers, name: streamIn(text, stream) };
}

/** The number of a message, and the one that the message before it ought to have. */
function numbersIn(text: string, pattern: RegExp): Omit<Counted, "name"> | undefined {
  let key = "";
  let counted = NaN;
  let [first, last, previous] = [NaN, NaN, NaN];
  let [lastKey, previousKey] = ["", ""];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const number = Number(match[2]);
    if (!Number.isSafeInteger(number)) continue;
    const name = match[1] ?? "";
    if (name === "U") first = number;
    else if (name === "u" || name === "seqId") [last, lastKey] = [number, name];
    else if (name === "pu" || name === "prevSeqId") [previous, previousKey] = [number, name];
    // Many call something else so, too.
    else if (key === "" || key === "s") [key, counted] = [name, number];
  }
  if (!Number.isNaN(last) && !Number.isNaN(previous)) return { key: previousKey, before: previous, number: last };
  if (!Number.isNaN(last) && !Number.isNaN(first)) return { key: "u", before: first - 1, number: last };
  // OKX leaves numbers out: only the one before tells.
  const isAlone = lastKey === "u";
  if (key !== "" && (key !== "s" || !isAlone)) return { key, before: counted - 1, number: counted };
  return isAlone ? { key: "u", before: last - 1, number: last } : undefined;
}

function streamIn(text: string, pattern: RegExp | undefined): string {
  if (pattern === undefined) return "";
  let names = "";
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) names = names === "" ? (match[2] ?? "") : `${names} ${match[2] ?? ""}`;
  return names;
}
