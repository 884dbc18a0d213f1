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

/** Finds keys by their names in bytes of JSON, whole or cut, in one pass, and without making texts of what is not asked for. */
export class CountedNames {
  readonly #byFirst: (Name[] | undefined)[] = [];
  readonly #names: ReadonlySet<string>;
  /** Of the message that was read last: the names that it has, where they were asked for, and where the last of them ends. */
  readonly found = new Set<string>();
  end = 0;

  constructor(names: Iterable<string> = [...COUNTED, ...STREAM]) {
    this.#names = new Set(names);
    for (const text of this.#names) {
      (this.#byFirst[text.charCodeAt(0)] ??= []).push({ text, bytes: new TextEncoder().encode(`${text}"`), isCounted: COUNTED.includes(text as never), isStream: STREAM.includes(text as never) });
    }
  }

  /** Whether it looks for these, and no others. */
  has(names: ReadonlySet<string>): boolean {
    return names.size === this.#names.size && [...names].every((name) => this.#names.has(name));
  }

  /** What the first `most` bytes of a message say; undefined where they count nothing. `notes`: `found` and `end` are wanted. */
  read(bytes: Uint8Array, most: number, notes: boolean): Counted | undefined {
    const to = Math.min(bytes.length, most);
    let key = "";
    let counted = NaN;
    let [first, last, previous] = [NaN, NaN, NaN];
    let [lastKey, previousKey] = ["", ""];
    let streams = "";
    if (notes) {
      this.found.clear();
      this.end = 0;
    }
    for (let at = 0; at < to; at++) {
      if (bytes[at] !== QUOTE) continue;
      const name = this.#nameAt(bytes, at + 1, to);
      if (name === undefined) continue;
      let value = passSpace(bytes, at + 1 + name.bytes.length, to);
      if (bytes[value] !== COLON || value >= to) continue;
      value = passSpace(bytes, value + 1, to);
      const isQuoted = value < to && bytes[value] === QUOTE;
      if (name.isStream && isQuoted) {
        const end = streamEnd(bytes, value + 1, to);
        const text = end > 0 ? utf8Between(bytes, value + 1, end) : "";
        if (text !== "" && text.length <= LONGEST_STREAM) {
          streams = streams === "" ? text : `${streams} ${text}`;
          if (notes) this.#note(name.text, end + 1);
        }
      }
      if (!name.isCounted) continue;
      const from = isQuoted ? value + 1 : value;
      const end = passDigits(bytes, from, to);
      if (end === from || end - from > LONGEST_NUMBER || (end < to && goesOn(bytes[end] as number))) continue;
      const number = numberIn(bytes, from, end);
      if (!Number.isSafeInteger(number)) continue;
      if (notes) this.#note(name.text, end);
      const { text } = name;
      if (text === "U") first = number;
      else if (text === "u" || text === "seqId") [last, lastKey] = [number, text];
      else if (text === "pu" || text === "prevSeqId") [previous, previousKey] = [number, text];
      // Many call something else so, too.
      else if (key === "" || key === "s") [key, counted] = [text, number];
      at = end - 1;
    }
    if (!Number.isNaN(last) && !Number.isNaN(previous)) return { key: previousKey, name: streams, before: previous, number: last };
    if (!Number.isNaN(last) && !Number.isNaN(first)) return { key: "u", name: streams, before: first - 1, number: last };
    // OKX leaves numbers out: only the one before tells.
    const isAlone = lastKey === "u";
    if (key !== "" && (key !== "s" || !isAlone)) return { key, name: streams, before: counted - 1, number: counted };
    return isAlone ? { key: "u", name: streams, before: last - 1, number: last } : undefined;
  }

  #note(name: string, end: number): void {
    this.found.add(name);
    this.end = Math.max(this.end, end);
  }

  #nameAt(bytes: Uint8Array, from: number, to: number): Name | undefined {
    const names = from < to ? this.#byFirst[bytes[from] as number] : undefined;
    if (names === undefined) return undefined;
    for (const name of names) if (standsAt(bytes, from, to, name.bytes)) return name;
    return undefined;
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
const COLON = 0x3a;
