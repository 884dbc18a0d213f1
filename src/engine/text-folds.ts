import { lowerBound } from "./lower-bound.ts";

/** A text as it is laid out: where each line begins, and the number of the text's own line that it begins or continues. */
export interface LaidLines {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
}

/**
 * Which lines of a text are folded away: below a line hang those that are indented further, as in pretty JSON, XML, YAML.
 * `heads` are the numbers of the text's own lines that are folded, whatever its width: they outlive a layout.
 */
export class TextFolds {
  readonly #laid: LaidLines;
  readonly #heads: Set<number>;
  /** Stretches of laid lines that are hidden: `from` up to `to`, and how many are hidden before each. */
  #hidden: readonly Hidden[] = [];
  #count = 0;

  constructor(laid: LaidLines, heads: Set<number>) {
    this.#laid = laid;
    this.#heads = heads;
    this.#fold();
  }

  /** Laid lines that are not hidden. */
  get length(): number {
    return this.#count;
  }

  /** The laid line that stands at a place on view. Cost: a binary search. */
  lineAt(place: number): number {
    const before = this.#hidden[this.#last(({ from, before: less }) => from - less <= place)];
    return before === undefined ? place : place + before.before + before.to - before.from;
  }

  /** Where a laid line stands on view; of a hidden one, the line that hides it. */
  placeOf(line: number): number {
    const before = this.#hidden[this.#last(({ from }) => from <= line)];
    return before === undefined ? line : line - before.before - Math.min(line + 1, before.to) + before.from;
  }

  /** How many of the text's own lines a laid line hides; 0 where it could, null where it is no head of others. */
  hiddenBelow(line: number): number | null {
    const { numbers } = this.#laid;
    const number = numbers[line] as number;
    if ((line > 0 && numbers[line - 1] === number) || !this.#isHead(line)) return null;
    if (!this.#heads.has(number)) return 0;
    const { from, to } = this.#hidden[this.#last((one) => one.from <= this.#firstOf(number + 1))] ?? { from: 0, to: 0 };
    return from === to ? 0 : (numbers[to - 1] as number) - number;
  }

  /** Folds or unfolds below a laid line; `all`: every head below it too. Cost: a pass over the lines. */
  toggle(line: number, all: boolean): void {
    const number = this.#laid.numbers[line];
    if (number === undefined || !this.#isHead(this.#firstOf(number))) return;
    const folds = !this.#heads.has(number);
    this.#mark(number, folds);
    if (all) {
      const end = this.#endOf(number);
      for (let one = this.#firstOf(number + 1); one < end; one = this.#firstOf((this.#laid.numbers[one] as number) + 1)) {
        if (!folds || this.#isHead(one)) this.#mark(this.#laid.numbers[one] as number, folds);
      }
    }
    this.#fold();
  }

  /** Unfolds whatever hides a laid line. Cost: a pass over the lines, where something does. */
  reveal(line: number): void {
    const hiding = this.#hidden[this.#last(({ from }) => from <= line)];
    if (hiding === undefined || hiding.to <= line) return;
    let indent = this.#indentOf(this.#firstOf(this.#laid.numbers[line] as number));
    for (let number = (this.#laid.numbers[line] as number) - 1; number > 0 && indent > 0; number--) {
      const own = this.#indentOf(this.#firstOf(number));
      if (own >= indent) continue;
      indent = own;
      this.#heads.delete(number);
    }
    this.#fold();
  }

  #mark(number: number, folds: boolean): void {
    if (folds) this.#heads.add(number);
    else this.#heads.delete(number);
  }

  #fold(): void {
    const hidden: Hidden[] = [];
    let before = 0;
    let until = 0;
    for (const number of [...this.#heads].toSorted((a, b) => a - b)) {
      const from = this.#firstOf(number + 1);
      if (from <= until) continue;
      const to = this.#endOf(number);
      if (to === from) continue;
      hidden.push({ from, to, before });
      before += to - from;
      until = to;
    }
    this.#hidden = hidden;
    this.#count = this.#laid.starts.length - before;
  }

  /** The last of the hidden stretches of which this is true; it is of all before. -1: of none. */
  #last(isBefore: (one: Hidden) => boolean): number {
    let low = 0;
    let high = this.#hidden.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.#hidden[middle] as Hidden)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The first laid line of one of the text's own; their number where the text has none. */
  #firstOf(number: number): number {
    return lowerBound(this.#laid.numbers, number);
  }

  /** A line of the text whose next one that is not blank is indented further. */
  #isHead(line: number): boolean {
    const number = this.#laid.numbers[line] as number;
    const indent = this.#indentOf(line);
    if (indent === Infinity) return false;
    for (let next = number + 1; next <= number + MOST_BLANK; next++) {
      const first = this.#firstOf(next);
      if (first === this.#laid.starts.length) break;
      const own = this.#indentOf(first);
      if (own !== Infinity) return own > indent;
    }
    return false;
  }

  /** The laid line behind those that hang below one of the text's own lines. Blank ones at the end hang below nothing. */
  #endOf(number: number): number {
    const { numbers } = this.#laid;
    const indent = this.#indentOf(this.#firstOf(number));
    let end = this.#firstOf(number + 1);
    for (let line = end; line < numbers.length; line++) {
      if (numbers[line - 1] === numbers[line]) {
        if (line === end) end++;
        continue;
      }
      const own = this.#indentOf(line);
      if (own === Infinity) continue;
      if (own <= indent) break;
      end = line + 1;
    }
    return end;
  }

  /** Spaces and tabs at the beginning; `Infinity` of a blank line. */
  #indentOf(line: number): number {
    const { text, starts } = this.#laid;
    const start = starts[line] as number;
    for (let at = start; at < start + MOST_INDENT; at++) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x09) return Number.isNaN(code) || code === 0x0a || code === 0x0d ? Infinity : at - start;
    }
    return MOST_INDENT;
  }
}

interface Hidden {
  readonly from: number;
  readonly to: number;
  /** Lines that are hidden before it. */
  readonly before: number;
}

/** A deeper line hangs below nothing deeper. */
const MOST_INDENT = 4096;
/** Lines that are looked at for one that is not blank. */
const MOST_BLANK = 20;
