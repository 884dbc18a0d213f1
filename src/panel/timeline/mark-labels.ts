import type { TimelineMark } from "../../contract/timeline.ts";

/** From a mark's line to its label. */
const BESIDE = 4;
/** Between two labels. */
const GAP = 6;

/** Marks of one look that one label counts. */
interface Part {
  readonly mark: TimelineMark;
  readonly text: string;
}

/** Labels one behind the other, beside the first of their marks. */
interface Group {
  readonly x: number;
  readonly parts: readonly Part[];
}

/** A label of marks, and where it begins. */
export interface LaidLabel extends Part {
  readonly x: number;
}

/**
 * What stands beside the marks of a timeline, in one line: no label over another, none past an edge. Marks that are too near for
 * labels of their own are told in one place, those of one kind and code counted. Lengths are in pixels.
 */
export class MarkLabels {
  readonly #groups: Group[] = [];
  readonly #width: number;
  readonly #labelOf: (mark: TimelineMark) => string;
  readonly #lengthOf: (text: string) => number;

  /** `labelOf`: of as many as the mark counts; empty for one without a label. */
  constructor(width: number, labelOf: (mark: TimelineMark) => string, lengthOf: (text: string) => number) {
    this.#width = width;
    this.#labelOf = labelOf;
    this.#lengthOf = lengthOf;
  }

  /** Rising in `x`. */
  add(mark: TimelineMark, x: number): void {
    const text = this.#labelOf(mark);
    if (text === "") return;
    let last: Group = { x: x + BESIDE, parts: [{ mark, text }] };
    // One that grew is moved in from the edge, and may meet the one before.
    for (let before = this.#groups.at(-1); before !== undefined && this.#leftOf(last) < this.#leftOf(before) + this.#length(before) + GAP; before = this.#groups.at(-1)) {
      last = this.#join(before, last);
      this.#groups.pop();
    }
    this.#groups.push(last);
  }

  /** Those that have room: a panel may be narrower than all that one place has to tell. */
  laid(): readonly LaidLabel[] {
    return this.#groups.flatMap((group) => {
      let x = this.#leftOf(group);
      return group.parts.flatMap((part) => {
        const label = { ...part, x };
        x += this.#lengthOf(part.text) + GAP;
        return x - GAP > this.#width ? [] : [label];
      });
    });
  }

  #leftOf(group: Group): number {
    return Math.max(0, Math.min(group.x, this.#width - this.#length(group)));
  }

  #length({ parts }: Group): number {
    return parts.reduce((length, { text }) => length + this.#lengthOf(text) + GAP, -GAP);
  }

  #join({ x, parts }: Group, { parts: others }: Group): Group {
    const joined = [...parts];
    for (const { mark, text } of others) {
      const at = joined.findIndex((part) => part.mark.kind === mark.kind && part.mark.code === mark.code);
      const same = joined[at];
      if (same === undefined) joined.push({ mark, text });
      else {
        const all = { ...same.mark, count: same.mark.count + mark.count };
        joined[at] = { mark: all, text: this.#labelOf(all) };
      }
    }
    return { x, parts: joined };
  }
}
