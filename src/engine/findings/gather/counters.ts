import { decodeHead } from "../../../decode/utf8-text.ts";
import type { FrameIndex } from "../../../model/units.ts";
import type { SeenRow } from "../seen-row.ts";

/** Names that servers give to what counts their messages: Binance's `U`, `u` and `pu` among them. */
const COUNTED = /"(seq|seqno|seqNo|seq_no|seqnum|seqNum|seq_num|sequence|sequence_num|sequenceNumber|sequence_number|offset|U|u|pu)"\s*:\s*"?(\d{1,16})(?![\d.eE])/g;
/** What tells apart streams that are counted each by itself. */
const STREAM = /"(?:s|sym|symbol|channel|topic|stream|market|product_id|pair|instId|instrument)"\s*:\s*"([^"]{1,64})"/g;
/** Bytes of a message in which they are looked for. */
const HEAD = 1024;
const MOST_TYPES = 200;
const MOST_STREAMS = 2000;
const MOST_PLACES = 20;
/** Messages of a type of which none has a counter: no more of them are read. */
const TRIED = 16;
/** Steps of a stream after which it is known whether it counts. */
const LEARNT = 20;
/** The share of steps that may be something else. */
const MOST_ODD = 0.05;

/** A place where numbers are missing, or come again. */
export interface CountedPlace {
  readonly frame: FrameIndex;
  /** The number before, and the one that came. */
  readonly before: number;
  readonly after: number;
}

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
  /** It goes on behind messages that were not captured. */
  isInterrupted = false;

  constructor(label: number, key: string, name: string, first: number, length: number) {
    this.label = label;
    this.key = key;
    this.name = name;
    this.#last = first;
    this.#length = length;
  }

  /** `before`: the number that ought to have been the last; `number`: the new one. */
  add(before: number, number: number, frame: FrameIndex, length: number): void {
    const last = this.#last;
    if (this.isInterrupted) {
      this.isInterrupted = false;
      this.#last = number;
      this.#length = length;
      return;
    }
    this.steps++;
    if (before === last) this.inOrder++;
    else if (number === last && length === this.#length) {
      this.againCount++;
      if (this.again.length < MOST_PLACES) this.again.push({ frame, before: last, after: number });
      return;
    } else if (before > last) {
      this.gapCount++;
      this.missing += before - last;
      if (this.gaps.length < MOST_PLACES) this.gaps.push({ frame, before: last, after: number });
    }
    this.#last = number;
    this.#length = length;
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
  /** Messages without any; −1 where its streams count nothing. */
  without: number;
  streams: number;
  failed: number;
}

/** Numbers by which a server counts what it sends, and where some are missing. Of text messages that were received. */
export class Counters {
  readonly streams = new Map<string, CountedStream>();
  readonly #types = new Map<number, CountedType>();

  add(row: SeenRow): void {
    if (row.direction !== "received" || !row.isText) return;
    const type = this.#typeOf(row.label);
    if (type === undefined || type.without >= TRIED) return;
    const text = decodeHead(row.payload(HEAD), HEAD);
    const numbers = numbersIn(text);
    if (numbers === undefined) {
      type.without++;
      return;
    }
    const { key, before, number } = numbers;
    const name = streamIn(text);
    const id = `${row.label} ${key} ${name}`;
    const stream = this.streams.get(id);
    if (stream === undefined) {
      if (this.streams.size >= MOST_STREAMS) return;
      this.streams.set(id, new CountedStream(row.label, key, name, number, row.length));
      type.streams++;
      return;
    }
    const wasNone = stream.isNone;
    stream.add(before, number, row.index, row.length);
    if (wasNone || !stream.isNone) return;
    type.failed++;
    // As many were tried as tell that this type has none.
    if (type.failed >= Math.min(type.streams, 4)) type.without = TRIED;
  }

  /** Messages were not captured. */
  interrupt(): void {
    for (const stream of this.streams.values()) stream.isInterrupted = true;
  }

  #typeOf(label: number): CountedType | undefined {
    const known = this.#types.get(label);
    if (known !== undefined || this.#types.size >= MOST_TYPES) return known;
    const type: CountedType = { without: 0, streams: 0, failed: 0 };
    this.#types.set(label, type);
    return type;
  }
}

/** The number of a message, and the one that the message before it ought to have. */
function numbersIn(text: string): { readonly key: string; readonly before: number; readonly number: number } | undefined {
  let found: { key: string; number: number } | undefined;
  let [first, last, previous] = [NaN, NaN, NaN];
  for (const [, key = "", digits] of text.matchAll(COUNTED)) {
    const number = Number(digits);
    if (!Number.isSafeInteger(number)) continue;
    if (key === "U") first = number;
    else if (key === "u") last = number;
    else if (key === "pu") previous = number;
    else found ??= { key, number };
  }
  if (!Number.isNaN(last) && !Number.isNaN(previous)) return { key: "pu", before: previous, number: last };
  if (!Number.isNaN(last) && !Number.isNaN(first)) return { key: "u", before: first - 1, number: last };
  if (found !== undefined) return { key: found.key, before: found.number - 1, number: found.number };
  return Number.isNaN(last) ? undefined : { key: "u", before: last - 1, number: last };
}

const streamIn = (text: string): string => Array.from(text.matchAll(STREAM), ([, name = ""]) => name).join(" ");
