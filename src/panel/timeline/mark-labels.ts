import type { TimelineMark } from "../../contract/timeline.ts";

/** From a mark's line to its label. */
const BESIDE = 4;
/** Between two labels. */
const GAP = 6;

/** A label of marks, and where it begins. */
export interface LaidLabel {
  /** The first of them, with the count of all. */
  readonly mark: TimelineMark;
  readonly text: string;
  readonly x: number;
  readonly length: number;
}

/** Marks of one look that one label counts: its text and length as they were when they were last measured. */
interface Part {
  mark: TimelineMark;
  text: string;
  length: number;
}

/** Labels one behind the other, beside the first of their marks. */
interface Group {
  readonly x: number;
  /** By kind and code. */
  readonly parts: Map<string, Part>;
  /** Those that count more than when they were measured. */
  readonly grown: Set<Part>;
  /** As measured. */
  length: number;
}

/**
 * What stands beside the marks of a timeline, in one line: no label over another, none past an edge. Marks that are too near for
 * labels of their own are told in one place, those of one kind and code counted. Lengths are in pixels.
 * Cost: a label is measured where a mark stands behind it as it was, so most marks measure none; no group holds more than has room.
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
    const left = x + BESIDE;
    const last = this.#groups.at(-1);
    // One that counts more is no shorter.
    const near = last === undefined ? undefined : left < this.#endOf(last) ? last : this.#settle(last);
    if (near !== undefined && left < this.#endOf(near)) return this.#count(near, mark);
    const group: Group = { x: left, parts: new Map(), grown: new Set(), length: -GAP };
    this.#count(group, mark);
    if (group.parts.size > 0) this.#groups.push(group);
  }

  /** Those that have room, rising in `x`: a panel may be narrower than all that one place has to tell. */
  laid(): readonly LaidLabel[] {
    const last = this.#groups.at(-1);
    if (last !== undefined) this.#settle(last);
    return this.#groups.flatMap((group) => {
      let x = this.#leftOf(group);
      return [...group.parts.values()].flatMap(({ mark, text, length }) => {
        const label = { mark, text, x, length };
        x += length + GAP;
        return x - GAP > this.#width ? [] : [label];
      });
    });
  }

  /** Measures the last group, and joins it with those that it meets: one that grew is moved in from the edge. Answers the last then. */
  #settle(last: Group): Group {
    for (const part of last.grown) this.#measure(last, part);
    last.grown.clear();
    const before = this.#groups.at(-2);
    if (before === undefined || this.#leftOf(last) >= this.#endOf(before)) return last;
    this.#groups.pop();
    for (const [key, part] of last.parts) this.#join(before, key, part);
    return this.#settle(before);
  }

  #measure(group: Group, part: Part): void {
    const { length } = part;
    part.text = this.#labelOf(part.mark);
    part.length = this.#lengthOf(part.text);
    group.length += part.length - length;
  }

  #count(group: Group, mark: TimelineMark): void {
    const key = `${mark.kind} ${mark.code}`;
    const same = group.parts.get(key);
    if (same !== undefined) return this.#grow(group, same, mark.count);
    const text = this.#isFull(group) ? "" : this.#labelOf(mark);
    if (text !== "") this.#append(group, key, { mark, text, length: this.#lengthOf(text) });
  }

  #join(group: Group, key: string, part: Part): void {
    const same = group.parts.get(key);
    if (same !== undefined) this.#grow(group, same, part.mark.count);
    else if (!this.#isFull(group)) this.#append(group, key, part);
  }

  #grow({ grown }: Group, part: Part, count: number): void {
    part.mark = { ...part.mark, count: part.mark.count + count };
    grown.add(part);
  }

  #append(group: Group, key: string, part: Part): void {
    group.parts.set(key, part);
    group.length += part.length + GAP;
  }

  /** What would stand behind its parts stands past the edge. */
  #isFull({ length }: Group): boolean {
    return length + GAP >= this.#width;
  }

  #leftOf({ x, length }: Group): number {
    return Math.max(0, Math.min(x, this.#width - length));
  }

  /** Where the next may begin. */
  #endOf(group: Group): number {
    return this.#leftOf(group) + group.length + GAP;
  }
}
