import type { Said } from "../model/said.ts";
import type { CapturedFacts, CapturedValue } from "./captured.ts";
import type { Condition } from "./condition.ts";
import type { FieldValue, Read } from "./query.ts";
import type { QueryContext } from "./query-row.ts";

/**
 * One field of the filter language: one file in fields/ and one line in field-registry.ts. The language, completion,
 * the messages of problems and docs/filter-language.md follow.
 */
export interface FieldDefinition {
  /** What stands before the colon, in lower-case letters. */
  readonly name: string;
  /** A few words for completion: “Size of the payload”. */
  readonly summary: Said;
  /** Whole conditions; the first stands in messages. */
  readonly examples: readonly [string, ...string[]];
  /** The values, where there is a closed set of them. */
  readonly choices?: readonly FieldChoice[];
  /** Values that are in the capture, for completion; the same one may come again and again. */
  captured?(capture: CapturedFacts): Iterable<CapturedValue>;
  /** Reads a value once; what it answers makes a condition for one log. A problem says what was expected. */
  read(value: FieldValue): Read<(context: QueryContext) => Condition>;
}

export interface FieldChoice {
  readonly value: string;
  readonly summary: Said;
}
