import type { ConnectionFacts } from "../query-row.ts";
import type { Block } from "./block.ts";

/** What a probe says of a row: it does not match (0), it must be tested, it is sure to match. */
export const MAYBE = 1;
export const SURE = 2;

/** How a row's text can be read as JSON: not at all or unknown (0); as JSON or not at all; as JSON, which it is. */
export const MAYBE_JSON = 1;
export const SURE_JSON = 2;

/** Marks the rows of a block that may match, so that the others need no test. A row that matches is always marked. */
export interface Probe {
  /** The smaller, the fewer rows it is likely to mark. */
  readonly rank: number;
  /** Whether it can be trusted with rows of these connections. */
  holdsFor(connections: readonly ConnectionFacts[]): boolean;
  /**
   * `marks`: one entry for each row of the block, which only grow. `json`: as long, how each row can be read; it costs a
   * pass over the rows of the piece the first time, so it is asked for where it is needed.
   */
  mark(block: Block, marks: Uint8Array, json: () => Uint8Array): void;
}
