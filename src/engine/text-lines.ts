import { MOST_FOUND, type FoundText, type TextLine, type TextSpot, type TextStep } from "../contract/inspect.ts";
import { lowerBound } from "./lower-bound.ts";
import { isWithinPair } from "./surrogates.ts";
import { TextFolds } from "./text-folds.ts";
import { stepInText } from "./text-steps.ts";

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
  readonly #folds: TextFolds;
  /** What was sought last, and where it stands. */
  #found: { readonly sought: string; readonly places: Uint32Array } | undefined;

  /** `folded`: numbers of the lines that are folded; it is kept true. */
  constructor(text: string, columns: number, folded = new Set<number>()) {
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
    this.#folds = new TextFolds({ text, starts: this.#starts, numbers: this.#numbers }, folded);
  }

  /** Lines on view: those that are not folded away. */
  get length(): number {
    return this.#folds.length;
  }

  /** Folds or unfolds what hangs below a line; `all`: with all that could be folded below it. Answers the new number of lines. */
  fold(line: number, all: boolean): number {
    this.#folds.toggle(this.#folds.lineAt(line), all);
    return this.length;
  }

  /** Characters of the longest line. */
  get longest(): number {
    let longest = 0;
    for (let line = 0; line < this.#starts.length; line++) longest = Math.max(longest, (this.#starts[line + 1] ?? this.#text.length) - (this.#starts[line] as number));
    return longest;
  }

  /** See `InspectCalls.findText`. Cost: a pass over the text, the first time of each. */
  find(sought: string, after: number | null, backwards: boolean): FoundText | null {
    if (sought === "") return null;
    if (this.#found?.sought !== sought) this.#found = { sought, places: placesOf(this.#text, sought) };
    const { places } = this.#found;
    if (places.length === 0) return null;
    const next = backwards ? lowerBound(places, after ?? this.#text.length) - 1 : lowerBound(places, (after ?? -1) + 1);
    const place = (next + places.length) % places.length;
    const at = places[place] as number;
    const line = lowerBound(this.#starts, at + 1) - 1;
    this.#folds.reveal(line);
    return { at, line: this.#folds.placeOf(line), from: at - (this.#starts[line] as number), lines: this.length, place: place + 1, count: places.length };
  }

  /** See `InspectCalls.textStep`. */
  step(at: number, step: TextStep): TextSpot {
    return stepInText({ text: this.#text, starts: this.#starts, numbers: this.#numbers, folds: this.#folds }, at, step);
  }

  /** The text between two places, with what is folded away. */
  between(from: number, to: number): string {
    return this.#text.slice(from, to);
  }

  lines(from: number, to: number): TextLine[] {
    const lines: TextLine[] = [];
    for (let place = from; place < Math.min(to, this.length); place++) {
      const line = this.#folds.lineAt(place);
      const number = this.#numbers[line] as number;
      const isFirst = line === 0 || this.#numbers[line - 1] !== number;
      const text = this.#text.slice(this.#starts[line], this.#starts[line + 1] ?? this.#text.length);
      lines.push({ at: this.#starts[line] as number, number: isFirst ? number : null, text: text.replace(/\r?\n$/, ""), hidden: this.#folds.hiddenBelow(line) });
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

function placesOf(text: string, sought: string): Uint32Array {
  const pattern = new RegExp(sought.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), "gi");
  const places: number[] = [];
  for (let found = pattern.exec(text); found !== null && places.length < MOST_FOUND; found = pattern.exec(text)) places.push(found.index);
  return Uint32Array.from(places);
}
