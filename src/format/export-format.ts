import type { DecoderChoice } from "../log/decoder-choices.ts";
import type { Connection, Target } from "../model/connection.ts";
import type { ClockAnchor } from "../model/clock.ts";
import type { AnswerEvent } from "../log/kept-answers.ts";
import type { Direction, FrameBits, RowKind, RowOrigin } from "../model/frame.ts";
import type { Ruled } from "../model/message-rule.ts";
import type { MessageKind } from "../model/message-kind.ts";
import type { StreamEvent } from "../model/stream-event.ts";
import type { ConnectionId, EpochMilliseconds, FrameIndex, Milliseconds, MonotonicSeconds } from "../model/units.ts";
import type { Tell, Told } from "../model/said.ts";
import type { CleanRows } from "./redact/clean-rows.ts";

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
  readonly clock: { readonly anchors: readonly ClockAnchor[]; toEpoch(time: MonotonicSeconds): EpochMilliseconds | undefined };
  /** The rows of one connection, in the order of the log. Asked for once per connection. */
  frames(connection: ConnectionId): Iterable<ExportFrame>;
  /** All rows in the order of the log, those of no connection too. */
  rows(): Iterable<ExportFrame>;
  /** How many `rows` there are. */
  readonly length: number;
  /** Frames that Chrome reported and the capture does not have. */
  readonly lost: number;
  /** What the user chose for a connection. */
  decoderChoice(connection: ConnectionId): DecoderChoice;
  /** HTTP answers that gave what connections use. */
  readonly answers: readonly AnswerEvent[];
  /**
   * Messages of the connections that these belong to, also those that are not to be written, in the order of the log and as many as
   * may be looked through: an answer can have given a secret that stands in them alone.
   */
  messagesBehindAnswers(): Iterable<ExportFrame>;
  /** Whoever looks for secrets adds to them, and passes them over. Left out where rows come from no log. */
  readonly clean?: CleanRows | undefined;
}

/** What decoding found of a message: of a frame that holds several, of the first of them. */
export interface ExportDecoded {
  readonly label: string;
  readonly kind: MessageKind | null;
  /** The decoder's id. */
  readonly decoder: string | undefined;
  readonly topic: string | undefined;
  readonly id: string | undefined;
  readonly answers: string | undefined;
  /** The other message of its pair, and the time between them. */
  readonly partner: FrameIndex | undefined;
  readonly latency: Milliseconds | undefined;
  /** How many messages the frame holds. */
  readonly messages: number;
}

/** One message of a frame that holds several. */
export interface ExportPart {
  /** Its place among them, from 0. */
  readonly place: number;
  readonly decoded: ExportDecoded;
  /** Where it stands in the frame's payload. */
  readonly from: number;
  readonly to: number;
}

/** A row as the log has it, for a format that is a log again. */
export interface StoredRow {
  readonly time: MonotonicSeconds;
  readonly bits: FrameBits;
  /** Bytes of its payload. */
  readonly length: number;
  /** As `ExportFrame.payload`, but of an event's row what `encodeTold` made of it. */
  payload(): Uint8Array;
}

/**
 * One row. It may be the same object for every row, and what `payload` answers may be overwritten: both are good until
 * the next row is asked for, and must be good until then, also where a large payload is written over many pieces.
 */
export interface ExportFrame {
  /** Its number in the log, from 0. */
  readonly row: FrameIndex;
  /** `NO_CONNECTION` where it belongs to none. */
  readonly connection: ConnectionId;
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
  /** What a rule did to it. */
  readonly ruled?: Ruled | undefined;
  /** The row that it was made from. */
  readonly madeFrom: FrameIndex | undefined;
  /** Bytes of what `payload` gives; of an unreported payload its own size, undefined where that is not known. */
  readonly size: number | undefined;
  /** It was decoded: there is a `decoded`. */
  readonly isDecoded: boolean;
  /** Undefined where it was not decoded. */
  readonly decoded: ExportDecoded | undefined;
  /** The messages of a frame that holds several; undefined where it is one. */
  readonly parts?: readonly ExportPart[] | undefined;
  /** Of a row that is one of them: its place. */
  readonly part?: number;
  readonly stored: StoredRow;
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
  /** For a format that tells them. */
  readonly findings?: readonly ToldFinding[];
  /** Puts into words what the file says. */
  readonly tell: Tell;
  /** The user's name for the capture, else its page's host; may be empty. */
  readonly title: string;
  /** When the export is made. */
  readonly now: EpochMilliseconds;
  /** Ids of the columns that are wanted, of a format that has columns; undefined for all. */
  readonly columns?: readonly string[] | undefined;
  /** For a format that has room for them. */
  readonly paths?: PathColumns | undefined;
  /** See `PackPart`. */
  readonly gzip?: PackPart | undefined;
}

/** Makes a member of gzip (RFC 1952) of some bytes: where a housing has what is quicker than what a format brings. */
export type PackPart = (bytes: Uint8Array) => Uint8Array;

/** What messages have at some paths: columns of the user's own. */
export interface PathColumns {
  /** The paths, as the filter writes them. */
  readonly names: readonly string[];
  /** The row's values as JSON, one a path; undefined where it has none. */
  readonly of: (frame: Pick<ExportFrame, "row" | "part">) => readonly (string | undefined)[];
}

/** What is wrong or costly in what is exported, in words. */
export interface ToldFinding {
  readonly title: string;
  readonly text: string;
  readonly connections: readonly ConnectionId[];
  readonly frames: readonly FrameIndex[];
  readonly frameCount: number;
  readonly link: string;
}

/** What was written. */
export interface ExportTotals {
  readonly connections: number;
  /** Messages; errors are not counted. */
  readonly frames: number;
}

/** Bytes of a file as they come. */
export type Pieces<Result> = Generator<Uint8Array<ArrayBuffer>, Result, undefined>;

export interface ExportWriter {
  /**
   * The file in pieces, each the caller's to keep or transfer, most of them of `PIECE_LENGTH` bytes at most. At no time
   * is more than a bounded number of rows and one payload in memory. Throws a `Refusal`, and what the source throws.
   */
  write(source: ExportSource, options: ExportOptions): Pieces<ExportTotals>;
}

/** A way to write a capture down. */
export type ExportFormat = ExportAbout &
  (
    | ExportWriter
    /** One that needs a library, or much code: loaded when it is first asked for. */
    | { readonly load: () => Promise<ExportWriter> }
  );

export interface ExportAbout {
  readonly id: string;
  /** As the menu has it: a proper name is the same in every language. */
  readonly name: Told;
  /** It is asked for so often that the menu offers it twice: with its secrets, too. */
  readonly hasSensitiveForm: boolean;
  /** It tells what decoding found: who can, waits until all is decoded. */
  readonly tellsDecoded?: true;
  /** Engines read a folder of it as one data set, a partition a capture. */
  readonly isPartitioned?: true;
  /** It has the answers of HTTP that gave what connections use. */
  readonly holdsAnswers?: true;
  /** It lists what is wrong or costly. */
  readonly tellsFindings?: true;
  /** It writes columns of the user's own. */
  readonly tellsPaths?: true;
  /** Ids of its columns, where it writes those that are chosen. */
  readonly columns?: readonly string[];
  /** Of the file's name, without a dot. */
  readonly extension: string;
  readonly mimeType: string;
}
