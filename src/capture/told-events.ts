import { isOpening, type CaptureEvent } from "../model/capture-batch.ts";

/**
 * What the engine was told besides frames, as far as another would need it if this one ended: the events that are not safe
 * with it yet, and of those that are, what made known what is there now.
 */
export class ToldEvents {
  #safe = 0;
  /** From event number `#safe` on. */
  readonly #unsafe: CaptureEvent[] = [];
  #openings: CaptureEvent[] = [];
  /** Connections that have ended, whose openings are not thrown away yet. */
  readonly #ended = new Set<number>();
  /** As many openings as the last look left. */
  #tidied = 0;

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
    this.#tidy();
    return this.#openings;
  }

  add(event: CaptureEvent): void {
    this.#unsafe.push(event);
  }

  /** The engine keeps the first `count` of all. */
  isSafe(count: number): void {
    if (count <= this.#safe) return;
    for (const event of this.#unsafe.splice(0, count - this.#safe)) {
      if (event.type === "closed" || event.type === "withdrawn") this.#ended.add(event.connection);
      else if (isOpening(event)) this.#openings.push(event);
    }
    this.#safe = count;
    if (this.#ended.size > MOST_ENDED || this.#openings.length > 2 * this.#tidied + MOST_ENDED) this.#tidy();
  }

  /** Of clocks, only the last counts; of targets, each one's last. */
  #tidy(): void {
    const kept: CaptureEvent[] = [];
    const seen = new Set<string>();
    for (const event of this.#openings.toReversed()) {
      if ("connection" in event && this.#ended.has(event.connection)) continue;
      const key = event.type === "clock" ? "clock" : event.type === "target" ? event.target.key : undefined;
      if (key !== undefined && seen.has(key)) continue;
      if (key !== undefined) seen.add(key);
      kept.push(event);
    }
    this.#openings = kept.toReversed();
    this.#tidied = kept.length;
    this.#ended.clear();
  }
}

const MOST_ENDED = 64;
