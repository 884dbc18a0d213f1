import type { Connection, TargetType } from "../model/connection.ts";
import type { Direction, RowKind } from "../model/frame.ts";
import type { HandshakeReport } from "../model/handshake.ts";
import type { Said, Told } from "../model/said.ts";
import type { ByteLength, ConnectionId, EpochMilliseconds, FrameIndex, Milliseconds } from "../model/units.ts";
import type { ValueKind } from "../model/value-document.ts";
import type { LongCall } from "./long-call.ts";
import type { Range } from "./range.ts";

/** The two ends of a request and its answer, and how the connection usually does. */
export interface PairDetails {
  readonly role: "request" | "answer";
  /** Null while the answer is awaited. */
  readonly other: { readonly frame: FrameIndex; readonly message: number; readonly label: string } | null;
  readonly latency: Milliseconds | null;
  /** Median and 95th percentile of the latest answers to requests of this label on this connection; null without any. */
  readonly usual: { readonly median: Milliseconds; readonly p95: Milliseconds; readonly count: number } | null;
  /** Where the request has more answers than one; null else. */
  readonly stream: AnswerStream | null;
}

/** The answers of a request that come one after another. */
export interface AnswerStream {
  readonly count: number;
  /** From the request to the first of them. */
  readonly first: Milliseconds;
  /** From the request to the last of them, or to what ended them. */
  readonly took: Milliseconds;
  readonly hasEnded: boolean;
}

/** One layer of a decoded message, outermost first. */
export interface LayerDetails {
  readonly name: string;
  readonly what: Told;
  /** What was wrong, and at which byte; null where nothing was. */
  readonly problem: Said | null;
  /** The bytes of the payload that are its own; null where they are not in it as they were read. */
  readonly bytes: Range | null;
}

export const MOST_BYTES = 65_536;

/**
 * What made sure of a message's decoder: the user's choice or schema, the opening handshake, a message of the connection, or what this
 * message alone is.
 */
export type DecodedBecause = "choice" | "schema" | "handshake" | "message" | "content";

/** One frame, for the inspector's head and tabs. */
export interface FrameDetails {
  readonly index: FrameIndex;
  readonly kind: RowKind;
  readonly direction: Direction | null;
  readonly opcode: number;
  readonly masked: boolean;
  readonly time: EpochMilliseconds | null;
  readonly label: string;
  /** The messages of a frame that holds several, by their labels; empty where it is one. */
  readonly messages: readonly string[];
  /** Which of them is looked at: label, layers, pair and tree are this one's. 0 where the frame is one message. */
  readonly message: number;
  readonly size: ByteLength | null;
  readonly connection: Connection | null;
  /** How the message was decoded; empty where nobody did. */
  readonly layers: readonly LayerDetails[];
  /** As of its row. */
  readonly protocol: string | null;
  /** That is of a tool of who develops the page, and nothing that the page says itself. */
  readonly isOfTool: boolean;
  /** Null where nobody decoded it. */
  readonly decodedBecause: DecodedBecause | null;
  readonly pair: PairDetails | null;
  readonly pinned: boolean;
  readonly userNote: string;
  /** Lines of the tree of its value as now unfolded; null where it has none. */
  readonly treeLines: number | null;
  /** Lines of the raw text at the width asked for, 0 of a long one that is shown as a value first; null for binary that is no UTF-8. */
  readonly textLines: number | null;
  /** Why there is nothing to show, where there is nothing. */
  readonly note: Told | null;
}

/** Lines of a tree that come with the frame itself. */
export const HEAD_LINES = 80;

/** Bytes of a payload that come with the frame itself: more than a screen of them. */
export const HEAD_BYTES = 2048;

/** A frame that is looked at. What is painted of most messages comes with it, without another question. */
export interface InspectedFrame extends FrameDetails {
  /** The first lines of its tree, `HEAD_LINES` at most. */
  readonly treeHead: readonly TreeLine[];
  /** Of what is shown as bytes the first of them, `HEAD_BYTES` at most; else none. */
  readonly bytesHead: Uint8Array;
  /** Grows when the lines of its tree are others, but for those that were folded or unfolded. */
  readonly treeRevision: number;
  /** The page sent a secret in it: `origins` may say where that came from. */
  readonly sendsSecret: boolean;
}

/** `bigint`: an integer beyond 2^53, which JavaScript's numbers round. `bytes` and `time`: what JSON has no word for. */
export type JsonKind = ValueKind | "bigint";

/** What a text is for the eye: a colour, as CSS has it; the address of a page. */
export type TextLook = { readonly colour: string } | { readonly url: string };

/** One line of the JSON tree. */
export interface TreeLine {
  readonly depth: number;
  /** Key or index in the parent, as a path of the filter names it; null for a root. */
  readonly key: string | null;
  /** The key was sent as something else than a text: a number, a list. */
  readonly isOddKey: boolean;
  readonly kind: JsonKind;
  /** The value as JSON (a scalar, cut at `PREVIEW_LENGTH` characters), or a container's short form: `{id, qty}`, `Array(2)`. */
  readonly text: string;
  /** A second reading: of a number that its key calls a time, of an id that holds one, as ISO 8601; that it is a token. Else null. */
  readonly hint: string | null;
  /** Null of what is no text, or just one. */
  readonly look: TextLook | null;
  /** How many bytes these are; null for anything else. */
  readonly size: number | null;
  /** Entries of a container; 1 for a text that holds a value, which unfolds below it; 0 for any other scalar. */
  readonly children: number;
  readonly expanded: boolean;
  /** It is a part of the value that a text holds: no path of the filter leads to it. */
  readonly isInner: boolean;
}

/** Every character as it was sent, where it was sent as JSON, else on one line; on one line; an entry a line. */
export type JsonForm = "sent" | "line" | "pretty";

/** A message's text as it was sent, or its value as JSON that a person reads, laid out in lines of at most so many characters. */
export interface TextForm {
  readonly form: "sent" | "pretty";
  readonly columns: number;
}

/** Where a text was found in a value: its line, now on view, of how many; which one of all places it is, from 1. */
export interface FoundValue {
  readonly line: number;
  readonly lines: number;
  readonly place: number;
  readonly count: number;
}

/** What a search in a value found: null where nothing is there. */
export interface FoundInTree {
  readonly found: FoundValue | null;
  /** False where texts hold more than one search reads: some were looked through as their characters alone. */
  readonly isWhole: boolean;
}

/** A line of a tree, now on view, of how many. */
export type ShownValue = Pick<FoundValue, "line" | "lines">;

/** How many lines of a text are on view, and characters the longest of all. */
export interface LaidText {
  readonly lines: number;
  readonly longest: number;
}

/**
 * Where a text was found: its place in the whole text; its line, now on view, of how many, and the place in that line; which
 * one of all it is, from 1.
 */
export interface FoundText {
  readonly at: number;
  readonly line: number;
  readonly from: number;
  readonly lines: number;
  readonly place: number;
  readonly count: number;
}

/** Places that are counted at most. */
export const MOST_FOUND = 10_000;

/** From a place of a text to another, as the keys of an editor go: nothing that is folded away is stepped into, but by an edge of `all`. */
export type TextStep =
  | { readonly by: "character" | "word"; readonly backwards: boolean }
  /** Rows down, or up where negative, to a column as far as the row has that. */
  | { readonly by: "row"; readonly rows: number; readonly column: number }
  /** `row`: as it is laid out; `line`: the text's own; `text`: what is on view of it; `all`: the text, whatever is folded away. */
  | { readonly by: "edge"; readonly of: "row" | "line" | "text" | "all"; readonly isEnd: boolean };

/** A place in the whole text; its line, now on view, and the place in that line. Of what is folded away, the line that hides it, and its end. */
export interface TextSpot {
  readonly at: number;
  readonly line: number;
  readonly from: number;
}

export interface TextLine {
  /** Where it begins in the whole text. */
  readonly at: number;
  /** The line's number in the payload, from 1; null where this line continues the one before. */
  readonly number: number | null;
  readonly text: string;
  /** How many lines that hang below it are folded away; 0 where they are on view, null where none do. */
  readonly hidden: number | null;
}

export interface HandshakeView {
  readonly connection: Connection;
  /** What opened it; null where that is not known. */
  readonly target: TargetType | null;
  readonly report: HandshakeReport;
  /** When the handshake's request went out, and how long the answer took. */
  readonly startedAt: EpochMilliseconds | null;
  readonly took: Milliseconds | null;
  readonly cookieNames: readonly string[];
}

/** A frame, and of one that holds several messages the place of the one looked at; left out: the first. */
export interface LookedAt {
  readonly frame: FrameIndex;
  readonly message?: number | undefined;
}

/** One frame laid open, and the handshake of a connection. */
export interface InspectCalls {
  /** `columns`: characters a line of raw text may hold. Null: no such frame (the log was cleared). */
  inspect(query: LookedAt & { readonly columns: number }): InspectedFrame | null;
  treeLines(query: LookedAt & Range): readonly TreeLine[];
  /** Folds or unfolds one line; answers the new number of lines. `all`: the whole subtree. `opens`: it unfolds, whatever it was. */
  toggleTree(query: LookedAt & { readonly line: number; readonly all: boolean; readonly opens?: boolean }): number;
  /**
   * The next key or value with some characters, whatever their case, behind a line of the tree or (`backwards`) before it,
   * unfolded, in the values that texts hold too; past the end it goes on from the beginning. Null where there is no tree, or nothing is sought.
   */
  findInTree(query: LookedAt & { readonly text: string; readonly after: number | null; readonly backwards: boolean }): FoundInTree | null;
  /** The bytes of the payload that a line of the tree was read from; null where they are not in it as they were read. */
  lineBytes(query: LookedAt & { readonly line: number }): Range | null;
  /** The line of the innermost value, or its key, that a byte of the payload is a part of, unfolded; null where it is of none. */
  lineAt(query: LookedAt & { readonly at: number }): ShownValue | null;
  /** What stands on a line of the tree, with all below it, as JSON. */
  treeJson(query: LookedAt & { readonly line: number; readonly form: JsonForm }): string;
  /** Whether a line's container was sent as JSON, which `treeJson` has in the form `sent`. */
  isSentJson(query: LookedAt & { readonly line: number }): boolean;
  /** Null where the message has no text in this form. */
  layText(query: LookedAt & TextForm): LaidText | null;
  textLines(query: LookedAt & TextForm & Range): readonly TextLine[];
  /** Folds or unfolds what hangs below a line by its indentation; answers the new number of lines. `all`: all below it too. */
  foldText(query: LookedAt & TextForm & { readonly line: number; readonly all: boolean }): number;
  /**
   * The next place of some characters, whatever their case, behind a place of the text or (`backwards`) before it, unfolded;
   * past the end it goes on from the beginning. Null where there is none.
   */
  findText(query: LookedAt & TextForm & { readonly text: string; readonly after: number | null; readonly backwards: boolean }): FoundText | null;
  /** Where a step from a place of the text leads. Null where the message has no text in this form. */
  textStep(query: LookedAt & TextForm & { readonly at: number; readonly step: TextStep }): TextSpot | null;
  /** The text between two of its places, whatever is folded away, for the clipboard. */
  textBetween(query: LookedAt & TextForm & Range): string;
  bytes(query: { readonly frame: FrameIndex } & Range): Uint8Array;
  /**
   * Where bytes stand in a payload: from a place on, or (`backwards`) the last before it; null where they do not. Tells the
   * share that it has searched.
   */
  findBytes(
    query: { readonly frame: FrameIndex; readonly bytes: Uint8Array; readonly from: number; readonly backwards: boolean },
    long: LongCall<number>,
  ): number | null;
  /** The whole payload, or one of its messages, as text (binary that is no UTF-8: as base64), for the clipboard. */
  payloadText(query: LookedAt): string;
  handshake(query: { readonly connection: ConnectionId }): HandshakeView | null;
}
