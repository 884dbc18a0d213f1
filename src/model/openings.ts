import { isOpening, type CaptureEvent } from "./capture-batch.ts";

/** What is kept of all; the oldest goes. A page has far fewer frames, workers and sockets at a time. */
export const MOST_OPENINGS = 100_000;
/** So many that are over are worth a look at all. */
const MOST_ENDED = 64;

/**
 * What made known what is there now, out of all that a capture told in order: for who joins later. Of clocks only the last
 * counts, of targets each one's last, and nothing of a connection that has ended. Cost: bounded by what is there.
 */
export class Openings {
  #events: CaptureEvent[] = [];
  /** Connections that have ended, whose openings are not thrown away yet. */
  readonly #ended = new Set<number>();
  /** As many events as the last look left. */
  #tidied = 0;
  #forgotten = 0;

  take(event: CaptureEvent): void {
    if (event.type === "closed" || event.type === "withdrawn") this.#ended.add(event.connection);
    else if (isOpening(event)) this.#events.push(event);
    if (this.#ended.size > MOST_ENDED + this.#tidied / 8 || this.#events.length > 2 * this.#tidied + MOST_ENDED) this.#tidy();
  }

  /** In the order in which they were told. */
  get list(): readonly CaptureEvent[] {
    this.#tidy();
    return this.#events;
  }

  /** Events past the bound, of what may be there still. */
  get forgotten(): number {
    return this.#forgotten;
  }

  #tidy(): void {
    const kept: CaptureEvent[] = [];
    const seen = new Set<string>();
    for (const event of this.#events.toReversed()) {
      if ("connection" in event && this.#ended.has(event.connection)) continue;
      const key = event.type === "clock" ? "clock" : event.type === "target" ? event.target.key : undefined;
      if (key !== undefined && seen.has(key)) continue;
      if (key !== undefined) seen.add(key);
      if (kept.length === MOST_OPENINGS) this.#forgotten++;
      else kept.push(event);
    }
    this.#events = kept.toReversed();
    this.#tidied = kept.length;
    this.#ended.clear();
  }
}
