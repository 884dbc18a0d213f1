import { isRowDetail, type CaptureBatch, type CaptureEvent, type ToldAgain } from "../model/capture-batch.ts";
import { connectionId, frameIndex, monotonicSeconds, type ConnectionId, type FrameIndex, type MonotonicSeconds } from "../model/units.ts";
import type { CleanRows } from "../format/redact/clean-rows.ts";
import { ConnectionTable } from "../log/connection-table.ts";
import type { BlockBody } from "../log/journal-versions/block.ts";
import type { DecodedColumns } from "../log/decoded-columns.ts";
import { encodeTold } from "../log/told-payload.ts";
import type { FrameLog, LogSlice } from "../log/frame-log.ts";
import type { AnswerEvent, KeptAnswers } from "../log/kept-answers.ts";
import { Faults } from "../model/faults.ts";
import type { HttpExchange } from "../model/http-exchange.ts";
import { Openings } from "../model/openings.ts";
import type { UserMark, UserMarkEvent, UserMarks } from "../log/user-marks.ts";
import { PayloadPages } from "../log/payload-pages.ts";
import { isLogNote, type LogNote } from "../log/heard.ts";
import type { Restarts } from "../model/restarts.ts";
import { Recovery } from "../log/recovery.ts";
import type { WantedRows } from "../log/wanted-rows.ts";
import type { Cleared, Storage } from "../contract/changed.ts";
import { CaptureDisk, type CaptureFiles, type LogSource } from "./capture-disk.ts";
import { CapturedRows } from "./captured-rows.ts";
import { ClearedRows } from "./cleared-rows.ts";
import { LogDecoding } from "./log-decoding.ts";
import { takeFrames } from "./take-frames.ts";
import { Traffic } from "./traffic.ts";
import { say, type Tell, type Told } from "../model/said.ts";

/**
 * One capture as the engine holds it: the log, the connections, what passed over each, and the file it is saved to.
 * Takes batches in; answers nothing by itself.
 */
export class CaptureLog {
  readonly traffic = new Traffic();
  /** How its messages are decoded, and what of them is. */
  readonly decoding = new LogDecoding({
    connections: () => this.#table.connections,
    keep: (event) => this.#disk.addOfUser({ row: this.log.length, event }),
    changed: () => this.#connectionsRevision++,
  });
  readonly #faults: Faults;
  readonly #disk: CaptureDisk;
  readonly #next: () => CaptureFiles | undefined;
  #budget: number;
  #table = new ConnectionTable();
  #rows: CapturedRows;
  /** What rows of events say, as text. */
  readonly tell: Tell;
  /** Grows when `tell` speaks another language. */
  languages = 0;
  #recovery: Recovery | undefined;
  #excerpt: Recovery | undefined;
  /** What made the connections of the table known, for a journal that begins after a clear. */
  #openings = new Openings();
  /** Frames that Chrome had reported. */
  #passed = 0;
  #resumedAt: number | null = null;
  /** What was cleared a moment ago. */
  #former: ClearedRows | undefined;
  #connectionsRevision = 0;
  #generation = 0;
  #clearedRows = 0;

  /** `next`: the files that a capture goes on in after a clear, where what was cleared is to stay; asked for once that is final. */
  constructor(source: LogSource, budget: number, faults = new Faults("recorder"), tell: Tell = codeOf, next: () => CaptureFiles | undefined = () => undefined) {
    this.tell = tell;
    this.#next = next;
    this.#faults = faults;
    this.#budget = budget;
    this.#disk = new CaptureDisk(source, faults, () => ({ log: this.log, lost: this.lost, clock: this.#table.clock.anchors.at(-1), heard: this.#rows.heard.events }));
    this.#rows = CapturedRows.none(new PayloadPages({ budget, file: this.#disk.files?.payloads }));
    if (this.#disk.isReading && this.#disk.files !== undefined) this.#beginRecovery(this.#disk.files, "kept" in source ? source.wanted : undefined);
  }

  /** Where only some rows of a capture of before are here: what tells which. */
  get excerpt(): Pick<Recovery, "numberOf" | "rowAt" | "end"> | undefined {
    return this.#excerpt;
  }

  /** This is a capture of before: it is looked at, nothing is added to it but marks. */
  get isKept(): boolean {
    return this.#disk.isKept;
  }

  /** It is still being read back: what the log holds is the beginning of it. */
  get isOpening(): boolean {
    return this.#recovery !== undefined;
  }

  /** It goes on once what was written before is read back. */
  get isResuming(): boolean {
    return this.isOpening && !this.isKept;
  }

  /** Reads the next block of a capture of before, or of one that goes on; answers whether there may be more. */
  recover(): boolean {
    const recovery = this.#recovery;
    if (recovery === undefined) return false;
    const { revision } = this.decoding;
    let block: BlockBody | "nothing yet" | undefined;
    try {
      block = recovery.step();
    } catch (error) {
      this.#faults.add(error);
    }
    this.#connectionsRevision++;
    if (this.decoding.revision !== revision) this.decoding.forgetFound();
    this.#passed = recovery.heard.framesBefore + recovery.log.messages + recovery.lost;
    this.#disk.read(recovery);
    if (block === undefined) {
      this.#recovery = undefined;
      if (this.isKept) recovery.endCapture();
      else this.#openings = recovery.openings;
      this.#disk.endReading(recovery);
      return false;
    }
    if (block === "nothing yet") return true;
    this.#rows.noteBlock(block);
    this.traffic.add(block, 0, block.bits.length);
    return true;
  }

  get log(): FrameLog {
    return this.#rows.log;
  }

  /** Pins and notes. */
  get marks(): UserMarks {
    return this.#rows.marks;
  }

  /** The last navigation at or before a row. */
  navigationBefore(row: FrameIndex): FrameIndex | undefined {
    return this.#rows.navigationBefore(row);
  }

  /** Puts a pin or a note on a row, or takes them away. */
  mark(frame: FrameIndex, change: Partial<UserMark>): void {
    const event: UserMarkEvent = { type: "mark", frame, ...(this.marks.get(frame) ?? { pinned: false, note: "" }), ...change };
    this.marks.apply(event);
    this.#disk.addOfUser({ row: this.log.length, event });
  }

  /** HTTP answers that gave what connections use. */
  get answers(): KeptAnswers {
    return this.#rows.answers;
  }

  /** Keeps answers that gave what a connection uses, those that it has not already, as far as there is room. */
  keepAnswers(connection: ConnectionId, exchanges: readonly HttpExchange[]): void {
    for (const exchange of exchanges) {
      const event: AnswerEvent = { type: "answer", connection, exchange };
      if (this.answers.apply(event)) this.#disk.addOfUser({ row: this.log.length, event });
    }
  }

  /** Messages of the log in which no secret was found. */
  get clean(): CleanRows {
    return this.#rows.clean;
  }

  /** What decoding found of the log's rows, as far as it has come. */
  get decoded(): DecodedColumns {
    return this.decoding.columns;
  }

  get table(): ConnectionTable {
    return this.#table;
  }

  get storage(): Storage {
    return this.#disk.storage;
  }

  /** Grows with every change to the table of connections, and with their counts, rates and what they speak, as that is noted. */
  get connectionsRevision(): number {
    return this.#connectionsRevision;
  }

  /** Another decoder than before took a message of a connection. */
  noteSpoken(): void {
    this.#connectionsRevision++;
  }

  /** The counts and rates of connections may have changed. */
  noteTraffic(now: number): void {
    if (this.traffic.isMoving(now)) this.#connectionsRevision++;
  }

  /** Grows with every clear: a place in the log from before means nothing after. */
  get generation(): number {
    return this.#generation;
  }

  /** Frames that Chrome reported and the log does not have, since the last clear. */
  get lost(): number {
    return Math.max(0, this.#passed - this.#rows.heard.framesBefore - this.log.messages);
  }

  /** Events of the capture, from its first, that need not be told to another engine should this one end. */
  get safeEvents(): number {
    return this.storage.state === "saving" ? this.#disk.safeEvents : this.#rows.heard.events;
  }

  /** Frames that had passed at the last clear. */
  get framesBefore(): number {
    return this.#rows.heard.framesBefore;
  }

  /** Rows before this one were in the log of the engine before. */
  get resumedAt(): number | null {
    return this.#resumedAt;
  }

  /** How often another engine took this capture over since the last clear, and what that cost. */
  get restarts(): Restarts {
    return this.#rows.heard.restarts;
  }

  /**
   * Takes in one batch. `now`: the engine's clock in milliseconds, for rates. Never throws: what a bug keeps out of the
   * log is counted as lost, and the rest goes in.
   */
  take(batch: CaptureBatch, now: number): void {
    const before = batch.passed - batch.count;
    let taken = 0;
    let offset = 0;
    if (batch.again !== undefined) this.#takeOver(batch.again, before, now);
    for (const { at, event } of batch.again === undefined ? batch.events : this.#unheard(batch, batch.again)) {
      offset = this.#takeFrames(batch, taken, at, offset, now);
      taken = at;
      this.#passed = before + at;
      this.#takeEvent(event);
    }
    this.#takeFrames(batch, taken, batch.count, offset, now);
    this.#passed = batch.passed;
    if (this.#former !== undefined) this.endUndoWhenOld(now);
    if (this.#disk.isDue(this.log.payloads.pending, now)) this.save(now);
  }

  /** Writes what is pending. Where that fails, the log goes on in memory and says so. */
  save(now: number): void {
    this.#disk.save(now);
  }

  /** See `CaptureDisk.flush`. */
  flush(): void {
    this.#disk.flush();
  }

  /** Writes what is pending, and that the capture ended in order. */
  end(now: number): void {
    this.endUndo();
    this.#disk.end(now);
  }

  /** Nothing of this capture is to stay on the disk: what is there goes, and the log goes on in memory. */
  forgetDisk(why: Told): void {
    this.endUndo();
    if (this.#disk.files === undefined) return;
    this.log.payloads.forgetFile();
    if (this.#recovery !== undefined) {
      // It comes before anything is read back.
      this.#recovery = undefined;
      this.#rows = CapturedRows.none(new PayloadPages({ budget: this.#budget }));
    }
    this.#disk.forget(why);
  }

  #beginRecovery({ journal, payloads }: CaptureFiles, wanted: WantedRows | undefined): void {
    const recovery = new Recovery(journal, payloads, this.#budget, { goesOn: !this.isKept, wanted });
    if (wanted !== undefined) this.#excerpt = recovery;
    this.#recovery = recovery;
    this.#rows = CapturedRows.of(recovery);
    this.#table = recovery.table;
    this.decoding.readBack(recovery.choices);
  }

  setBudget(bytes: number): void {
    this.#budget = bytes;
    if (this.#former === undefined) this.log.payloads.setBudget(bytes);
  }

  /** What an undo would bring back; null where there is none. */
  get cleared(): Omit<Cleared, "isKept"> | null {
    return this.#former?.offered ?? null;
  }

  /** Rows that clears took away, since this engine began. */
  get clearedRows(): number {
    return this.#clearedRows;
  }

  /** Empties the log and its file. Connections that are still open stay, with their counts at zero. */
  clear(): void {
    this.endUndo();
    this.#setAside(0, false);
    this.endUndo();
  }

  /**
   * Empties the log, as `clear`; until `endUndo`, `undoClear` brings back what was in it. The disk still has that, and
   * nothing else. Then it is a capture of its own there, where there is a next one to go on in.
   */
  clearForNow(now: number): void {
    // Where the disk refused, room is what is wanted.
    if (this.#disk.files !== undefined && this.storage.state !== "saving") return this.clear();
    // The second click of two: what the first took away can still be brought back.
    if (this.#former !== undefined && this.log.length === 0 && this.#table.order.ended === 0) return;
    this.endUndo();
    this.#disk.save(now);
    this.#disk.hold();
    this.#setAside(now, this.#disk.files !== undefined);
  }

  #setAside(now: number, stays: boolean): void {
    const { lost } = this;
    const note: LogNote = { type: "cleared", frames: this.#passed, events: this.#rows.heard.events };
    const ended = this.#table.forgetEnded();
    const openings = this.#openings.list.filter((event) => !("connection" in event) || this.#table.connections.has(event.connection));
    this.#former = new ClearedRows(this.#rows, { at: now, ended, lost, stays, openings, note });
    this.#clearedRows += this.log.length;
    // Nothing leaves memory until the disk has room for it: an undo that lasts too long, or for which too much came, is over.
    const payloads = new PayloadPages({ budget: this.#disk.files === undefined ? this.#budget : Infinity });
    this.#rows = CapturedRows.none(payloads, this.answers.keep((connection) => this.#table.connections.has(connectionId(connection))));
    this.#rows.heard.take(note);
    this.#isOther();
  }

  /** Brings back what was cleared, with what came since behind it; false where that is too late. */
  undoClear(): boolean {
    const former = this.#former;
    if (former === undefined) return false;
    this.#former = undefined;
    const by = former.rows.log.length;
    this.#clearedRows -= by;
    former.rows.append(this.#rows);
    this.#table.bringBack(former.ended);
    this.#rows = former.rows;
    this.#disk.goOn(by);
    this.#isOther();
    this.traffic.add(this.log.slice(0, this.log.length), 0, this.log.length);
    return true;
  }

  /** What was cleared goes for good: on the disk it is another capture, or goes from there too. */
  endUndo(): void {
    const former = this.#former;
    if (former === undefined) return;
    this.#former = undefined;
    const { log } = former.rows;
    // Who still reads the old log (an export) must not be given the new one's bytes.
    log.payloads.forgetFile();
    const next = former.stays && this.storage.state === "saving" ? this.#next() : undefined;
    if (next === undefined) this.#disk.empty();
    else this.#disk.leave(log, { lost: former.lost, clock: this.#table.clock.anchors.at(-1) }, next);
    const { files } = this.#disk;
    if (files !== undefined) this.log.payloads.beginSaving(files.payloads);
    this.log.payloads.setBudget(this.#budget);
    if (this.#openings.forgotten > 0) this.#faults.addTold("more connections and targets are open than are kept over a clear", "clear");
    const choices = this.decoding.keep((connection) => this.#table.connections.has(connectionId(connection)));
    this.#disk.begin([...former.beginning, ...choices, ...this.answers.events].map((event) => ({ row: 0, event })));
  }

  /** Ends an undo that is no longer offered, or for which too much would be held in memory. */
  endUndoWhenOld(now: number): void {
    if (this.#former?.isOver(now, this.log.payloads.length) === true) this.endUndo();
  }

  /** What became of messages that the user sent again together: a row of the log. */
  noteRun(connection: ConnectionId, told: Told, now: number): void {
    if (this.isKept || this.isResuming || !this.#table.connections.has(connection)) return;
    this.#takeEvent({ type: "replayed", time: this.#momentOf(now), connection, told: say("log.replayed", { told }) });
  }

  /** Now, on the clock of the rows. */
  #momentOf(now: number): MonotonicSeconds {
    return this.#table.clock.toMonotonic(now) ?? (this.log.length === 0 ? monotonicSeconds(0) : this.log.timeAt(frameIndex(this.log.length - 1)));
  }

  /** Another log stands where one was: places from before mean nothing after. */
  #isOther(): void {
    this.traffic.clear();
    this.#generation++;
    this.#connectionsRevision++;
    this.decoding.leaveLog();
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
    try {
      if (end > batch.payload.length) throw new RangeError(`Payloads end at ${end}, past their ${batch.payload.length} bytes.`);
      takeFrames({ log: this.log, traffic: this.traffic }, rows, batch.payload.subarray(offset, end), now);
    } catch (error) {
      this.log.details.drop(this.log.length);
      this.#faults.add(error);
    }
    return end;
  }

  /** What the engine before had not kept is lost: a row says how much. `before`: frames that had passed until now. */
  #takeOver({ eventsBefore, openings, framesBefore }: ToldAgain, before: number, now: number): void {
    if (this.#rows.heard.events < eventsBefore) {
      const frames = this.log.length === 0 ? framesBefore : this.#rows.heard.framesBefore;
      const known = new Set(this.#table.connections.keys());
      for (const event of openings) if (!("connection" in event && known.has(event.connection))) this.#takeEvent(event);
      this.#passed = Math.max(this.#passed, frames);
      this.#takeEvent({ type: "cleared", frames, events: eventsBefore });
    }
    this.#resumedAt = this.log.length;
    this.#takeEvent({ type: "restarted", time: this.#momentOf(now), lost: Math.max(0, before - this.#passed) });
  }

  /** Those of its events that the log does not have. What belongs to a frame that came behind it is lost with that. */
  #unheard({ events }: CaptureBatch, { eventsBefore }: ToldAgain): CaptureBatch["events"] {
    const untold = events.slice(Math.max(0, this.#rows.heard.events - eventsBefore));
    for (const { event } of untold) if (isRowDetail(event)) this.#rows.heard.take(event);
    return untold.filter(({ event }) => !isRowDetail(event));
  }

  #takeEvent(event: CaptureEvent | LogNote): void {
    try {
      this.#apply(event);
    } catch (error) {
      this.#faults.add(error);
    }
  }

  #apply(event: CaptureEvent | LogNote): void {
    if (event.type === "navigated" && !event.keepLog) this.clear();
    const at = this.log.length;
    // First of all: one that cannot be taken in here could not be read back either.
    const row = this.#table.apply(event);
    this.#rows.heard.take(event);
    if (!isLogNote(event)) this.#openings.take(event);
    this.#disk.add({ row: at, event });
    if (isRowDetail(event)) this.log.addDetail(at, event);
    this.#connectionsRevision++;
    if (event.type === "created") this.decoding.chooseAsBefore(event.connection, event.url);
    if (row === undefined) return;
    const { bits, bytes } = encodeTold(row.told, row.bits);
    const index = this.log.append(row.time, row.connection, bits, bytes);
    if (index !== undefined && event.type === "navigated") this.#rows.noteNavigation(index);
  }
}

/** Where nobody speaks: what is told is named. */
const codeOf: Tell = (told) => (typeof told === "string" ? told : told.code);
