import type { FrameIndex } from "../../../model/units.ts";
import { SpreadCounter } from "../../spread.ts";
import type { SeenRow } from "../seen-row.ts";

/** A second, and what passed in it. */
export interface BusySecond {
  readonly frames: number;
  readonly first: FrameIndex;
}

/** How many messages pass in a second in which any do. */
export class Pace {
  /** Seconds that are over. */
  readonly seconds = new SpreadCounter();
  /** The busiest of them. */
  busiest: BusySecond | undefined;
  #second = NaN;
  #frames = 0;
  #first: FrameIndex | undefined;

  add({ index, time }: SeenRow): void {
    const second = Math.floor(time);
    if (second !== this.#second) {
      if (this.#first !== undefined) this.#end(this.#first);
      this.#second = second;
      this.#frames = 0;
      this.#first = index;
    }
    this.#frames++;
  }

  #end(first: FrameIndex): void {
    this.seconds.add(this.#frames);
    if (this.#frames > (this.busiest?.frames ?? 0)) this.busiest = { frames: this.#frames, first };
  }
}
