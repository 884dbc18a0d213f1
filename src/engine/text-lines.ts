import type { TextLine } from "../contract/inspect.ts";

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
        cut = isWithinPair(text, next) ? next + 1 : next;
      }
      start = end + 1;
    }
    this.#starts = Uint32Array.from(starts);
    this.#numbers = Uint32Array.from(numbers);
  }

  get length(): number {
    return this.#starts.length;
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

/** A line is never cut between the two halves of a surrogate pair. */
function isWithinPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000;
}
