/**
 * Every message that crosses a thread, as types. Three wires use it:
 *
 *   capture ──ToEngine──▶ engine worker        batches of frames; ports of views
 *   view    ◀─FromEngine / ToEngineView─▶ engine   rows on request, at most one `changed` per painted frame
 *   view    ◀─FromCapture / ToCapture──▶ capture   the state of the capture and its buttons
 *
 * Both ends of a wire come from one build, so the version only guards against a page left open over an update. It is
 * the extension's own, which no release can forget to raise.
 *
 * The name of the engine's worker says what it is started for (`EngineTask`); without one it records a new capture.
 */
import { version } from "../../package.json";
import type { Restarts } from "../log/heard.ts";
import type { BrowserTab } from "../model/browser-tab.ts";
import type { CaptureBatch } from "../model/capture-batch.ts";
import type { Connection, ConnectionState, SilentSockets, TargetType } from "../model/connection.ts";
import type { Direction, RowKind } from "../model/frame.ts";
import type { MessageKind } from "../model/message-kind.ts";
import type { Fault } from "../model/faults.ts";
import type { Said, Told } from "../model/said.ts";
import type { UncertainWorker } from "../model/shared-worker.ts";
import type { HandshakeReport } from "../model/handshake.ts";
import type { ByteLength, ConnectionId, EpochMilliseconds, FrameIndex, Milliseconds } from "../model/units.ts";
import type { ValueKind } from "../model/value-document.ts";

export const CONTRACT_VERSION: string = version;

// ── page → engine's worker ──────────────────────────────────────────────────────────────────────────────────────

/** What an engine's worker is started for: a capture of this id that is to be recorded, to go on after another worker's end, or to be shown. */
export interface EngineTask {
  readonly type: "record" | "resume" | "show";
  readonly id: string;
  /** Of this worker alone: it holds a lock of this name for as long as it lives. */
  readonly life: string;
}

export const nameOfTask = ({ type, id, life }: EngineTask): string => [type, encodeURIComponent(id), life].join(" ");

export function readTask(name: string): EngineTask | undefined {
  const [type, id, life] = name.split(" ");
  if (id === undefined || life === undefined) return undefined;
  return type === "record" || type === "resume" || type === "show" ? { type, id: decodeURIComponent(id), life } : undefined;
}

/** Free once the worker of that life has ended, however it ended: nobody else is told. */
export const lockOfLife = (life: string): string => `framescope-engine-${life}`;

/** What a worker says to the page that started it. */
export type FromEngineWorker =
  | BatchDone
  /** Its script runs, and it holds the lock of its life. */
  | { readonly type: "alive" }
  | { readonly type: "pong" };

// ── capture → engine ────────────────────────────────────────────────────────────────────────────────────────────

/** What a capture tells its engine. */
export type CaptureMessage =
  | { readonly type: "batch"; readonly batch: CaptureBatch }
  /** Bytes of payload that may stay in memory, and how much of captures before may stay on the disk. */
  | { readonly type: "limits"; readonly budget: number; readonly bounds: CaptureBounds }
  /** Nothing of this capture is to be written to the disk, as of an incognito window. Comes before its frames. */
  | { readonly type: "memory only"; readonly why: string }
  /** The page that captures is going: the capture ended in order. */
  | { readonly type: "end" };

export type ToEngine =
  | CaptureMessage
  /** A new view; its `ToEngineView` and `FromEngine` messages go over `port`. */
  | { readonly type: "view"; readonly version: string; readonly port: MessagePort }
  /** Asks for a `pong`. */
  | { readonly type: "ping" };

/** Captures beside those in use: so many at most, and so many bytes together with these. The oldest go first. */
export interface CaptureBounds {
  readonly captures: number;
  readonly bytes: number;
}

/** Acknowledges batches, so that the capture can bound what is under way. */
export interface BatchDone {
  readonly type: "batch-done";
  readonly payloadBytes: number;
  /** The memory of the batch's payloads, to be used again. */
  readonly spare: ArrayBuffer;
  /** Events of the capture, from its first, that need not be told again to an engine that takes over from this one. */
  readonly safeEvents: number;
  /** Frames that had passed at the last clear. */
  readonly framesBefore: number;
}

// ── view ⇄ engine ───────────────────────────────────────────────────────────────────────────────────────────────

/** What a view shows: all conditions together. */
export interface Scope {
  /** Text of the filter box, in the filter language. */
  readonly filter: string;
  readonly connection: ConnectionId | null;
  readonly sent: boolean;
  readonly received: boolean;
  /** Null: by number, rising, as the log stands. */
  readonly sort: Sort | null;
}

export const SORT_KEYS = ["number", "time", "size", "latency"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Rows without a value (an event has no size) stand last; equal ones by number. */
export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** Why a filter was not taken. `from` and `to` are places in its text. */
export interface FilterProblem {
  readonly message: Told;
  readonly from: number;
  readonly to: number;
}

/** Bytes and frames per second, over the last whole second. */
export interface Rate {
  readonly frames: number;
  readonly bytes: number;
}

export type Storage =
  | { readonly state: "saving"; readonly savedAt: EpochMilliseconds | null }
  /** The journal is off: `why` is a plain sentence that says what to do. */
  | { readonly state: "memory only"; readonly why: string }
  /**
   * A capture of before. `read`: the share of its journal that was read, 0 to 1. `problem`: what is missing of it, or why
   * it cannot be opened, in a plain sentence; pins and notes then last only until the page is closed.
   */
  | { readonly state: "kept"; readonly read: number; readonly problem: string | null };

/** Pushed when something changed, and never again before the view said `ready`. */
export interface Changed {
  /** Grows with every change to rows or matches. */
  readonly revision: number;
  /** Grows when other rows are shown, or in another order, even if as many. */
  readonly shown: number;
  /** Grows with every clear: places in the log from before mean nothing after. */
  readonly generation: number;
  /** Rows of the log that are decoded: those after them have no label yet. */
  readonly decoded: number;
  /** Messages in the log. */
  readonly frames: number;
  /** Rows that the scope shows: messages and the events between them. */
  readonly rows: number;
  /** Messages among `rows`. */
  readonly matches: number;
  /** Where a filter is still being applied: the share of the log done, 0 to 1. */
  readonly scanned: number;
  /** The filter in force was ended (it took too long); the last good one is in force again. */
  readonly filterProblem: FilterProblem | null;
  /** Bytes of payload in the log, and how many of them are in memory. */
  readonly bytes: ByteLength;
  readonly bytesInMemory: ByteLength;
  readonly sentRate: Rate;
  readonly receivedRate: Rate;
  /** Frames that are not in the log although Chrome reported them. */
  readonly lost: number;
  /** Requests whose answers find no partner: too many waited at once, or their ids are too long. */
  readonly forgottenRequests: number;
  /** Messages that stay undecoded because a decoder broke at them, or took too long. */
  readonly undecoded: number;
  readonly storage: Storage;
  /** How many connections there are, and how many of them have ended. */
  readonly connections: { readonly all: number; readonly ended: number };
  /** Grows with every change to what `connections` answers. */
  readonly connectionsRevision: number;
  /** How often another engine took over from one that had ended, since the last clear, and the frames that were lost by it. */
  readonly restarts: Restarts;
  /** Rows before this one were in the log of the engine before; null where there was none. */
  readonly resumedAt: number | null;
  /** Bugs that showed in the engine and its threads. */
  readonly faults: readonly Fault[];
}

/** One row of the table, ready to draw. */
export interface FrameRow {
  readonly index: FrameIndex;
  readonly kind: RowKind;
  readonly direction: Direction | null;
  readonly connection: ConnectionId;
  /** The connection's URL, cut at `ROW_URL_LENGTH`; empty for a row of none, and where Chrome has not named it. */
  readonly url: string;
  /** Null until the capture's clock has an anchor. */
  readonly time: EpochMilliseconds | null;
  /** Since the log's first row. */
  readonly sinceStart: Milliseconds;
  /** Since the last navigation before this row; null where there was none. */
  readonly sinceNavigation: Milliseconds | null;
  /** Since the row shown before this one; null for the first. */
  readonly delta: Milliseconds | null;
  /**
   * What stands in the Type column: a decoder's label, or `text` and `binary` where nobody decoded the message; of other
   * rows `error`, `open`, `close`, `navigation`, `paused`.
   */
  readonly label: string;
  /** What the message is in its protocol; null where nobody decoded it. */
  readonly messageKind: MessageKind | null;
  /** Its part in a pair of request and answer, and the time between them (null while the answer is awaited). */
  readonly pair: { readonly role: "request" | "answer"; readonly latency: Milliseconds | null } | null;
  /** The head of the message as text, one line, at most `PREVIEW_LENGTH` characters. */
  readonly preview: string;
  /** Where the filter's text stands in `preview`: from, to, from, to … */
  readonly marks: readonly number[];
  /** Null: not a message, or Chrome did not report the payload. */
  readonly size: ByteLength | null;
  /** Which of the view's highlights it matches first, from 0; null for none. */
  readonly highlight: number | null;
  readonly pinned: boolean;
  /** What the user wrote on it; empty for nothing. */
  readonly note: string;
}

/** More than a column ever shows: each row carries it. */
export const ROW_URL_LENGTH = 400;

/** Filters that colour rows instead of choosing them. */
export const MOST_HIGHLIGHTS = 4;

/** One suggestion for the filter box: `text` takes the place of `from` to `to`. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** What it stands for: a field's meaning, or how many rows of the capture have this value. */
  readonly detail: Said | null;
}

/** What a selection of rows amounts to. */
export interface SelectionSummary {
  readonly frames: number;
  readonly bytes: ByteLength;
  /** From the first row's time to the last one's. */
  readonly span: Milliseconds;
}

/** How messages stand on the clipboard. */
export interface CopyForm {
  readonly messages: number;
  /** Each is a JSON string on a line of its own, as one of several has a line break; else each is a line as it stands. */
  readonly isJsonLines: boolean;
}

/** The two ends of a request and its answer, and how the connection usually does. */
export interface PairDetails {
  readonly role: "request" | "answer";
  /** Null while the answer is awaited. */
  readonly other: { readonly frame: FrameIndex; readonly label: string } | null;
  readonly latency: Milliseconds | null;
  /** Median and 95th percentile of the latest answers to requests of this label on this connection; null without any. */
  readonly usual: { readonly median: Milliseconds; readonly p95: Milliseconds; readonly count: number } | null;
}

/** One layer of a decoded message, outermost first. */
export interface LayerDetails {
  readonly name: string;
  readonly what: string;
  /** What was wrong, and at which byte; null where nothing was. */
  readonly problem: string | null;
}

export const PREVIEW_LENGTH = 240;
/** The most rows, lines or bytes that one request may ask for; more is answered with this many. */
export const MOST_ROWS = 500;
export const MOST_BYTES = 65_536;
/** Rows that are pinned at once at most: each pin is an event of its own in the journal. */
export const MOST_PINNED = 10_000;
/** Bytes that `copyText` gives at most. */
export const MOST_COPIED = 32 * 2 ** 20;

/** How a connection ended; a number is null where Chrome does not tell it. */
export type ConnectionEnd =
  | { readonly kind: "closed"; readonly code: number | null }
  /** The opening handshake failed. `status`: the server's answer. */
  | { readonly kind: "failed"; readonly status: number | null }
  /** It was open when the capture ended. */
  | { readonly kind: "capture ended" };

/** Which connections a view lists: all, or those that have not ended and the one chosen. */
export interface ConnectionListing {
  readonly hidesEnded: boolean;
  readonly chosen: ConnectionId | null;
}

/** The lines of the list that a view draws. */
export interface ConnectionsQuery extends ConnectionListing, Range {
  /** Others of which it shows something, wherever they stand. */
  readonly watched: readonly ConnectionId[];
}

export interface ConnectionList {
  /** Lines of the whole list: one of each target's heading, two of each connection. */
  readonly lines: number;
  /** How many it lists. */
  readonly connections: number;
  /** What stands on the lines asked for. */
  readonly items: readonly ConnectionItem[];
  /** Null: it is not known any more, or none is chosen. */
  readonly chosen: ConnectionItem<"connection"> | null;
  /** Those of `watched` that are known. */
  readonly watched: readonly ConnectionRow[];
}

/** A target's heading or a connection. `line`: its first, from 0; `place`: among the connections listed, from 0. */
export type ConnectionItem<Type extends "target" | "connection" = "target" | "connection"> = Extract<
  | {
      readonly type: "target";
      readonly line: number;
      readonly targetKey: string;
      readonly targetType: TargetType;
      /** The host of a page or frame, the file of a worker. */
      readonly targetName: string;
    }
  | { readonly type: "connection"; readonly line: number; readonly place: number; readonly row: ConnectionRow },
  { readonly type: Type }
>;

/** What the list says of one connection. */
export interface ConnectionRow {
  readonly id: ConnectionId;
  readonly url: string;
  readonly subprotocol: string;
  readonly seenFromStart: boolean;
  readonly state: ConnectionState;
  /** Why it failed or how it ended, in a plain sentence. */
  readonly ending: string;
  /** The same by its kind; absent while it lives. */
  readonly end?: ConnectionEnd;
  /** What is not known of it, or how it came to be known. */
  readonly notice?: string;
  readonly frames: number;
  readonly bytes: ByteLength;
  /** Frames a second, both ways. */
  readonly rate: number;
}

/** One frame, for the inspector's head and tabs. */
export interface FrameDetails {
  readonly index: FrameIndex;
  readonly kind: RowKind;
  readonly direction: Direction | null;
  readonly opcode: number;
  readonly masked: boolean;
  readonly time: EpochMilliseconds | null;
  readonly label: string;
  readonly size: ByteLength | null;
  readonly connection: Connection | null;
  /** How the message was decoded; empty where nobody did. */
  readonly layers: readonly LayerDetails[];
  readonly pair: PairDetails | null;
  readonly pinned: boolean;
  readonly userNote: string;
  /** Lines of the tree of its value as now unfolded; null where it has none. */
  readonly treeLines: number | null;
  /** Lines of the raw text at the width asked for; null for binary that is no UTF-8. */
  readonly textLines: number | null;
  /** Why there is nothing to show, where there is nothing. */
  readonly note: string | null;
}

/** `bigint`: an integer beyond 2^53, which JavaScript's numbers round. `bytes` and `time`: what JSON has no word for. */
export type JsonKind = ValueKind | "bigint";

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
  /** A second reading of a number that its key calls a time, as ISO 8601; else null. */
  readonly hint: string | null;
  /** How many bytes these are; null for anything else. */
  readonly size: number | null;
  /** Entries of a container; 0 for a scalar. */
  readonly children: number;
  readonly expanded: boolean;
}

export interface TextLine {
  /** The line's number in the payload, from 1; null where this line continues the one before. */
  readonly number: number | null;
  readonly text: string;
}

export interface HandshakeView {
  readonly connection: Connection;
  readonly report: HandshakeReport;
  /** When the handshake's request went out, and how long the answer took. */
  readonly startedAt: EpochMilliseconds | null;
  readonly took: Milliseconds | null;
  readonly cookieNames: readonly string[];
}

/** Which frames an export holds: all that the log has, those that the view's scope shows, or some places of these. */
export type ExportScope = "all" | "shown" | { readonly places: readonly Range[] };

export interface ExportRequest {
  readonly format: "har";
  readonly scope: ExportScope;
  /** Keeps cookies and credentials. */
  readonly sensitive: boolean;
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

/** A capture on this disk. All but `name` and `isOffered` is read off its journal. */
export interface KeptCapture {
  readonly id: string;
  /** The user's own; empty for none. */
  readonly name: string;
  readonly startedAt: EpochMilliseconds;
  /** When its journal was last written. */
  readonly writtenAt: EpochMilliseconds;
  /** Host and path of the page that opened the first connection; empty where none did. */
  readonly page: string;
  readonly frames: number;
  readonly connections: number;
  readonly bytes: ByteLength;
  /** `here`: by the engine that is asked. */
  readonly state: "running here" | "running elsewhere" | "open here" | "open elsewhere" | "ended" | "cut off";
  /** Places that are damaged, as far as is known, and what that means; null where nothing is known to be wrong. */
  readonly damaged: number;
  readonly problem: string | null;
  /** It was cut off, and the user has not seen it since. */
  readonly isOffered: boolean;
}

/** The calls a view can make; each has one argument and is answered by a value or by a plain sentence. */
export interface EngineCalls {
  /** Null when the filter was taken, else why not; the last good scope then stays in force. */
  setScope(scope: Scope): FilterProblem | null;
  /** Rows `from` (0 = the first shown) up to but without `to`, of the revision answered. */
  rows(range: Range): { readonly revision: number; readonly from: number; readonly rows: readonly FrameRow[] };
  /** Filters that colour rows; one answer each: null, or why it was not taken. */
  setHighlights(filters: readonly string[]): readonly (FilterProblem | null)[];
  /** The next row shown, after or before `from`, that a filter matches; null where there is none. Refused: a sentence. */
  find(query: { readonly filter: string; readonly from: number; readonly backwards: boolean }): { readonly place: number; readonly frame: FrameIndex } | null;
  /** Suggestions for the filter box with the cursor at `at`; values are those really in the capture. */
  complete(query: { readonly text: string; readonly at: number }): readonly Completion[];
  /** Pins a frame, or takes the pin away. */
  pin(query: { readonly frame: FrameIndex; readonly pinned: boolean }): null;
  /** The same for all rows at these places of the view. Refused past `MOST_PINNED` rows. */
  pinPlaces(query: { readonly places: readonly Range[]; readonly pinned: boolean }): null;
  /** Writes a note on a frame; an empty text takes it away. */
  note(query: { readonly frame: FrameIndex; readonly text: string }): null;
  /** `places`: ranges of rows shown, not overlapping. */
  summarise(query: { readonly places: readonly Range[] }): SelectionSummary;
  /** What `copyText` would make of these places. Refused past `MOST_COPIED`. */
  copyForm(query: { readonly places: readonly Range[] }): CopyForm;
  /** The payloads of the messages at these places (binary as base64), for the clipboard. Refused past `MOST_COPIED`. */
  copyText(query: { readonly places: readonly Range[] }): CopyForm & { readonly text: string };
  /** Where a frame stands among the rows shown; null where the scope does not show it. */
  placeOf(query: { readonly frame: FrameIndex }): number | null;
  connections(query: ConnectionsQuery): ConnectionList;
  /**
   * The one so many places after the one chosen, or before it, as far as the list goes; null: all, which
   * stand before the first. `line`: where it stands.
   */
  connectionBeside(query: ConnectionListing & { readonly by: number }): { readonly connection: ConnectionId | null; readonly line: number };
  /** `columns`: characters a line of raw text may hold. Null: no such frame (the log was cleared). */
  inspect(query: { readonly frame: FrameIndex; readonly columns: number }): FrameDetails | null;
  treeLines(query: { readonly frame: FrameIndex } & Range): readonly TreeLine[];
  /** Folds or unfolds one line; answers the new number of lines. `all`: the whole subtree. */
  toggleTree(query: { readonly frame: FrameIndex; readonly line: number; readonly all: boolean }): number;
  textLines(query: { readonly frame: FrameIndex; readonly columns: number } & Range): readonly TextLine[];
  bytes(query: { readonly frame: FrameIndex } & Range): Uint8Array;
  /** The whole payload as text (binary that is no UTF-8: as base64), for the clipboard. */
  payloadText(query: { readonly frame: FrameIndex }): string;
  handshake(query: { readonly connection: ConnectionId }): HandshakeView | null;
  export(request: ExportRequest): ExportedFile;
  /** Ends a finished export: its file is removed. */
  discardExport(query: { readonly path: readonly string[] }): null;
  /** Refused on a kept capture. */
  clear(query: null): null;
  /** All captures on this disk, the newest first; this one too. */
  captures(query: null): readonly KeptCapture[];
  /** Gives a capture a name; an empty one takes it away. */
  renameCapture(query: { readonly capture: string; readonly name: string }): null;
  /** Offers a capture that was cut off no more. */
  dismissCapture(query: { readonly capture: string }): null;
  /** Refused where it is in use. */
  deleteCapture(query: { readonly capture: string }): null;
  /** Exports all of a capture without opening it in a view. Refused where another engine uses it. */
  exportCapture(query: { readonly capture: string; readonly sensitive: boolean }): ExportedFile;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export type CallName = keyof EngineCalls;

export type ToEngineView =
  | {
      [Name in CallName]: {
        readonly type: "call";
        readonly id: number;
        readonly name: Name;
        readonly argument: Parameters<EngineCalls[Name]>[0];
      };
    }[CallName]
  /** The view has painted the last `changed` and can take the next. */
  | { readonly type: "ready" };

export type FromEngine =
  | CallAnswer
  /** These calls are not forgotten. Said each half second, so that a call of which nothing is heard is known to be lost. */
  | { readonly type: "working"; readonly ids: readonly number[] }
  | { readonly type: "changed"; readonly changed: Changed };

export type CallAnswer =
  | { readonly type: "answer"; readonly id: number; readonly value: ReturnType<EngineCalls[CallName]> }
  | { readonly type: "refused"; readonly id: number; readonly why: Told }
  /** A bug was in the way. It is among the `faults` of the next `changed`. */
  | { readonly type: "failed"; readonly id: number };

// ── view ⇄ capture ──────────────────────────────────────────────────────────────────────────────────────────────

export type CaptureState =
  | { readonly state: "starting" }
  | { readonly state: "capturing" }
  | { readonly state: "paused" }
  /** It goes on, and what comes waits: the engine does not answer, or is being started again. `why` says so. */
  | { readonly state: "waiting"; readonly why: Told }
  /** Nothing is captured here: a capture of before is looked at. `what` names it. */
  | { readonly state: "kept"; readonly what: Told }
  /** `why` says what happened and what to do; `canResume`: a Resume button makes sense. */
  | { readonly state: "stopped"; readonly why: Told; readonly canResume: boolean };

export type ToCapture =
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "reload page" }
  /** Looks through the page's memory for sockets from before; the page may stand still for some seconds. */
  | { readonly type: "find silent sockets" }
  /** Shows a script in DevTools' Sources panel; line and column from 1. Only with the ability of this name. */
  | { readonly type: "open source"; readonly url: string; readonly line: number; readonly column: number }
  /** Asks for the tabs there are; they come as `tabs`. Only with the ability “choose tab”, as the next. */
  | { readonly type: "list tabs" }
  | { readonly type: "choose tab"; readonly tabId: number }
  /** The user says that a shared worker that was told as uncertain is the tab's, or does not want to be asked about it. */
  | { readonly type: "capture worker"; readonly targetId: string }
  | { readonly type: "dismiss worker"; readonly targetId: string };

/** What a view can do only on some pages: beside DevTools, or on the app page. What it cannot do it does not offer. */
export type Ability = "open source" | "choose tab";

export type FromCapture =
  | { readonly type: "capture"; readonly capture: CaptureState; readonly silent: SilentSockets; readonly abilities: readonly Ability[] }
  /** The engine is another one: its wire. Calls that wait for the one before are not answered. */
  | { readonly type: "engine"; readonly port: MessagePort }
  /** Bugs that showed in the page that captures. */
  | { readonly type: "faults"; readonly faults: readonly Fault[] }
  /** `captured`: what this page captures, also once it is closed; null where it captures none. */
  | { readonly type: "tabs"; readonly tabs: readonly BrowserTab[]; readonly captured: BrowserTab | null }
  /** Shared workers that run and are not captured, since it is not known whether the tab uses them. */
  | { readonly type: "uncertain workers"; readonly workers: readonly UncertainWorker[] };

// ── hosting page → panel ────────────────────────────────────────────────────────────────────────────────────────

/** Posted to the panel's window once it has loaded, with the two ports of its wires. */
export interface PanelWires {
  readonly type: "framescope-wires";
  readonly version: string;
  readonly engine: MessagePort;
  readonly capture: MessagePort;
}
