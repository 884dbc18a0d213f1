import { correctFilter } from "../query/correct/correct.ts";
import type { CaptureLog } from "./capture-log.ts";
import { Captured } from "./captured-values.ts";

/** Filters that may be meant by one that is none, or that finds nothing. Cost: as `completions`. */
export function corrections(text: string, capture: CaptureLog): readonly string[] {
  return correctFilter(text, new Captured(capture));
}
