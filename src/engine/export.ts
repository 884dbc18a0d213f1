import { directionOf, isPayloadUnreported, kindOf, opcodeOf, originOf } from "../model/frame.ts";
import { byteLength, frameIndex, type ConnectionId, type FrameIndex } from "../model/units.ts";
import type { ExportFrame, ExportSource } from "../format/export-format.ts";
import { exportFormat } from "../format/registry.ts";
import type { FrameLog } from "../log/frame-log.ts";
import type { AppendFile } from "../log/payload-pages.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { ExportedFile, ExportProgress, ExportRequest, ExportScope } from "../contract/files.ts";
import type { LongCall } from "../contract/long-call.ts";
import { rowsAt } from "./selection.ts";
import { runInTurns, type TurnEdges } from "./turns.ts";
import type { View } from "./view.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Tell, type Told } from "../model/said.ts";
import type { Faults } from "../model/faults.ts";
import { rowPayload } from "./row-text.ts";

/** Where exports wait until the user has saved them. Rejects with a `Refusal`. */
export interface ExportStore {
  create(name: string): Promise<{ readonly file: AppendFile; readonly path: readonly string[] }>;
  remove(path: readonly string[]): Promise<void>;
}

export interface ExportEdges extends TurnEdges {
  readonly tell: Tell;
  readonly faults: Faults;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly version: string;
}

interface ExportOptions extends ExportEdges {
  /** Cancelled, what was written by then is removed. */
  readonly long: LongCall<ExportProgress>;
  /** The user's name for the capture; empty for none. */
  readonly name: string;
}

/**
 * Writes an export, in turns, so that the capture goes on beside it. It holds the `chosen` rows, or all that stood in
 * the log when it began. Rejects with a `Refusal`, also while a kept capture is still being opened; what was written
 * by then is removed.
 */
export async function exportLog(
  store: ExportStore,
  capture: CaptureLog,
  chosen: Uint32Array | undefined,
  request: ExportRequest,
  options: ExportOptions,
): Promise<ExportedFile> {
  if (capture.isOpening) throw new Refusal(say("engine.export-opening"));
  const format = exportFormat(request.format);
  if (format === undefined) throw new Error(`No export format is called ${JSON.stringify(request.format)}.`);
  const source = sourceOf(capture, chosen);
  const name = fileName(capture, options, format.extension);
  const { file, path } = await store.create(name);
  try {
    const pieces = format.write(source, {
      sensitive: request.sensitive,
      version: options.version,
      tell: options.tell,
      notes: notesOf(capture, request),
    });
    const take = (piece: Uint8Array<ArrayBuffer>): void => {
      options.long.goOn();
      file.append(piece);
      options.long.progress({ doing: "writing", share: source.share() });
    };
    const { connections, frames } = await runInTurns(pieces, take, options);
    file.flush();
    return { path, name, mimeType: format.mimeType, bytes: byteLength(file.size), connections, frames };
  } catch (error) {
    file.close();
    await store.remove(path);
    throw error;
  } finally {
    file.close();
  }
}

/** Rows of each connection, in order: places in `rows` from `starts.get(id)`. */
interface RowsByConnection {
  readonly rows: Uint32Array;
  readonly ranges: ReadonlyMap<ConnectionId, { readonly from: number; readonly to: number }>;
}

/** The rows that an export is to hold, in the order of the log; undefined for all. */
export function chosenRows(view: View, scope: ExportScope): Uint32Array | undefined {
  if (scope === "all") return undefined;
  if (scope === "shown" && view.rows.progress < 1) {
    throw new Refusal(say("engine.export-filtering"));
  }
  if (scope === "shown") return Uint32Array.from({ length: view.rows.length }, (_, position) => view.rows.at(position));
  return Uint32Array.from(rowsAt(view, scope.places)).toSorted();
}

/** A counting sort of the rows by connection: two passes over the log, four bytes a row. */
function rowsByConnection(log: FrameLog, chosen: Uint32Array | undefined): RowsByConnection {
  const length = chosen?.length ?? log.length;
  const rowAt = (position: number): FrameIndex => frameIndex(chosen?.[position] ?? position);
  const counts = new Map<ConnectionId, number>();
  for (let i = 0; i < length; i++) {
    const connection = log.connectionAt(rowAt(i));
    counts.set(connection, (counts.get(connection) ?? 0) + 1);
  }
  const ranges = new Map<ConnectionId, { from: number; to: number }>();
  let start = 0;
  for (const [connection, count] of counts) {
    ranges.set(connection, { from: start, to: start });
    start += count;
  }
  const rows = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const row = rowAt(i);
    const range = ranges.get(log.connectionAt(row));
    if (range !== undefined) rows[range.to++] = row;
  }
  return { rows, ranges };
}

/** An export of all frames holds every connection; one of some rows those that have one of them. */
function sourceOf(capture: CaptureLog, chosen: Uint32Array | undefined): ExportSource & { /** Of the rows, those that were read. */ share(): number } {
  const { log, table } = capture;
  const { rows, ranges } = rowsByConnection(log, chosen);
  let read = 0;
  return {
    share: () => (rows.length === 0 ? 1 : read / rows.length),
    connections: [...table.connections.values()].filter(({ id }) => chosen === undefined || ranges.has(id)),
    targets: table.targets,
    clock: table.clock,
    *frames(connection) {
      const range = ranges.get(connection);
      if (range === undefined) return;
      const isStream = table.connections.get(connection)?.transport === "event-source";
      for (let i = range.from; i < range.to; i++) {
        read += 1;
        yield frameOf(capture, log, frameIndex(rows[i] as number), isStream);
      }
    },
  };
}

/** `log`: the one that the export began with; a clear puts another in its place. */
function frameOf({ table, marks, tell }: CaptureLog, log: FrameLog, index: FrameIndex, isStream: boolean): ExportFrame {
  const bits = log.bitsAt(index);
  const mark = marks.get(index);
  return {
    kind: kindOf(bits),
    direction: directionOf(bits),
    opcode: opcodeOf(bits),
    origin: originOf(bits),
    time: table.clock.toEpoch(log.timeAt(index)) ?? null,
    event: isStream ? log.details.eventOf(index) : undefined,
    unreported: isPayloadUnreported(bits),
    pinned: mark?.pinned ?? false,
    note: mark?.note ?? "",
    payload: () => rowPayload(log, tell, index),
  };
}

function notesOf(capture: CaptureLog, request: ExportRequest): Told[] {
  const notes: Told[] = [];
  if (request.scope === "shown") notes.push(say("format.only-shown"));
  else if (request.scope !== "all") notes.push(say("format.only-selected"));
  if (capture.lost > 0) notes.push(say("format.lost", { n: capture.lost }));
  const { storage } = capture;
  if (storage.state === "kept" && storage.problem !== null) notes.push(storage.problem);
  return notes;
}

/**
 * `framescope-example.com-2026-11-20T12-31-04.har`: the user's name for the capture or else the first page's host, and
 * the moment of the export (UTC).
 */
function fileName(capture: CaptureLog, { name, now }: ExportOptions, extension: string): string {
  const page = [...capture.table.targets.values()].find(({ type }) => type === "page");
  const host = (page && URL.parse(page.url)?.host) ?? "";
  const place = safe(name) || host.replace(/[^\w.-]+/g, "-").slice(0, 60);
  const moment = new Date(now()).toISOString().slice(0, 19).replaceAll(":", "-");
  return `${["framescope", place, moment].filter((part) => part !== "").join("-")}.${extension}`;
}

/** Letters and digits of any script, so few that no file system finds them too long. */
const safe = (name: string): string => name.slice(0, 40).replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-").replace(/^-+|-+$/g, "");
