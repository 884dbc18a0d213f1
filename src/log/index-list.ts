import { uint32Column } from "./column.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";

/** A growing list of places in the log, in rising order: what a filter let through. Four bytes a place. */
export class IndexList {
  readonly #places = uint32Column();

  get length(): number {
    return this.#places.length;
  }

  push(index: number): void {
    this.#places.push(index);
  }

  at(position: number): FrameIndex {
    return frameIndex(this.#places.at(position));
  }

  /** Where `index` stands in the list; undefined where it does not. Cost: a binary search. */
  positionOf(index: FrameIndex): number | undefined {
    const position = this.lowerBound(index);
    return position < this.length && this.at(position) === index ? position : undefined;
  }

  /** The first position whose place is `index` or later. */
  lowerBound(index: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#places.at(middle) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
