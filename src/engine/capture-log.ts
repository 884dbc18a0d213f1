import { isRowDetail, type CaptureBatch, type CaptureEvent, type ToldAgain } from "../model/capture-batch.ts";
import type { Connection } from "../model/connection.ts";
import { kindOf, type FrameBits } from "../model/frame.ts";
import type { OwnDecoder } from "../model/own-decoder.ts";
import { connectionId, frameIndex, monotonicSeconds, type ConnectionId, type FrameIndex, type MonotonicSeconds } from "../model/units.ts";
import { ConnectionTable } from "../log/connection-table.ts";
import type { BlockBody } from "../log/journal-versions/block.ts";
import { DecodedColumns } from "../log/decoded-columns.ts";
import { encodeTold } from "../log/told-payload.ts";
import { DecoderChoices, type DecoderChoice } from "../log/decoder-choices.ts";
import { FrameLog, type LogSlice } from "../log/frame-log.ts";
import { KeptAnswers, type AnswerEvent } from "../log/kept-answers.ts";
import { Faults } from "../model/faults.ts";
import type { HttpExchange } from "../model/http-exchange.ts";
import { Openings } from "../model/openings.ts";
import { UserMarks, type UserMark, type UserMarkEvent } from "../log/user-marks.ts";
import { IndexList } from "../log/index-list.ts";
import { PayloadPages } from "../log/payload-pages.ts";
import { Heard, isLogNote, type LogNote } from "../log/heard.ts";
import type { Restarts } from "../model/restarts.ts";
import { Recovery } from "../log/recovery.ts";
import type { WantedBlocks } from "../log/wanted-blocks.ts";
import type { Cleared, Storage } from "../contract/changed.ts";
import { CaptureDisk, type CaptureFiles, type LogSource } from "./capture-disk.ts";
import { OwnDecoders } from "./own/own-decoders.ts";
import { Traffic } from "./traffic.ts";
import { say, type Tell, type Told } from "../model/said.ts";

/** For how long a clear can be undone. */
const UNDO_MS = 10_000;
/** While it can, what comes stays in memory: no more than this. */
const MOST_BEHIND_UNDO = 64 * 2 ** 20;

/** All that a clear takes away, until that is final. */
interface Former {
  /** When it was cleared. */
  readonly at: number;
  readonly log: FrameLog;
  readonly marks: UserMarks;
  readonly answers: KeptAnswers;
  readonly navigations: IndexList;
  readonly heard: Heard;
  readonly ended: readonly Connection[];
  readonly lost: number;
  /** Of those that a user clears; a page that navigates leaves nothing. */
  readonly stays: boolean;
  /** What made known the connections that went on. */
  readonly openings: readonly CaptureEvent[];
  readonly note: LogNote;
}

/**
 * One capture as the engine holds it: the log, the connections, what passed over each, and the file it is saved to.
 * Takes batches in; answers nothing by itself.
 */
export class CaptureLog {
  readonly traffic = new Traffic();
  readonly #faults: Faults;
  readonly #disk: CaptureDisk;
  readonly #next: () => CaptureFiles | undefined;
  #budget: number;
  #table = new ConnectionTable();
  #log: FrameLog;
  #decoded = new DecodedColumns();
  #marks = new UserMarks();
  #choices = new DecoderChoices();
  readonly #ownDecoders = new OwnDecoders();
  #answers = new KeptAnswers();
  /** Rows of navigations, rising. */
  #navigations = new IndexList();
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
  /** How much of what the capture told is taken in. */
  #heard = new Heard();
  #resumedAt: number | null = null;
  /** What was cleared a moment ago. */
  #former: Former | undefined;
  #connectionsRevision = 0;
  #generation = 0;
  #clearedRows = 0;
  #decodedAnew = 0;

  /** `next`: the files that a capture goes on in after a clear, where what was cleared is to stay; asked for once that is final. */
  constructor(source: LogSource, budget: number, faults = new Faults("recorder"), tell: Tell = codeOf, next: () => CaptureFiles | undefined = () => undefined) {
    this.tell = tell;
    this.#next = next;
    this.#faults = faults;
    this.#budget = budget;
    this.#disk = new CaptureDisk(source, faults, () => ({ log: this.#log, lost: this.lost, clock: this.#table.clock.anchors.at(-1), heard: this.#heard.events }));
    this.#log = this.#newLog();
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
    const { decodings } = this;
    let block: BlockBody | "nothing yet" | undefined;
    try {
      block = recovery.step();
    } catch (error) {
      this.#faults.add(error);
    }
    this.#connectionsRevision++;
    if (this.decodings !== decodings) this.#decoded = new DecodedColumns();
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
    const from = this.#log.length - block.bits.length;
    let known = -1;
    let isNavigation = false;
    // Rows that come one after another are mostly of the same sort.
    for (let i = 0; i < block.bits.length; i++) {
      const bits = block.bits[i] as number;
      if (bits !== known) isNavigation = kindOf((known = bits)) === "navigation";
      if (isNavigation) this.#navigations.push(frameIndex(from + i));
    }
    this.traffic.add(block, 0, block.bits.length);
    return true;
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
    this.#disk.addOfUser({ row: this.#log.length, event });
  }

  /** HTTP answers that gave what connections use. */
  get answers(): KeptAnswers {
    return this.#answers;
  }

  /** Keeps answers that gave what a connection uses, those that it has not already, as far as there is room. */
  keepAnswers(connection: ConnectionId, exchanges: readonly HttpExchange[]): void {
    for (const exchange of exchanges) {
      const event: AnswerEvent = { type: "answer", connection, exchange };
      if (this.#answers.apply(event)) this.#disk.addOfUser({ row: this.#log.length, event });
    }
  }

  /** The decoder and the schema that the user chose for a connection. */
  decoderChoice(connection: number): DecoderChoice {
    return this.#choices.of(connection);
  }

  get ownDecoders(): OwnDecoders {
    return this.#ownDecoders;
  }

  /** What was read by one of the user's own that is another now is decoded anew. */
  setOwnDecoders(decoders: readonly OwnDecoder[]): void {
    const isOther = this.#ownDecoders.set(decoders);
    if ([...this.#table.connections.keys()].some((id) => isOther(this.#choices.of(id).decoder))) this.decodeAnew();
    this.#connectionsRevision++;
  }

  /** Has a connection's messages decoded by this decoder and schema; without either as the decoders themselves find out. */
  chooseDecoder(connection: ConnectionId, choice: DecoderChoice): void {
    const url = this.#table.connections.get(connection)?.url;
    const before = this.#choices.of(connection);
    if (url === undefined || (before.decoder === choice.decoder && before.schema === choice.schema)) return;
    this.#choices.remember(url, choice);
    this.#applyChoice(connection, choice, false);
    // What decoders learnt of one connection goes into pairs and labels of all.
    this.#decoded = new DecodedColumns();
  }

  /** Forgets what decoding found. */
  decodeAnew(): void {
    this.#decodedAnew++;
    this.#decoded = new DecodedColumns();
  }

  /** What connections that are still to come are decoded as; see `DecoderChoices.remember`. */
  rememberDecoders(choices: readonly { readonly url: string; readonly decoder: string | null; readonly schema?: string | undefined }[]): void {
    this.#choices.rememberOnly(choices);
  }

  #applyChoice(connection: number, choice: DecoderChoice, fromStart: boolean): void {
    const event = this.#choices.event(connection, choice, fromStart);
    this.#choices.apply(event);
    this.#connectionsRevision++;
    this.#disk.addOfUser({ row: this.#log.length, event });
  }

  /** Grows when all messages are to be decoded anew: by other decoders, or because it is another log. */
  get decodings(): number {
    return this.#generation + this.#choices.revision + this.#decodedAnew;
  }

  /** What decoding found of the log's rows, as far as it has come. */
  get decoded(): DecodedColumns {
    return this.#decoded;
  }

  get table(): ConnectionTable {
    return this.#table;
  }

  get storage(): Storage {
    return this.#disk.storage;
  }

  /** Grows with every change to the table of connections, and by `noteTraffic` with their counts and rates. */
  get connectionsRevision(): number {
    return this.#connectionsRevision;
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
    return Math.max(0, this.#passed - this.#heard.framesBefore - this.#log.messages);
  }

  /** Events of the capture, from its first, that need not be told to another engine should this one end. */
  get safeEvents(): number {
    return this.storage.state === "saving" ? this.#disk.safeEvents : this.#heard.events;
  }

  /** Frames that had passed at the last clear. */
  get framesBefore(): number {
    return this.#heard.framesBefore;
  }

  /** Rows before this one were in the log of the engine before. */
  get resumedAt(): number | null {
    return this.#resumedAt;
  }

  /** How often another engine took this capture over since the last clear, and what that cost. */
  get restarts(): Restarts {
    return this.#heard.restarts;
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
    if (this.#disk.isDue(this.#log.payloads.pending, now)) this.save(now);
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
    this.#log.payloads.forgetFile();
    if (this.#recovery !== undefined) {
      // It comes before anything is read back.
      this.#recovery = undefined;
      this.#log = new FrameLog(new PayloadPages({ budget: this.#budget }));
    }
    this.#disk.forget(why);
  }

  #beginRecovery({ journal, payloads }: CaptureFiles, wanted: WantedBlocks | undefined): void {
    const recovery = new Recovery(journal, payloads, this.#budget, { goesOn: !this.isKept, wanted });
    if (wanted !== undefined) this.#excerpt = recovery;
    this.#recovery = recovery;
    this.#log = recovery.log;
    this.#table = recovery.table;
    this.#marks = recovery.marks;
    this.#choices = recovery.choices;
    this.#answers = recovery.answers;
    this.#heard = recovery.heard;
  }

  setBudget(bytes: number): void {
    this.#budget = bytes;
    if (this.#former === undefined) this.#log.payloads.setBudget(bytes);
  }

  /** What an undo would bring back; null where there is none. */
  get cleared(): Omit<Cleared, "isKept"> | null {
    return this.#former === undefined ? null : { frames: this.#former.log.messages, connections: this.#former.ended.length };
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
    if (this.#former !== undefined && this.#log.length === 0 && this.#table.order.ended === 0) return;
    this.endUndo();
    this.#disk.save(now);
    this.#disk.hold();
    this.#setAside(now, this.#disk.files !== undefined);
  }

  #setAside(now: number, stays: boolean): void {
    const { lost } = this;
    const note: LogNote = { type: "cleared", frames: this.#passed, events: this.#heard.events };
    const ended = this.#table.forgetEnded();
    const openings = this.#openings.list.filter((event) => !("connection" in event) || this.#table.connections.has(event.connection));
    this.#former = { at: now, log: this.#log, marks: this.#marks, answers: this.#answers, navigations: this.#navigations, heard: this.#heard, ended, lost, stays, openings, note };
    this.#clearedRows += this.#log.length;
    this.#heard = new Heard();
    this.#heard.take(note);
    // Nothing leaves memory until the disk has room for it: `MOST_BEHIND_UNDO` is its bound.
    this.#log = new FrameLog(new PayloadPages({ budget: this.#disk.files === undefined ? this.#budget : Infinity }));
    this.#marks = new UserMarks();
    this.#answers = this.#answers.keep((connection) => this.#table.connections.has(connectionId(connection)));
    this.#navigations = new IndexList();
    this.#isOther();
  }

  /** Brings back what was cleared, with what came since behind it; false where that is too late. */
  undoClear(): boolean {
    const former = this.#former;
    if (former === undefined) return false;
    this.#former = undefined;
    const by = former.log.length;
    this.#clearedRows -= by;
    former.log.appendLog(this.#log);
    former.marks.addAll(this.#marks, by);
    for (const event of this.#answers.events) former.answers.apply(event);
    for (let i = 0; i < this.#navigations.length; i++) former.navigations.push(frameIndex(this.#navigations.at(i) + by));
    former.heard.goOnAt(this.#heard.events);
    this.#table.bringBack(former.ended);
    this.#log = former.log;
    this.#marks = former.marks;
    this.#answers = former.answers;
    this.#navigations = former.navigations;
    this.#heard = former.heard;
    this.#disk.goOn(by);
    this.#isOther();
    this.traffic.add(this.#log.slice(0, this.#log.length), 0, this.#log.length);
    return true;
  }

  /** What was cleared goes for good: on the disk it is another capture, or goes from there too. */
  endUndo(): void {
    const former = this.#former;
    if (former === undefined) return;
    this.#former = undefined;
    // Who still reads the old log (an export) must not be given the new one's bytes.
    former.log.payloads.forgetFile();
    // Of nothing, no capture is made.
    const next = former.stays && former.log.length > 0 && this.storage.state === "saving" ? this.#next() : undefined;
    if (next === undefined) this.#disk.empty();
    else this.#disk.leave(former.log, { lost: former.lost, clock: this.#table.clock.anchors.at(-1) }, next);
    const { files } = this.#disk;
    if (files !== undefined) this.#log.payloads.beginSaving(files.payloads);
    this.#log.payloads.setBudget(this.#budget);
    if (this.#openings.forgotten > 0) this.#faults.addTold("more connections and targets are open than are kept over a clear", "clear");
    const choices = this.#choices.keep((connection) => this.#table.connections.has(connectionId(connection)));
    this.#disk.begin([...former.openings, former.note, ...choices, ...this.#answers.events].map((event) => ({ row: 0, event })));
  }

  /** Ends an undo that is no longer offered, or for which too much would be held in memory. */
  endUndoWhenOld(now: number): void {
    const at = this.#former?.at;
    if (at !== undefined && (now - at >= UNDO_MS || now < at || this.#log.payloads.length > MOST_BEHIND_UNDO)) this.endUndo();
  }

  /** What became of messages that the user sent again together: a row of the log. */
  noteRun(connection: ConnectionId, told: Told, now: number): void {
    if (this.isKept || this.isResuming || !this.#table.connections.has(connection)) return;
    this.#takeEvent({ type: "replayed", time: this.#momentOf(now), connection, told: say("log.replayed", { told }) });
  }

  /** Now, on the clock of the rows. */
  #momentOf(now: number): MonotonicSeconds {
    return this.#table.clock.toMonotonic(now) ?? (this.#log.length === 0 ? monotonicSeconds(0) : this.#log.timeAt(frameIndex(this.#log.length - 1)));
  }

  /** Another log stands where one was: places from before mean nothing after. */
  #isOther(): void {
    this.traffic.clear();
    this.#generation++;
    this.#connectionsRevision++;
    this.#decoded = new DecodedColumns();
  }

  #newLog(): FrameLog {
    return new FrameLog(new PayloadPages({ budget: this.#budget, file: this.#disk.files?.payloads }));
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
      const areAllTaken = this.#log.appendAll(rows, batch.payload.subarray(offset, end));
      // Together they found no room; one by one some may.
      if (areAllTaken) this.traffic.add(rows, 0, to - from, now);
      else this.#takeOneByOne(rows, batch.payload.subarray(offset, end), now);
    } catch (error) {
      this.#log.details.drop(this.#log.length);
      this.#faults.add(error);
    }
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
      if (place === undefined) this.#log.details.drop(this.#log.length);
      else this.traffic.add(rows, i, i + 1, now);
      offset = end;
    }
  }

  /** What the engine before had not kept is lost: a row says how much. `before`: frames that had passed until now. */
  #takeOver({ eventsBefore, openings, framesBefore }: ToldAgain, before: number, now: number): void {
    if (this.#heard.events < eventsBefore) {
      const frames = this.#log.length === 0 ? framesBefore : this.#heard.framesBefore;
      const known = new Set(this.#table.connections.keys());
      for (const event of openings) if (!("connection" in event && known.has(event.connection))) this.#takeEvent(event);
      this.#passed = Math.max(this.#passed, frames);
      this.#takeEvent({ type: "cleared", frames, events: eventsBefore });
    }
    this.#resumedAt = this.#log.length;
    this.#takeEvent({ type: "restarted", time: this.#momentOf(now), lost: Math.max(0, before - this.#passed) });
  }

  /** Those of its events that the log does not have. What belongs to a frame that came behind it is lost with that. */
  #unheard({ events }: CaptureBatch, { eventsBefore }: ToldAgain): CaptureBatch["events"] {
    const untold = events.slice(Math.max(0, this.#heard.events - eventsBefore));
    for (const { event } of untold) if (isRowDetail(event)) this.#heard.take(event);
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
    const at = this.#log.length;
    // First of all: one that cannot be taken in here could not be read back either.
    const row = this.#table.apply(event);
    this.#heard.take(event);
    if (!isLogNote(event)) this.#openings.take(event);
    this.#disk.add({ row: at, event });
    if (isRowDetail(event)) this.#log.addDetail(at, event);
    this.#connectionsRevision++;
    if (event.type === "created") this.#chooseAsBefore(event);
    if (row === undefined) return;
    const { bits, bytes } = encodeTold(row.told, row.bits);
    const index = this.#log.append(row.time, row.connection, bits, bytes);
    if (index !== undefined && event.type === "navigated") this.#navigations.push(index);
  }

  /** A connection to an address for which the user chose a decoder before. */
  #chooseAsBefore({ connection, url }: Extract<CaptureEvent, { type: "created" }>): void {
    const choice = this.#choices.rememberedFor(url);
    if (choice !== undefined) this.#applyChoice(connection, choice, true);
  }
}

/** Where nobody speaks: what is told is named. */
const codeOf: Tell = (told) => (typeof told === "string" ? told : told.code);
