import { MOST_FOUND, type FoundText, type TextLine } from "../contract/inspect.ts";
import { lowerBound } from "./lower-bound.ts";

/**
 * A text cut into lines of at most `columns` characters. Only the places of the cuts are kept, so a text of 50 MB on
 * one line is as light to scroll as a short one.
 */
export class TextLines {
  readonly #text: string;
  readonly #starts: Uint32Array;
  /** The number of the text's own line that each begins or continues, from 1. */
  readonly #numbers: Uint32Array;
  readonly columns: number;
  /** What was sought last, and where it stands. */
  #found: { readonly sought: string; readonly places: Uint32Array } | undefined;

  constructor(text: string, columns: number) {
    this.#text = text;
    this.columns = Math.max(1, Math.floor(columns));
    const starts: number[] = [];
    const numbers: number[] = [];
    let number = 1;
    for (let start = 0; start <= text.length; number++) {
      const feed = text.indexOf("\n", start);
      const end = feed === -1 ? text.length : feed;
      for (let cut = start; ; ) {
        starts.push(cut);
        numbers.push(number);
        const next = cut + this.columns;
        if (next >= end) break;
        cut = cutBefore(text, cut, next);
      }
      start = end + 1;
    }
    this.#starts = Uint32Array.from(starts);
    this.#numbers = Uint32Array.from(numbers);
  }

  get length(): number {
    return this.#starts.length;
  }

  /** Characters of the longest line. */
  get longest(): number {
    let longest = 0;
    for (let line = 0; line < this.length; line++) longest = Math.max(longest, (this.#starts[line + 1] ?? this.#text.length) - (this.#starts[line] as number));
    return longest;
  }

  /** See `InspectCalls.findText`. Cost: a pass over the text, the first time of each. */
  find(sought: string, after: { readonly line: number; readonly from: number } | null, backwards: boolean): FoundText | null {
    if (sought === "") return null;
    if (this.#found?.sought !== sought) this.#found = { sought, places: placesOf(this.#text, sought) };
    const { places } = this.#found;
    if (places.length === 0) return null;
    const at = after === null ? (backwards ? this.#text.length : -1) : (this.#starts[after.line] ?? 0) + after.from;
    const next = backwards ? lowerBound(places, at) - 1 : lowerBound(places, at + 1);
    const place = (next + places.length) % places.length;
    const found = places[place] as number;
    const line = lowerBound(this.#starts, found + 1) - 1;
    return { line, from: found - (this.#starts[line] as number), place: place + 1, count: places.length };
  }

  lines(from: number, to: number): TextLine[] {
    const lines: TextLine[] = [];
    for (let i = from; i < Math.min(to, this.length); i++) {
      const number = this.#numbers[i] as number;
      const isFirst = i === 0 || this.#numbers[i - 1] !== number;
      const text = this.#text.slice(this.#starts[i], this.#starts[i + 1] ?? this.#text.length);
      lines.push({ number: isFirst ? number : null, text: text.replace(/\r?\n$/, "") });
    }
    return lines;
  }
}

/** A line may be so much shorter than it could, of its length, to end where a word does. */
const LOOK_BACK = 0.4;
const ENDS_WORD = /[\s,;:)\]}>|&?=/-]/;

/** Where a line that begins at `start` ends at the latest before `most`: behind a word, where there is one to end. */
function cutBefore(text: string, start: number, most: number): number {
  const least = most - Math.floor((most - start) * LOOK_BACK);
  for (let at = most; at > least; at--) if (ENDS_WORD.test(text.charAt(at - 1))) return at;
  return isWithinPair(text, most) ? most + 1 : most;
}

/** A line is never cut between the two halves of a surrogate pair. */
function isWithinPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000;
}

function placesOf(text: string, sought: string): Uint32Array {
  const pattern = new RegExp(sought.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), "gi");
  const places: number[] = [];
  for (let found = pattern.exec(text); found !== null && places.length < MOST_FOUND; found = pattern.exec(text)) places.push(found.index);
  return Uint32Array.from(places);
}
