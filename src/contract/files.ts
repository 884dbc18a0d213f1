import type { Told } from "../model/said.ts";
import type { ByteLength, ConnectionId, EpochMilliseconds } from "../model/units.ts";
import type { ColumnPath } from "./column-paths.ts";
import type { LongCall } from "./long-call.ts";
import type { Range } from "./range.ts";

/** How messages stand on the clipboard. */
export interface CopyForm {
  readonly messages: number;
  /** Each is a JSON string on a line of its own, as one of several has a line break; else each is a line as it stands. */
  readonly isJsonLines: boolean;
}

/** The payload of a message, and the name of a file that holds it and nothing else. */
export interface PayloadFile {
  /** `frame-12.txt`; of one of several messages of a frame `frame-12-message-2.bin`. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Which frames an export holds: all that the log has, those that the view's scope shows, some places of these, those of one
 * connection, or those of a span of time (`to` is not in it).
 */
export type ExportScope =
  | "all"
  | "shown"
  | { readonly places: readonly Range[] }
  | { readonly connection: ConnectionId }
  | { readonly from: EpochMilliseconds; readonly to: EpochMilliseconds };

/** One way to export, as a menu offers it. */
export interface ExportForm {
  /** The id of its format. */
  readonly format: string;
  /** Of the format: a proper name is the same in every language. */
  readonly name: Told;
  /** With its secrets, without them; null where the menu offers the format once. */
  readonly sensitive: boolean | null;
  /** Ids of the columns that can be chosen; left out where the format has none. */
  readonly columns?: readonly string[];
  /** Its files hold the answers of HTTP that gave what connections use: those that only the view can see are to be looked through first. */
  readonly holdsAnswers?: true;
}

export interface ExportRequest {
  /** The id of a format. */
  readonly format: string;
  readonly scope: ExportScope;
  /** Keeps all secrets as they are. */
  readonly sensitive: boolean;
  /** Ids of kinds of secrets that are kept; the others are masked. */
  readonly keep?: readonly string[] | undefined;
  /** Values that are masked too, wherever they stand and whatever they are called: the longest first. */
  readonly hidden?: readonly string[] | undefined;
  /** Ids of columns, of a format that has columns; all where it is left out. */
  readonly columns?: readonly string[] | undefined;
  /** Paths of which each message's value is written beside it, of a format that has room for them. */
  readonly paths?: readonly ColumnPath[] | undefined;
  /** How many rows of the log it is of: those that were looked through before the user was asked. All where it is left out. */
  readonly rows?: number | undefined;
}

/** A kind of secret, and how much of it was found. */
export interface FoundSecrets {
  readonly kind: string;
  readonly name: Told;
  /** Places. */
  readonly found: number;
  /** Different ones. */
  readonly distinct: number;
}

/** What an export would mask, and how many rows the log had when it was looked through. */
export interface LookedThrough {
  readonly secrets: readonly FoundSecrets[];
  readonly rows: number;
}

/** How far an export is: a share of what is read back first (of a capture that is not open), looked through or written, 0 to 1. */
export interface ExportProgress {
  readonly doing: "reading" | "looking" | "writing";
  readonly share: number;
}

/** A finished export, waiting in the extension's own storage (OPFS) under `path`. */
export interface ExportedFile {
  readonly path: readonly string[];
  /** The name to save it under. */
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: ByteLength;
  readonly connections: number;
  readonly frames: number;
  /** Some of what was captured is masked or left out of it as a secret. */
  readonly isMasked: boolean;
}

/** A file that the user chose: a `File` of the browser's, of which the engine's housing alone knows how it is read. */
export interface ChosenFile {
  readonly name: string;
  readonly size: number;
}

/** How far an import is: a share of what is read of the file or, after, written to the disk, 0 to 1. */
export interface ImportProgress {
  readonly doing: "reading" | "writing";
  readonly share: number;
}

/** Something of a file that could not be read. `place`: its path, as `log.entries[3].startedDateTime`, or a byte's offset; empty for the file. */
export interface ImportProblem {
  readonly place: string;
  readonly what: Told;
}

/** A file that has become a kept capture. */
export interface ImportedCapture {
  readonly capture: string;
  /** Of the file. */
  readonly name: string;
  readonly connections: number;
  readonly frames: number;
  /** What is not in the capture, or not as the file has it: the first of it, and how much more there is. */
  readonly problems: readonly ImportProblem[];
  readonly moreProblems: number;
}

/** What leaves the panel and what comes in: files, and text for the clipboard. */
export interface FileCalls {
  /** What `copyText` would make of these places. Refused past `MOST_COPIED`. */
  copyForm(query: { readonly places: readonly Range[] }): CopyForm;
  /** The payloads of the messages at these places (binary as base64), for the clipboard. Refused past `MOST_COPIED`. */
  copyText(query: { readonly places: readonly Range[] }): CopyForm & { readonly text: string };
  /** The payloads of the messages at these places as they came, in memory. Refused past `MOST_COPIED`. */
  payloads(query: { readonly places: readonly Range[] }): readonly PayloadFile[];
  /** The same as one zip, a file each. */
  payloadsZip(query: { readonly places: readonly Range[] }): Uint8Array<ArrayBuffer>;
  /** Every way to export. */
  exportForms(query: null): readonly ExportForm[];
  /** What an export of this scope would mask. `capture`: the id of another one, of which it is all; null for this one. */
  findSecrets(query: { readonly capture: string | null; readonly scope: ExportScope }, long: LongCall<ExportProgress>): LookedThrough;
  export(request: ExportRequest, long: LongCall<ExportProgress>): ExportedFile;
  /** Ends a finished export: its file is removed. */
  discardExport(query: { readonly path: readonly string[] }): null;
  /** Makes a kept capture of a file. Refused where nothing of it can be read; nothing is left behind then, or after a cancel. */
  importFile(query: { readonly file: ChosenFile }, long: LongCall<ImportProgress>): ImportedCapture;
  /** Exports all of a capture without opening it in a view. Refused where another engine uses it. */
  exportCapture(query: { readonly capture: string } & Omit<ExportRequest, "scope">, long: LongCall<ExportProgress>): ExportedFile;
}
