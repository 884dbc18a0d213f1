import { assertNever } from "../model/assert-never.ts";
import type { RowDetail } from "../model/capture-batch.ts";
import { isRuleDeed, type Ruled } from "../model/message-rule.ts";
import { DEFAULT_EVENT, type StreamEvent } from "../model/stream-event.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";

/** Foreign text: past so many, a name is kept with each of its events. */
const MOST_NAMES = 4096;

/** What few rows have beside their columns, by row. */
export class RowDetails {
  readonly #sizes = new Map<number, number>();
  readonly #sources = new Map<number, FrameIndex>();
  readonly #ruled = new Map<number, Ruled>();
  readonly #events = new Map<number, StreamEvent>();
  /** Names come again and again. */
  readonly #names = new Map<string, string>();

  /** Takes what an event says of `row`. It may be of a file that anybody wrote: what is none tells nothing. */
  add(row: number, detail: RowDetail): void {
    switch (detail.type) {
      case "payload-size":
        if (typeof detail.bytes === "number") this.#sizes.set(row, detail.bytes);
        return;
      case "stream-event":
        if (typeof detail.name === "string" && typeof detail.id === "string") this.#events.set(row, { name: this.#intern(detail.name), id: detail.id });
        return;
      case "made-from":
        // A row is made from one that was there before.
        if (Number.isSafeInteger(detail.row) && detail.row >= 0 && detail.row < row) this.#sources.set(row, frameIndex(detail.row));
        return;
      case "ruled":
        if (typeof detail.rule === "string" && isRuleDeed(detail.did)) this.#ruled.set(row, { rule: this.#intern(detail.rule), did: detail.did });
        return;
      default:
        assertNever(detail);
    }
  }

  /** Takes all that is said of another log's rows, which stand `by` rows further on here. */
  addAll(other: RowDetails, by: number): void {
    for (const [row, bytes] of other.#sizes) this.#sizes.set(row + by, bytes);
    for (const [row, source] of other.#sources) this.#sources.set(row + by, frameIndex(source + by));
    for (const [row, event] of other.#events) this.#events.set(row + by, event);
  }

  /** The row that was to stand there found no room: what was said of it is not said of another. */
  drop(row: number): void {
    this.#sizes.delete(row);
    this.#sources.delete(row);
    this.#ruled.delete(row);
    this.#events.delete(row);
  }

  get hasSizes(): boolean {
    return this.#sizes.size > 0;
  }

  /** Bytes of a payload that Chrome did not report. */
  sizeOf(row: number): number | undefined {
    return this.#sizes.get(row);
  }

  get hasEvents(): boolean {
    return this.#events.size > 0;
  }

  /** Of a row of an event stream: the event's name and id. */
  eventOf(row: number): StreamEvent {
    return this.#events.get(row) ?? DEFAULT_EVENT;
  }

  #intern(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    if (this.#names.size < MOST_NAMES) this.#names.set(name, name);
    return name;
  }

  /** What a rule did to a message. */
  ruledAt(row: number): Ruled | undefined {
    return this.#ruled.get(row);
  }

  /** The row that a row was made from. */
  sourceOf(row: number): FrameIndex | undefined {
    return this.#sources.get(row);
  }
}
