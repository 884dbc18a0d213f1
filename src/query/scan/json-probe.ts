import { PLAIN_KEY } from "../json-peek.ts";
import type { PathStep, ValueQuery, ValueTest } from "../query.ts";
import { NUMERIC, numberTest } from "../value-test.ts";
import type { Block } from "./block.ts";
import { MAYBE, SURE, SURE_JSON, type Probe } from "./probe.ts";

/**
 * Finds rows of plain JSON whose text could hold the value that a path asks for, without parsing it: the path's last key
 * must stand there in quotes, and where the path ends in it, a fitting value behind its colon. JSON can write any
 * character of a string as an escape, so a row with a backslash is always marked.
 *
 * It is sure of a row where the path is one plain key, the text is JSON without a backslash, and the key stands in it
 * with no container begun before it but the message itself: quotes pair up there, so what looks like a key and a colon is
 * one, at the top.
 */
export class JsonProbe implements Probe {
  readonly rank = 5;
  /** As JSON writes it, with its quotes. */
  readonly #key: string;
  readonly #fits: Fits;
  readonly #canBeSure: boolean;

  static of({ path, test }: ValueQuery): JsonProbe | undefined {
    const key = path.findLast((step): step is PathStep & { readonly kind: "key" } => step.kind === "key");
    if (key === undefined) return undefined;
    const isWholePath = path.length === 1 && !key.deep && PLAIN_KEY.test(key.key);
    return new JsonProbe(key.key, key === path.at(-1) ? fittingText(test) : ANYTHING, isWholePath);
  }

  private constructor(key: string, fits: Fits, canBeSure: boolean) {
    this.#key = JSON.stringify(key);
    this.#fits = fits;
    this.#canBeSure = canBeSure;
  }

  holdsFor(): boolean {
    return true;
  }

  mark(block: Block, marks: Uint8Array, jsonOfRows: () => Uint8Array): void {
    const { text } = block;
    const json = jsonOfRows();
    for (let row = 0; row < block.count; row++) if (json[row] === 0) marks[row] = MAYBE;
    eachFind(block, BACKSLASH, (row) => {
      marks[row] ||= MAYBE;
      return true;
    });
    const key = Needle.in(text, this.#key);
    const top = this.#canBeSure ? new TopFinder(text) : undefined;
    eachFind(block, key, (row, at) => {
      if (marks[row] !== 0) return true;
      const fit = this.#fits(text, at + key.length);
      if (fit === 0) return false;
      const isSure = fit === SURE && json[row] === SURE_JSON && top?.isTop(startOf(block, row), at) === true;
      marks[row] = isSure ? SURE : MAYBE;
      return true;
    });
  }
}

/** What `MAYBE` and `SURE` say, or 0, of the text behind a key that ends at a place. */
type Fits = (text: string, at: number) => number;

const startOf = ({ ends }: Block, row: number): number => (row === 0 ? 0 : (ends[row - 1] as number));

/**
 * A text to search for, from one of its characters on: the search stops at each place where that one stands, so it is
 * best the one that the searched text holds least.
 */
class Needle {
  readonly length: number;
  readonly #before: string;
  readonly #sought: string;

  static in(searched: string, text: string): Needle {
    const counts = new Uint32Array(256);
    const countOf = (code: number): number => counts[code & 255] as number;
    for (let at = 0; at < searched.length; at += SAMPLE_STRIDE) {
      const code = searched.charCodeAt(at);
      counts[code & 255] = countOf(code) + 1;
    }
    const countAt = (place: number): number => countOf(text.charCodeAt(place));
    let rarest = 0;
    for (let place = 1; place < text.length; place++) if (countAt(place) < countAt(rarest)) rarest = place;
    return new Needle(text, rarest);
  }

  constructor(text: string, from = 0) {
    this.length = text.length;
    this.#before = text.slice(0, from);
    this.#sought = text.slice(from);
  }

  /** Its first place from `from` on; the text's length where there is none. */
  find(text: string, from: number): number {
    const before = this.#before;
    for (let at = from + before.length; ; at++) {
      at = text.indexOf(this.#sought, at);
      if (at < 0) return text.length;
      if (text.startsWith(before, at - before.length)) return at - before.length;
    }
  }
}

/** A prime, so that it falls on other places of each message. */
const SAMPLE_STRIDE = 251;

const BACKSLASH = new Needle("\\");

/**
 * Calls back with each place of a text and its row, in order; where the callback answers true, the rest of the row is
 * passed over. Whether a find runs over its row's end does not matter: the text there is no JSON.
 */
function eachFind(block: Block, needle: Needle, found: (row: number, at: number) => boolean): void {
  const { text } = block;
  let row = 0;
  let at = needle.find(text, 0);
  while (at < text.length) {
    const { ends } = block;
    while ((ends[row] as number) <= at) row++;
    const isDone = found(row, at);
    at = needle.find(text, isDone ? (ends[row] as number) : at + 1);
  }
}

/** Tells whether a place of a row stands directly in the object that the row begins with. Rows are asked in order. */
class TopFinder {
  readonly #text: string;
  #bracket = -1;

  constructor(text: string) {
    this.#text = text;
  }

  isTop(rowStart: number, at: number): boolean {
    const text = this.#text;
    if (text.charCodeAt(rowStart) !== BRACE) return false;
    const brace = text.indexOf("{", rowStart + 1);
    if (brace >= 0 && brace < at) return false;
    // A block may hold no bracket at all: it is looked for once, not for each row.
    if (this.#bracket < rowStart) {
      const bracket = text.indexOf("[", rowStart);
      this.#bracket = bracket < 0 ? text.length : bracket;
    }
    return this.#bracket > at;
  }
}

const ANYTHING: Fits = () => MAYBE;

/** Whether what stands behind a key, from its colon on, could be a value that passes; sure of it where it is JSON. */
function fittingText(test: ValueTest | null): Fits {
  if (test === null) return (text, at) => (valueStart(text, at) >= 0 ? SURE : 0);
  if (test.operator === "~" || test.operator === "!=") return ANYTHING;
  if (test.operator === "=" && test.operand.kind !== "number") {
    const wanted = JSON.stringify(test.operand.kind === "string" ? test.operand.text : test.operand.value);
    return (text, at) => {
      const start = valueStart(text, at);
      return start >= 0 && text.startsWith(wanted, start) ? SURE : 0;
    };
  }
  if (test.operand.kind !== "number") return ANYTHING;
  const passes = numberTest(test.operator, test.operand.text);
  return (text, at) => {
    const start = valueStart(text, at);
    if (start < 0) return 0;
    const isQuoted = text.charCodeAt(start) === QUOTE;
    const from = isQuoted ? start + 1 : start;
    let to = from;
    let whole = 0;
    for (; isDigit(text.charCodeAt(to)); to++) whole = whole * 10 + text.charCodeAt(to) - ZERO;
    // Most are whole numbers, so short that a double holds them exactly: no text is cut out for these.
    if (to > from && to - from < LONG && !isQuoted && !isNumberCode(text.charCodeAt(to))) return passes.whole(whole) ? SURE : 0;
    while (isNumberCode(text.charCodeAt(to))) to++;
    if (to === from) return 0;
    const literal = text.slice(from, to);
    if (!isQuoted) return passes.literal(literal) ? SURE : 0;
    // A text that only begins like a number is none.
    return NUMERIC.test(literal) && passes.literal(literal) ? MAYBE : 0;
  };
}

const LONG = 16;
const ZERO = 48;
const QUOTE = 34;
const COLON = 58;
const BRACE = 123;

/** The place of the value behind a key that ends at `at`; -1 where no colon follows. */
function valueStart(text: string, at: number): number {
  let place = skipSpace(text, at);
  if (text.charCodeAt(place) !== COLON) return -1;
  place = skipSpace(text, place + 1);
  return place;
}

function skipSpace(text: string, at: number): number {
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
  }
}

const isDigit = (code: number): boolean => code >= ZERO && code <= ZERO + 9;

/** Digits, sign, point and exponent. */
function isNumberCode(code: number): boolean {
  return isDigit(code) || code === 46 || code === 45 || code === 43 || code === 101 || code === 69;
}
