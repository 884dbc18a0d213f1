import type { CaptureBatch, CaptureEvent } from "../model/capture-batch.ts";
import { directionOf, type FrameBits } from "../model/frame.ts";
import { connectionId, epochMilliseconds, frameIndex, type ConnectionId, type FrameIndex } from "../model/units.ts";
import { ConnectionTable } from "../log/connection-table.ts";
import type { PlacedEvent } from "../log/journal-block.ts";
import { JournalWriter } from "../log/journal.ts";
import { DecodedColumns } from "../log/decoded-columns.ts";
import { FrameLog, type LogSlice } from "../log/frame-log.ts";
import { UserMarks, type UserMark, type UserMarkEvent } from "../log/user-marks.ts";
import { IndexList } from "../log/index-list.ts";
import { PayloadPages, type AppendFile } from "../log/payload-pages.ts";
import type { Storage } from "./contract.ts";
import { RateMeter } from "./rate-meter.ts";

/** Bytes that may wait in memory before they are written. */
const SAVE_BYTES = 1 << 20;
/** A rate is that of the last whole second, so it is zero two seconds after the last frame. */
const RATES_LAST_MS = 2500;

/** What passed over one connection. */
export interface Traffic {
  frames: number;
  bytes: number;
  readonly meter: RateMeter;
}

/** Where the log is kept: its payloads and its journal; or why only in memory. */
export type LogFiles = { readonly payloads: AppendFile; readonly journal: AppendFile } | { readonly why: string };

/**
 * One capture as the engine holds it: the log, the connections, what passed over each, and the file it is saved to.
 * Takes batches in; answers nothing by itself.
 */
export class CaptureLog {
  readonly sent = new RateMeter();
  readonly received = new RateMeter();
  readonly #files: LogFiles;
  #budget: number;
  #table = new ConnectionTable();
  #log: FrameLog;
  #decoded = new DecodedColumns();
  #marks = new UserMarks();
  /** Rows of navigations, rising. */
  #navigations = new IndexList();
  #journal: JournalWriter | undefined;
  /** Events that the journal does not have yet. */
  #unsaved: PlacedEvent[] = [];
  /** What made the connections of the table known, for a journal that begins after a clear. */
  #openings: CaptureEvent[] = [];
  #traffic = new Map<ConnectionId, Traffic>();
  #lostInCapture = 0;
  #lostBefore = 0;
  #lostHere = 0;
  #storage: Storage;
  #connectionsRevision = 0;
  #generation = 0;
  #lastTraffic = -Infinity;

  constructor(files: LogFiles, budget: number) {
    this.#files = files;
    this.#budget = budget;
    this.#log = this.#newLog();
    this.#journal = this.#newJournal();
    this.#storage = "why" in files ? { state: "memory only", why: files.why } : { state: "saving", savedAt: null };
  }

  get log(): FrameLog {
    return this.#log;
  }

  /** Pins and notes. */
  get marks(): UserMarks {
    return this.#marks;
  }

  /** The last navigation at or before a row. */
  navigationBefore(row: FrameIndex): FrameIndex | undefined {
    const after = this.#navigations.lowerBound(frameIndex(row + 1));
    return after === 0 ? undefined : this.#navigations.at(after - 1);
  }

  /** Puts a pin or a note on a row, or takes them away. */
  mark(frame: FrameIndex, change: Partial<UserMark>): void {
    const event: UserMarkEvent = { type: "mark", frame, ...(this.#marks.get(frame) ?? { pinned: false, note: "" }), ...change };
    this.#marks.apply(event);
    if (this.#storage.state === "saving") this.#unsaved.push({ row: this.#log.length, event });
  }

  /** What decoding found of the log's rows, as far as it has come. */
  get decoded(): DecodedColumns {
    return this.#decoded;
  }

  get table(): ConnectionTable {
    return this.#table;
  }

  get storage(): Storage {
    return this.#storage;
  }

  /** Grows with every change to the table of connections, and by `noteTraffic` with their counts and rates. */
  get connectionsRevision(): number {
    return this.#connectionsRevision;
  }

  /** Counts and rates may have changed: they do while frames come, and until the last rates have fallen to zero. */
  noteTraffic(now: number): void {
    if (now - this.#lastTraffic < RATES_LAST_MS) this.#connectionsRevision++;
  }

  /** Grows with every clear: a place in the log from before means nothing after. */
  get generation(): number {
    return this.#generation;
  }

  /** Frames that Chrome reported and the log does not have, since the last clear. */
  get lost(): number {
    return this.#lostInCapture - this.#lostBefore + this.#lostHere;
  }

  trafficOf(connection: ConnectionId): Traffic | undefined {
    return this.#traffic.get(connection);
  }

  /** Takes in one batch. `now`: the engine's clock in milliseconds, for rates. */
  take(batch: CaptureBatch, now: number): void {
    let taken = 0;
    let offset = 0;
    for (const { at, event } of batch.events) {
      offset = this.#takeFrames(batch, taken, at, offset, now);
      taken = at;
      this.#takeEvent(event);
    }
    this.#takeFrames(batch, taken, batch.count, offset, now);
    if (batch.count > 0) this.#lastTraffic = now;
    this.#lostInCapture = batch.lost;
    if (this.#log.payloads.pending >= SAVE_BYTES) this.save(now);
  }

  /** Writes what is pending. Where that fails, the log goes on in memory and says so. */
  save(now: number): void {
    if (this.#storage.state !== "saving" || (this.#log.payloads.pending === 0 && this.#unsaved.length === 0)) return;
    try {
      // Payloads first: a block is whole only if what it speaks of is there.
      this.#log.payloads.save();
      this.#journal?.write(this.#log, this.#unsaved);
      this.#unsaved = [];
      this.#storage = { state: "saving", savedAt: epochMilliseconds(now) };
    } catch (error) {
      this.#log.payloads.stopSaving();
      this.#storage = memoryOnly(error);
    }
  }

  setBudget(bytes: number): void {
    this.#budget = bytes;
    this.#log.payloads.setBudget(bytes);
  }

  /** Empties the log and its file. Connections that are still open stay, with their counts at zero. */
  clear(): void {
    this.#table.forgetEnded();
    this.#traffic = new Map();
    this.#lostBefore = this.#lostInCapture;
    this.#lostHere = 0;
    this.#generation++;
    this.#connectionsRevision++;
    // Who still reads the old log (an export) must not be given the new one's bytes.
    this.#log.payloads.forgetFile();
    if ("payloads" in this.#files) {
      try {
        this.#files.journal.clear();
        this.#files.payloads.clear();
        this.#storage = { state: "saving", savedAt: null };
      } catch (error) {
        this.#storage = memoryOnly(error);
      }
    }
    this.#log = this.#newLog();
    this.#decoded = new DecodedColumns();
    this.#marks = new UserMarks();
    this.#navigations = new IndexList();
    this.#journal = this.#newJournal();
    this.#openings = this.#openings.filter((event) => !("connection" in event) || this.#table.connections.has(event.connection));
    this.#unsaved = this.#openings.map((event) => ({ row: 0, event }));
    if (this.#storage.state !== "saving") this.#log.payloads.stopSaving();
  }

  #newLog(): FrameLog {
    return new FrameLog(
      new PayloadPages({ budget: this.#budget, file: "payloads" in this.#files ? this.#files.payloads : undefined }),
    );
  }

  #newJournal(): JournalWriter | undefined {
    return "journal" in this.#files ? new JournalWriter(this.#files.journal) : undefined;
  }

  /** Frames `from` up to `to` of a batch, whose payloads begin at `offset`; answers where they end. */
  #takeFrames(batch: CaptureBatch, from: number, to: number, offset: number, now: number): number {
    if (from === to) return offset;
    const rows: LogSlice = {
      times: batch.times.subarray(from, to),
      connections: batch.connections.subarray(from, to),
      lengths: batch.lengths.subarray(from, to),
      bits: batch.bits.subarray(from, to),
    };
    let end = offset;
    for (const length of rows.lengths) end += length;
    const areAllTaken = this.#log.appendAll(rows, batch.payload.subarray(offset, end));
    // Together they found no room; one by one some may.
    if (areAllTaken) this.#count(rows, 0, to - from, now);
    else this.#takeOneByOne(rows, batch.payload.subarray(offset, end), now);
    return end;
  }

  #takeOneByOne(rows: LogSlice, payload: Uint8Array, now: number): void {
    let offset = 0;
    for (let i = 0; i < rows.lengths.length; i++) {
      const end = offset + (rows.lengths[i] as number);
      const place = this.#log.append(
        rows.times[i] as number,
        rows.connections[i] as number,
        rows.bits[i] as FrameBits,
        payload.subarray(offset, end),
      );
      if (place === undefined) this.#lostHere++;
      else this.#count(rows, i, i + 1, now);
      offset = end;
    }
  }

  /** Adds rows `from` up to `to` to the traffic of their connections and directions, run by run. */
  #count(rows: LogSlice, from: number, to: number, now: number): void {
    for (let i = from; i < to; ) {
      const connection = rows.connections[i] as number;
      const direction = directionOf(rows.bits[i] as number);
      const first = i;
      let bytes = 0;
      for (; i < to && rows.connections[i] === connection && directionOf(rows.bits[i] as number) === direction; i++) {
        bytes += rows.lengths[i] as number;
      }
      const traffic = this.#trafficFor(connectionId(connection));
      traffic.frames += i - first;
      traffic.bytes += bytes;
      traffic.meter.add(now, i - first, bytes);
      (direction === "sent" ? this.sent : this.received).add(now, i - first, bytes);
    }
  }

  #trafficFor(connection: ConnectionId): Traffic {
    const known = this.#traffic.get(connection);
    if (known !== undefined) return known;
    const traffic = { frames: 0, bytes: 0, meter: new RateMeter() };
    this.#traffic.set(connection, traffic);
    return traffic;
  }

  #takeEvent(event: CaptureEvent): void {
    if (event.type === "navigated" && !event.keepLog) this.clear();
    if (OPENINGS.has(event.type)) this.#openings.push(event);
    if (this.#storage.state === "saving") this.#unsaved.push({ row: this.#log.length, event });
    const row = this.#table.apply(event);
    this.#connectionsRevision++;
    if (row === undefined) return;
    const index = this.#log.append(row.time, row.connection, row.bits, TO_UTF8.encode(row.text));
    if (index !== undefined && event.type === "navigated") this.#navigations.push(index);
  }
}

const OPENINGS: ReadonlySet<CaptureEvent["type"]> = new Set(["target", "clock", "created", "retargeted", "handshake-request", "handshake-response"]);

function memoryOnly(error: unknown): Storage {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    state: "memory only",
    why: `Nothing more can be written to the disk (${reason}). What was captured is kept; free some space, then export or clear.`,
  };
}

const TO_UTF8 = new TextEncoder();
