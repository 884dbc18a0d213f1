import { assertNever } from "../model/assert-never.ts";
import type { RowDetail } from "../model/capture-batch.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";

/** What few rows have beside their columns, by row. */
export class RowDetails {
  readonly #sizes = new Map<number, number>();
  readonly #sources = new Map<number, FrameIndex>();

  /** Takes what an event says of `row`. It may be of a file that anybody wrote: what is none tells nothing. */
  add(row: number, detail: RowDetail): void {
    switch (detail.type) {
      case "payload-size":
        if (typeof detail.bytes === "number") this.#sizes.set(row, detail.bytes);
        return;
      case "made-from":
        // A row is made from one that was there before.
        if (Number.isSafeInteger(detail.row) && detail.row >= 0 && detail.row < row) this.#sources.set(row, frameIndex(detail.row));
        return;
      default:
        assertNever(detail);
    }
  }

  /** The row that was to stand there found no room: what was said of it is not said of another. */
  drop(row: number): void {
    this.#sizes.delete(row);
    this.#sources.delete(row);
  }

  get hasSizes(): boolean {
    return this.#sizes.size > 0;
  }

  /** Bytes of a payload that Chrome did not report. */
  sizeOf(row: number): number | undefined {
    return this.#sizes.get(row);
  }

  /** The row that a row was made from. */
  sourceOf(row: number): FrameIndex | undefined {
    return this.#sources.get(row);
  }
}
