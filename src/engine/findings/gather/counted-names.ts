import { KnownTexts } from "../../../decode/fields/known-texts.ts";
import { utf8Between } from "../../../decode/utf8-text.ts";

/** Names that servers give to what counts their messages: Binance's `U`, `u` and `pu` among them, OKX's `seqId` and `prevSeqId`, Discord's `s`. */
const COUNTED = ["seqId", "prevSeqId", "seq", "seqno", "seqNo", "seq_no", "seqnum", "seqNum", "seq_num", "sequence", "sequence_num", "sequenceNumber", "sequence_number", "offset", "U", "u", "pu", "s"] as const;
/** What tells apart streams that are counted each by itself. */
const STREAM = ["s", "sym", "symbol", "channel", "topic", "stream", "market", "product_id", "pair", "instId", "instrument"] as const;

/** What a message says of its place. */
export interface Counted {
  readonly key: string;
  /** What tells its stream from others of its type; empty where nothing does. */
  readonly name: string;
  /** The number that the message before it ought to have, and its own. */
  readonly before: number;
  readonly number: number;
}

interface Name {
  readonly text: string;
  /** With the quote behind it. */
  readonly bytes: Uint8Array;
  readonly isCounted: boolean;
  readonly isStream: boolean;
}

const LONGEST_NUMBER = 16;
const LONGEST_STREAM = 64;
const MOST_BYTES_A_CHARACTER = 3;
/** Values whose places are known. */
const MOST_PLACES = 8;
/** So many more messages in which they stand elsewhere than ones in which they do not: they are looked for there no more. */
const MOST_ELSEWHERE = 16;

/** A value that counts, and the bytes before it, from the start or from the value before. */
interface Place {
  readonly before: Uint8Array;
  readonly name: Name;
}

/**
 * Finds keys by their names in bytes of JSON, whole or cut, in one pass, and without making texts of what is not asked for.
 * Where the bytes up to a value are those of the message before, they hold no other names than there.
 */
export class CountedNames {
  readonly #names: readonly Name[];
  /** Which letters they begin with: a bit of each, A to Z and a to z. */
  readonly #capitals: number;
  readonly #smalls: number;
  readonly #texts = new KnownTexts(utf8Between);
  #places: readonly Place[] | undefined = [];
  #elsewhere = 0;
  /** Of the message that was read last: the names that it has, where they were asked for, and where the last of them ends. */
  readonly found = new Set<string>();
  end = 0;

  // Of the message at hand.
  #key = "";
  #counted = NaN;
  #first = NaN;
  #last = NaN;
  #lastKey = "";
  #previous = NaN;
  #previousKey = "";
  #streams = "";
  /** What it says. */
  readonly #told = { key: "", name: "", before: 0, number: 0 };

  constructor(names: Iterable<string> = [...COUNTED, ...STREAM]) {
    this.#names = [...new Set(names)].map((text) => ({ text, bytes: new TextEncoder().encode(`${text}"`), isCounted: COUNTED.includes(text as never), isStream: STREAM.includes(text as never) }));
    const letters = (isSmall: boolean): number => this.#names.reduce((bits, { text }) => (text.charCodeAt(0) >= SMALL === isSmall ? bits | (1 << (text.charCodeAt(0) & LETTER)) : bits), 0);
    this.#capitals = letters(false);
    this.#smalls = letters(true);
  }

  /** What the bytes of a message between two places say, good until the next; undefined where they count nothing. `notes`: `found` and `end` are wanted. */
  read(bytes: Uint8Array, from: number, to: number, notes: boolean): Counted | undefined {
    this.#begin();
    if (notes) {
      this.found.clear();
      this.end = 0;
      this.#scan(bytes, from, to, from, undefined, true);
      return this.#finish();
    }
    const known = this.#passKnown(bytes, from, to);
    if (known < 0) {
      this.#begin();
      const places: Place[] | undefined = this.#places && [];
      this.#scan(bytes, from, to, from, places, false);
      this.#places = places;
      // Where each stands once, none is left to be looked for.
    } else if (this.#places?.length !== this.#names.length) this.#scan(bytes, known, to, known, undefined, false);
    return this.#finish();
  }

  /** Behind the values that stand where they stood in the message before; negative where they do not. */
  #passKnown(bytes: Uint8Array, from: number, to: number): number {
    const places = this.#places;
    if (places === undefined || places.length === 0) return -1;
    let at = from;
    for (const { before, name } of places) {
      const value = at + before.length;
      at = standsAt(bytes, at, to, before) ? this.#take(name, bytes, value, to, false) : -1;
      if (at >= 0) continue;
      if (++this.#elsewhere > MOST_ELSEWHERE) this.#places = undefined;
      return -1;
    }
    if (this.#elsewhere > 0) this.#elsewhere--;
    return at;
  }

  /** `start`: from where on nothing was passed; `places`: is told where values stand. */
  #scan(bytes: Uint8Array, from: number, to: number, start: number, places: Place[] | undefined, notes: boolean): void {
    let passed = start;
    for (let at = from; at < to; at++) {
      if (bytes[at] !== QUOTE) continue;
      const name = this.#nameAt(bytes, at + 1, to);
      if (name === undefined) continue;
      let value = passSpace(bytes, at + 1 + name.bytes.length, to);
      if (bytes[value] !== COLON || value >= to) continue;
      value = passSpace(bytes, value + 1, to);
      const end = this.#take(name, bytes, value, to, notes);
      if (end < 0) continue;
      if (places !== undefined && places.length < MOST_PLACES) {
        places.push({ before: bytes.slice(passed, value), name });
        passed = end;
      }
      at = end - 1;
    }
  }

  /** Takes the value of a name; answers from where on there may be others, negative where it counts nothing. */
  #take({ text, isStream, isCounted }: Name, bytes: Uint8Array, value: number, to: number, notes: boolean): number {
    const isQuoted = value < to && bytes[value] === QUOTE;
    let next = -1;
    if (isStream && isQuoted) {
      const end = streamEnd(bytes, value + 1, to);
      const stream = end > 0 ? this.#texts.textOf(bytes, value + 1, end) : "";
      if (stream !== "" && stream.length <= LONGEST_STREAM) {
        this.#streams = this.#streams === "" ? stream : `${this.#streams} ${stream}`;
        if (notes) this.#note(text, end + 1);
        // What is no JSON may have the value for a key.
        next = bytes[passSpace(bytes, end + 1, to)] === COLON ? value : end;
      }
    }
    if (!isCounted) return next;
    const from = isQuoted ? value + 1 : value;
    const end = passDigits(bytes, from, to);
    if (end === from || end - from > LONGEST_NUMBER || (end < to && goesOn(bytes[end] as number))) return next;
    const number = numberIn(bytes, from, end);
    if (!Number.isSafeInteger(number)) return next;
    if (notes) this.#note(text, end);
    if (text === "U") this.#first = number;
    else if (text === "u" || text === "seqId") {
      this.#last = number;
      this.#lastKey = text;
    } else if (text === "pu" || text === "prevSeqId") {
      this.#previous = number;
      this.#previousKey = text;
      // Many call something else so, too.
    } else if (this.#key === "" || this.#key === "s") {
      this.#key = text;
      this.#counted = number;
    }
    return end;
  }

  #begin(): void {
    this.#key = "";
    this.#first = NaN;
    this.#last = NaN;
    this.#lastKey = "";
    this.#previous = NaN;
    this.#streams = "";
  }

  #finish(): Counted | undefined {
    const last = this.#last;
    if (!Number.isNaN(last) && !Number.isNaN(this.#previous)) return this.#tell(this.#previousKey, this.#previous, last);
    if (!Number.isNaN(last) && !Number.isNaN(this.#first)) return this.#tell("u", this.#first - 1, last);
    // OKX leaves numbers out: only the one before tells.
    const isAlone = this.#lastKey === "u";
    if (this.#key !== "" && (this.#key !== "s" || !isAlone)) return this.#tell(this.#key, this.#counted - 1, this.#counted);
    return isAlone ? this.#tell("u", last - 1, last) : undefined;
  }

  #tell(key: string, before: number, number: number): Counted {
    const told = this.#told;
    told.key = key;
    told.name = this.#streams;
    told.before = before;
    told.number = number;
    return told;
  }

  #note(name: string, end: number): void {
    this.found.add(name);
    this.end = Math.max(this.end, end);
  }

  #nameAt(bytes: Uint8Array, from: number, to: number): Name | undefined {
    if (from >= to) return undefined;
    const first = bytes[from] as number;
    const letters = first >= SMALL ? this.#smalls : this.#capitals;
    // Of what is no letter the bits may be those of one, and no name is found.
    if ((letters & (1 << (first & LETTER))) === 0) return undefined;
    for (const name of this.#names) if (standsAt(bytes, from, to, name.bytes)) return name;
    return undefined;
  }
}

/** Shapes that are kept: one more is not shared. */
const MOST_SHAPES = 1000;

/**
 * Who looks for the names that messages of a type were found to have: one for all connections on which such messages come. What
 * it knows of their bytes is fetched from memory once for all of them, where many talk at once.
 */
export class MessageShapes {
  readonly #shapes = new Map<string, CountedNames>();

  of(label: number, names: ReadonlySet<string>): CountedNames {
    const key = `${label} ${[...names].join(" ")}`;
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const shape = new CountedNames(names);
    if (this.#shapes.size < MOST_SHAPES) this.#shapes.set(key, shape);
    return shape;
  }
}

function standsAt(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  if (from + text.length > to) return false;
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text[i]) return false;
  return true;
}

function passSpace(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at++;
  return at;
}

function passDigits(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && isDigit(bytes[at] as number)) at++;
  return at;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Whether a number goes on behind its digits: it has a fraction or an exponent. */
const goesOn = (byte: number): boolean => byte === 0x2e || (byte | 0x20) === 0x65;

function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) number = number * 10 + ((bytes[at] as number) - 0x30);
  return number;
}

/** The quote behind a text that may name a stream; 0 where there is none. */
function streamEnd(bytes: Uint8Array, from: number, to: number): number {
  const last = Math.min(to, from + LONGEST_STREAM * MOST_BYTES_A_CHARACTER + 1);
  for (let at = from; at < last; at++) if (bytes[at] === QUOTE) return at;
  return 0;
}

const QUOTE = 0x22;
/** Where the small letters are, and the bits that tell one letter from the others. */
const SMALL = 0x60;
const LETTER = 0x1f;
const COLON = 0x3a;
