import type { Finding } from "../model/finding.ts";
import type { ConnectionId } from "../model/units.ts";
import type { LongCall } from "./long-call.ts";
import type { Range } from "./range.ts";

/** A finding as it is listed. */
export interface ListedFinding extends Finding {
  /** Of the first connection that it is about; empty where that is not known. */
  readonly url: string;
}

/** What is wrong or costly, the gravest first, as far as rows are decoded. */
export interface FindingList {
  /** How many there are, and how many of them are problems. */
  readonly total: number;
  readonly problems: number;
  /** Those of the range that was asked for. */
  readonly items: readonly ListedFinding[];
  /** Of the connection that was asked to be first; null where none was, or it is not known. */
  readonly first: FirstOfFindings | null;
  /** Findings past those that are kept. */
  readonly more: number;
  /** Rows that were looked through. */
  readonly rows: number;
}

/** A connection, and others that the same place opened to its address. */
export interface FirstOfFindings {
  /** How many of the findings are of these; they stand before all others. */
  readonly findings: number;
  readonly connections: number;
  /** How many of these were closed with a code that nobody told. */
  readonly unknownCodes: number;
}

export interface FindingQuery extends Range {
  readonly connection: ConnectionId | null;
  /** The findings of this one, and of others to its address, stand first. */
  readonly first?: ConnectionId;
}

export interface FindingCalls {
  /**
   * Findings `from` up to `to`: of the whole capture, those of connections to one address together; or of one connection.
   * Cost: a pass over the rows that came since the last call, in turns. Tells the share of it that is done.
   */
  findings(query: FindingQuery, long: LongCall<number>): FindingList;
}
