import type { Connection, Target } from "../model/connection.ts";
import type { Direction, RowKind, RowOrigin } from "../model/frame.ts";
import type { StreamEvent } from "../model/stream-event.ts";
import type { ConnectionId, EpochMilliseconds, MonotonicSeconds } from "../model/units.ts";
import type { Tell, Told } from "../model/said.ts";

/**
 * What an export reads: the connections and rows that are to be written, and nothing else. Who implements it chooses
 * them (all, or those that a filter shows) and how a connection's rows are found; over a log that holds many
 * connections that wants an index by connection, not a pass over the log for each.
 */
export interface ExportSource {
  /** In the order in which they are to be written. */
  readonly connections: Iterable<Connection>;
  /** By `Connection.targetKey`. */
  readonly targets: ReadonlyMap<string, Target>;
  /** A `WallClock`: undefined where the capture's clock has no anchor. */
  readonly clock: { toEpoch(time: MonotonicSeconds): EpochMilliseconds | undefined };
  /** The rows of one connection, in the order of the log. Asked for once per connection. */
  frames(connection: ConnectionId): Iterable<ExportFrame>;
}

/**
 * One row. It may be the same object for every row, and what `payload` answers may be overwritten: both are good until
 * the next row is asked for, and must be good until then, also where a large payload is written over many pieces.
 */
export interface ExportFrame {
  readonly kind: RowKind;
  /** Undefined for a row that has none. */
  readonly direction: Direction | undefined;
  readonly opcode: number;
  /** Who made it. */
  readonly origin: RowOrigin;
  /** Of an event stream: the event's name and id. */
  readonly event?: StreamEvent | undefined;
  /** Null where the clock has no anchor. */
  readonly time: EpochMilliseconds | null;
  /** Chrome gave no payload (a Blob that was sent). */
  readonly unreported: boolean;
  /** What the user put on it: a pin, and a note (empty for none). */
  readonly pinned: boolean;
  readonly note: string;
  /** UTF-8 for a text message and for the words of an `error` row, else the bytes themselves. */
  payload(): Uint8Array;
}

export interface ExportOptions {
  /** Keeps cookies and credentials. */
  readonly sensitive: boolean;
  /** Framescope's version. */
  readonly version: string;
  /** What the file holds or lacks (a filter in force, frames that were lost), for the file itself. */
  readonly notes?: readonly Told[];
  /** Puts into words what the file says. */
  readonly tell: Tell;
}

/** What was written. */
export interface ExportTotals {
  readonly connections: number;
  /** Messages; errors are not counted. */
  readonly frames: number;
}

/** A way to write a capture down. */
export interface ExportFormat {
  readonly id: string;
  /** As the menu has it: a proper name, the same in every language. */
  readonly name: string;
  /** It holds cookies and credentials where they are asked for: the menu offers it with and without. */
  readonly hasSensitiveForm: boolean;
  /** Of the file's name, without a dot. */
  readonly extension: string;
  readonly mimeType: string;
  /**
   * The file in pieces of at most `PIECE_LENGTH` bytes, each the caller's to keep or transfer. At no time is more than
   * one piece and one payload in memory. Throws only what the source throws.
   */
  write(source: ExportSource, options: ExportOptions): Generator<Uint8Array<ArrayBuffer>, ExportTotals, undefined>;
}
