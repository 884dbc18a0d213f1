import type { Closing, Header, Initiator, TargetType, Transport } from "../model/connection.ts";
import type { HttpExchange } from "../model/http-exchange.ts";
import type { Ruled } from "../model/message-rule.ts";
import type { Told } from "../model/said.ts";
import type { StreamEvent } from "../model/stream-event.ts";
import type { EpochMilliseconds } from "../model/units.ts";

/** A file that is read, of any size: no more of it than is asked for is in memory. */
export interface ImportFile {
  readonly name: string;
  readonly size: number;
  /** Fills `into` from `offset`; answers how many bytes there were. Throws a `Refusal` where the file cannot be read. */
  read(offset: number, into: Uint8Array): number;
}

/** Bytes one after another, a piece at a time. */
export interface ByteStream {
  /** The next piece, never empty; undefined at the end. Good until the next is asked for. Throws a `Refusal` where there should be one and none can be read. */
  next(): Uint8Array | undefined;
  /** How much of its source is read, 0 to 1. */
  readonly share: number;
}

/** What an importer reads: a file, or one that stands packed in another. */
export interface ImportInput {
  /** From the beginning. */
  open(): ByteStream;
  /** A file that is packed beside it; undefined where there is none of this name. */
  beside(name: string): ByteStream | undefined;
}

/** A capture's own files. */
export interface CaptureParts {
  readonly journal: ByteStream;
  readonly payloads: ByteStream;
}

/** A way to read a capture from a file: row by row, or, where a file holds a capture as Framescope keeps it, in one. */
export type ImportFormat = KnownFormat & (RowFormat | PartsFormat);

interface KnownFormat {
  readonly id: string;
  /** Most often a proper name, the same in every language. */
  readonly name: Told;
  /** Whether a file that begins so is one of these. By what is in it: its name says nothing. */
  recognises(head: Uint8Array): boolean;
}

interface PartsFormat {
  /** Throws a `Refusal` where they are not all there. */
  parts(input: ImportInput): CaptureParts;
}

interface RowFormat {
  /**
   * Reads the file into the sink, and yields every few milliseconds. What cannot be read it tells as a problem, and goes on with what
   * can. Throws a `Refusal` where there is nothing that it could go on with; what was read by then stays.
   */
  read(input: ImportInput, sink: ImportSink): Generator<void, void, void>;
}

/** Takes what an importer reads, in the order in which it stands in the file. */
export interface ImportSink {
  /** Rows added so far. */
  readonly rows: number;
  /** Announces a connection; what is known of it may be told by `describe` at any time, the last word counts. Answers its number; 0 past the most there can be. */
  open(): number;
  describe(connection: number, what: ImportedConnection): void;
  /** An HTTP request with its answer beside the connections: what one of them uses may have come by it. */
  answer(exchange: HttpExchange): void;
  /** Adds a row; its payload is copied. */
  add(row: ImportedRow): void;
  /** Changes the times of rows `from` up to `to`, once more is known of what they count from. */
  retime(from: number, to: number, time: (time: number) => number): void;
  /** Something could not be read. `place`: its path in the file, or the offset of a byte. */
  problem(place: string, what: Told): void;
  /** How far the file is read, 0 to 1. */
  progress(share: number): void;
}

/** A message, or what stands among them. */
export interface ImportedRow {
  /** 0 for a row of none. */
  readonly connection: number;
  readonly kind: "message" | "error" | "navigation" | "pause" | "report";
  readonly isReceived: boolean;
  readonly opcode: number;
  readonly isMasked?: boolean;
  /** Milliseconds since 1970; not a number where the file does not tell. */
  readonly time: number;
  /** Where its time stands in the file. */
  readonly place?: () => string;
  /** UTF-8 for a text message and for the words of any other row, else the bytes themselves. */
  readonly payload: Uint8Array;
  /** The file does not have the payload. `size`: its bytes, where the file tells them. */
  readonly unreported?: boolean;
  readonly size?: number;
  /** Of an event stream. */
  readonly event?: StreamEvent;
  readonly pinned?: boolean;
  readonly note?: string;
  /** Who made it, where a file of Framescope's own says that; else it is of the file. */
  readonly origin?: "user" | "rule" | "import";
  readonly ruled?: Ruled;
}

/** What a file tells of a connection. */
export interface ImportedConnection {
  readonly transport: Transport;
  readonly url: string;
  /** When it was asked for. */
  readonly startedAt?: EpochMilliseconds | undefined;
  readonly requestHeaders: readonly Header[];
  readonly answeredAt?: EpochMilliseconds | undefined;
  /** Undefined where there was no answer, or it is not told. */
  readonly status?: number | undefined;
  readonly statusText: string;
  readonly responseHeaders: readonly Header[];
  /** It came to nothing. `words`: why, as the file has it; `hasRow`: a row of its own says it already. */
  readonly failed?: { readonly words: string; readonly hasRow: boolean } | undefined;
  readonly closedAt?: EpochMilliseconds | undefined;
  /** It ended, also where `closedAt` is not known. */
  readonly isClosed: boolean;
  readonly closing?: Closing | undefined;
  readonly target?: { readonly type: TargetType; readonly url: string } | undefined;
  readonly initiator?: Initiator | undefined;
  readonly notice?: Told | undefined;
}
