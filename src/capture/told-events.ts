import type { CaptureEvent } from "../model/capture-batch.ts";
import { Openings } from "../model/openings.ts";

/**
 * What the engine was told besides frames, as far as another would need it if this one ended: the events that are not safe
 * with it yet, and of those that are, what made known what is there now. Who adds bounds the first.
 */
export class ToldEvents {
  #safe = 0;
  /** From event number `#safe` on. */
  readonly #unsafe: CaptureEvent[] = [];
  readonly #openings = new Openings();

  /** How many are safe, from the first. */
  get safe(): number {
    return this.#safe;
  }

  /** Those that are not, in order. */
  get unsafe(): readonly CaptureEvent[] {
    return this.#unsafe;
  }

  /** What made known what was there when the last safe event came. */
  get openings(): readonly CaptureEvent[] {
    return this.#openings.list;
  }

  /** Openings past the bound: another engine would not know of these connections and targets. */
  get forgotten(): number {
    return this.#openings.forgotten;
  }

  add(event: CaptureEvent): void {
    this.#unsafe.push(event);
  }

  /** The engine keeps the first `count` of all. */
  isSafe(count: number): void {
    if (count <= this.#safe) return;
    for (const event of this.#unsafe.splice(0, count - this.#safe)) this.#openings.take(event);
    this.#safe = count;
  }
}
