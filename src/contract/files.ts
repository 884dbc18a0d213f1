import type { ByteLength } from "../model/units.ts";
import type { Told } from "../model/said.ts";
import type { LongCall } from "./long-call.ts";
import type { Range } from "./rows.ts";

/** How messages stand on the clipboard. */
export interface CopyForm {
  readonly messages: number;
  /** Each is a JSON string on a line of its own, as one of several has a line break; else each is a line as it stands. */
  readonly isJsonLines: boolean;
}

/** Which frames an export holds: all that the log has, those that the view's scope shows, or some places of these. */
export type ExportScope = "all" | "shown" | { readonly places: readonly Range[] };

/** One way to export, as a menu offers it. */
export interface ExportForm {
  /** The id of its format. */
  readonly format: string;
  /** Of the format: a proper name, the same in every language. */
  readonly name: string;
  /** With cookies and credentials, without them; null where the format holds none either way. */
  readonly sensitive: boolean | null;
}

export interface ExportRequest {
  /** The id of a format. */
  readonly format: string;
  readonly scope: ExportScope;
  /** Keeps cookies and credentials. */
  readonly sensitive: boolean;
}

/** How far an export is: a share of what is read back first (of a capture that is not open) or written, 0 to 1. */
export interface ExportProgress {
  readonly doing: "reading" | "writing";
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
  /** Every way to export. */
  exportForms(query: null): readonly ExportForm[];
  export(request: ExportRequest, long: LongCall<ExportProgress>): ExportedFile;
  /** Ends a finished export: its file is removed. */
  discardExport(query: { readonly path: readonly string[] }): null;
  /** Makes a kept capture of a file. Refused where nothing of it can be read; nothing is left behind then, or after a cancel. */
  importFile(query: { readonly file: ChosenFile }, long: LongCall<ImportProgress>): ImportedCapture;
  /** Exports all of a capture without opening it in a view. Refused where another engine uses it. */
  exportCapture(query: { readonly capture: string } & Omit<ExportRequest, "scope">, long: LongCall<ExportProgress>): ExportedFile;
}
