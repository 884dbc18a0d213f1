import type { SequenceOddity } from "../../../model/sequence.ts";
import type { FrameIndex, MonotonicSeconds } from "../../../model/units.ts";
import type { SeenRow } from "../seen-row.ts";
import { CountedNames, type Counted, type MessageShapes } from "./counted-names.ts";

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
export type CountedRow = Pick<SeenRow, "index" | "time" | "direction" | "length" | "isText" | "label" | "bytes" | "start">;

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
  /** The names that its messages were found to have, and the bytes in which all of them stand: the same is sought in them with less. */
  own: { readonly head: number; readonly names: CountedNames } | undefined;
  /** Its streams by what tells them apart, and the one that went on last. */
  readonly named: Map<string, CountedStream>;
  last: CountedStream | undefined;
  /** Messages in a row without any; no more are read past `TRIED`. */
  without: number;
  streams: number;
  failed: number;
}

/** Numbers by which a server counts what it sends, and where some are missing. Of text messages that were received. */
export class Counters {
  readonly streams = new Map<string, CountedStream>();
  readonly #types = new Map<number, CountedType>();
  readonly #shapes: MessageShapes;

  /** `shapes`: of all connections. */
  constructor(shapes: MessageShapes) {
    this.#shapes = shapes;
  }

  /** Answers what is odd about the message by its number, where that is known to count. */
  add(row: CountedRow): SequenceOddity | undefined {
    if (row.direction !== "received" || !row.isText) return undefined;
    const type = this.#typeOf(row.label);
    if (type === undefined || type.without >= TRIED) return undefined;
    const { own } = type;
    const bytes = row.bytes();
    const { start } = row;
    const quick = own?.names.read(bytes, start, start + Math.min(row.length, own.head), false);
    const known = quick === undefined ? undefined : this.#streamOf(row.label, type, quick);
    // What is out of order is read whole: it may be of another shape, and of another stream.
    const isExpected = quick !== undefined && known?.last === quick.before;
    const counted = isExpected ? quick : this.#readWhole(bytes, start, row, type);
    if (counted === undefined) {
      type.without++;
      return undefined;
    }
    type.without = 0;
    const { key, name, before, number } = counted;
    const stream = isExpected ? known : this.#streamOf(row.label, type, counted);
    if (stream === undefined) {
      if (this.streams.size >= MOST_STREAMS) return undefined;
      this.streams.set(idOf(row.label, counted), new CountedStream(row.label, key, name, number, row.length, row.time));
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

  /** Most often those of a type all have one key, so that what tells them apart finds them. */
  #streamOf(label: number, type: CountedType, counted: Counted): CountedStream | undefined {
    const { named, last } = type;
    if (last?.name === counted.name && last.key === counted.key) return last;
    const known = named.get(counted.name);
    const stream = known?.key === counted.key ? known : this.streams.get(idOf(label, counted));
    if (stream === undefined) return undefined;
    if (stream !== known) named.set(counted.name, stream);
    type.last = stream;
    return stream;
  }

  #readWhole(bytes: Uint8Array, start: number, { length, label }: CountedRow, type: CountedType): Counted | undefined {
    const counted = ALL_NAMES.read(bytes, start, start + Math.min(length, HEAD), true);
    if (counted === undefined) return undefined;
    // Others of the type may have it a little farther on.
    type.own = { head: Math.min(HEAD, Math.max(ALL_NAMES.end - start + SLACK, type.own?.head ?? 0)), names: this.#shapes.of(label, ALL_NAMES.found) };
    return counted;
  }

  #typeOf(label: number): CountedType | undefined {
    const known = this.#types.get(label);
    if (known !== undefined || this.#types.size >= MOST_TYPES) return known;
    const type: CountedType = { own: undefined, named: new Map(), last: undefined, without: 0, streams: 0, failed: 0 };
    this.#types.set(label, type);
    return type;
  }
}

const ALL_NAMES = new CountedNames();

const idOf = (label: number, { key, name }: Counted): string => `${label} ${key} ${name}`;
