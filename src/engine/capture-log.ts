import { isRowDetail, type CaptureBatch, type CaptureEvent, type ToldAgain } from "../model/capture-batch.ts";
import { kindOf, type FrameBits } from "../model/frame.ts";
import { connectionId, epochMilliseconds, frameIndex, monotonicSeconds, type ConnectionId, type FrameIndex } from "../model/units.ts";
import { ConnectionTable } from "../log/connection-table.ts";
import type { BlockBody, PlacedEvent } from "../log/journal-versions/block.ts";
import { JournalWriter, type BlockWords } from "../log/journal.ts";
import { DecodedColumns } from "../log/decoded-columns.ts";
import { encodeTold } from "../log/told-payload.ts";
import { DecoderChoices, type DecoderChoiceEvent } from "../log/decoder-choices.ts";
import { FrameLog, type LogSlice } from "../log/frame-log.ts";
import { Faults } from "../model/faults.ts";
import { Openings } from "../model/openings.ts";
import { messageOf, Refusal } from "../model/refusal.ts";
import { UserMarks, type UserMark, type UserMarkEvent } from "../log/user-marks.ts";
import { IndexList } from "../log/index-list.ts";
import { PayloadPages, type AppendFile } from "../log/payload-pages.ts";
import { Heard, type LogNote } from "../log/heard.ts";
import type { Restarts } from "../model/restarts.ts";
import { Recovery } from "../log/recovery.ts";
import type { Storage } from "../contract/changed.ts";
import { Traffic } from "./traffic.ts";

/** Bytes that may wait in memory before they are written. */
const SAVE_BYTES = 1 << 20;
/** Rows wait no longer than this if more come: the timer that saves the last of them may be throttled. */
const SAVE_MS = 500;
/** So often what is to be written is tried again where a bug was in the way. */
const MOST_WRITE_TRIES = 3;
/** Where the log is kept: its payloads and its journal; or why only in memory. */
export type LogFiles = { readonly payloads: AppendFile; readonly journal: AppendFile } | { readonly why: string };

/**
 * `LogFiles` of a new capture; `kept`: one of before that is to be looked at; `resumed`: one whose engine ended, and that
 * goes on here.
 */
export type LogSource = LogFiles | { readonly kept: LogFiles } | { readonly resumed: LogFiles };

/**
 * One capture as the engine holds it: the log, the connections, what passed over each, and the file it is saved to.
 * Takes batches in; answers nothing by itself.
 */
export class CaptureLog {
  readonly traffic = new Traffic();
  readonly #faults: Faults;
  #files: LogFiles;
  #budget: number;
  #table = new ConnectionTable();
  #log: FrameLog;
  #decoded = new DecodedColumns();
  #marks = new UserMarks();
  #choices = new DecoderChoices();
  /** Rows of navigations, rising. */
  #navigations = new IndexList();
  #journal: JournalWriter | undefined;
  /** Events that the journal does not have yet. */
  #unsaved: PlacedEvent[] = [];
  #recovery: Recovery | undefined;
  /** Something was written since the last flush. */
  #isUnflushed = false;
  /** Writes in a row that a bug has ended. */
  #failedWrites = 0;
  #lastSave = 0;
  /** What made the connections of the table known, for a journal that begins after a clear. */
  #openings = new Openings();
  /** Frames that Chrome had reported. */
  #passed = 0;
  /** How much of what the capture told is taken in, and how many of its events are on disk too. */
  #heard = new Heard();
  #safeEvents = 0;
  #resumedAt: number | null = null;
  #storage: Storage;
  #connectionsRevision = 0;
  #generation = 0;

  constructor(source: LogSource, budget: number, faults = new Faults("recorder")) {
    this.#faults = faults;
    const files = "kept" in source ? source.kept : "resumed" in source ? source.resumed : source;
    this.#files = files;
    this.#budget = budget;
    this.#log = this.#newLog();
    this.#journal = this.#newJournal();
    this.#storage = "why" in files ? { state: "memory only", why: files.why } : { state: "saving", savedAt: null };
    if ("kept" in source) {
      if ("why" in files) this.#storage = { state: "kept", read: 1, problem: files.why };
      else this.#beginRecovery(files, { state: "kept", read: 0, problem: null });
    } else if ("resumed" in source && !("why" in files)) this.#beginRecovery(files, this.#storage);
  }

  /** This is a capture of before: it is looked at, nothing is added to it but marks. */
  get isKept(): boolean {
    return this.#storage.state === "kept";
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
    if (recovery === undefined || !("journal" in this.#files)) return false;
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
    if (this.isKept) this.#storage = { state: "kept", read: recovery.progress, problem: recovery.problem ?? null };
    if (block === undefined) {
      this.#recovery = undefined;
      if (this.isKept) this.#endKept(recovery, this.#files.journal);
      else this.#resume(recovery, this.#files);
      return false;
    }
    if (block === "nothing yet") return true;
    const from = this.#log.length - block.bits.length;
    for (let i = 0; i < block.bits.length; i++) {
      if (kindOf(block.bits[i] as number) === "navigation") this.#navigations.push(frameIndex(from + i));
    }
    this.traffic.add(block, 0, block.bits.length);
    return true;
  }

  #endKept(recovery: Recovery, journal: AppendFile): void {
    recovery.endCapture();
    // Behind damage, rows have other numbers than in the journal.
    if (recovery.problem === undefined) this.#journal = new JournalWriter(journal, recovery.end);
  }

  /** What was written is read back: the log goes on behind it. */
  #resume(recovery: Recovery, { journal, payloads }: Extract<LogFiles, { readonly journal: AppendFile }>): void {
    try {
      if (recovery.progress < 1) throw new Refusal("The part of it that was written before could not be read because of an internal error");
      if (recovery.problem !== undefined) throw new Refusal(`The part of it that was written before is damaged: ${recovery.problem}`);
      if (recovery.tornAt !== undefined) journal.cutTo(recovery.tornAt);
      // Payloads of a block that was not written any more.
      payloads.cutTo(this.#log.payloads.length);
      this.#log.payloads.goOn(payloads);
      this.#journal = new JournalWriter(journal, recovery.end);
    } catch (error) {
      this.#log.payloads.goOn(undefined);
      this.#stopSaving(error);
    }
    this.#safeEvents = this.#heard.events;
    this.#openings = recovery.openings;
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
    if (this.#storage.state === "saving" || this.#storage.state === "kept") this.#unsaved.push({ row: this.#log.length, event });
  }

  /** The decoder that the user chose for a connection; null: none. */
  decoderChoice(connection: number): string | null {
    return this.#choices.of(connection);
  }

  /** Has a connection's messages decoded by this decoder, or, with null, as the decoders themselves find out. */
  chooseDecoder(connection: ConnectionId, decoder: string | null): void {
    const url = this.#table.connections.get(connection)?.url;
    if (url === undefined || this.#choices.of(connection) === decoder) return;
    this.#choices.remember(url, decoder);
    this.#applyChoice({ type: "decode-as", connection, decoder, fromStart: false });
    // What decoders learnt of one connection goes into pairs and labels of all.
    this.#decoded = new DecodedColumns();
  }

  /** What connections that are still to come are decoded as; see `DecoderChoices.remember`. */
  rememberDecoder(url: string, decoder: string | null): void {
    this.#choices.remember(url, decoder);
  }

  #applyChoice(event: DecoderChoiceEvent): void {
    this.#choices.apply(event);
    this.#connectionsRevision++;
    if (this.#storage.state === "saving" || this.#storage.state === "kept") this.#unsaved.push({ row: this.#log.length, event });
  }

  /** Grows when all messages are to be decoded anew: by other decoders, or because it is another log. */
  get decodings(): number {
    return this.#generation + this.#choices.revision;
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
    return this.#storage.state === "saving" ? this.#safeEvents : this.#heard.events;
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
    if (this.#log.payloads.pending >= SAVE_BYTES || now - this.#lastSave >= SAVE_MS) this.save(now);
  }

  /** Writes what is pending. Where that fails, the log goes on in memory and says so. */
  save(now: number): void {
    this.#lastSave = now;
    // Behind what is still being read back nothing can be written yet.
    if (this.#recovery !== undefined) return;
    if (this.#storage.state === "kept") this.#saveMarks();
    if (this.#storage.state !== "saving" || (this.#log.payloads.pending === 0 && this.#unsaved.length === 0)) return;
    this.#write(now, "goes on");
  }

  /**
   * Has the disk keep what was written. What was written outlives the browser anyway; this is for the machine that loses
   * its power, and would cost the capture too much with each block.
   */
  flush(): void {
    if (this.#storage.state !== "saving" || !this.#isUnflushed || !("journal" in this.#files)) return;
    this.#isUnflushed = false;
    try {
      this.#files.payloads.flush();
      this.#files.journal.flush();
    } catch (error) {
      this.#stopSaving(error);
    }
  }

  /** Writes what is pending, and that the capture ended in order. */
  end(now: number): void {
    if (this.#storage.state === "saving") this.#write(now, "ended");
    else this.save(now);
    this.flush();
    if (!("journal" in this.#files)) return;
    this.#files.journal.close();
    this.#files.payloads.close();
  }

  /** Nothing of this capture is to stay on the disk: what is there goes, and the log goes on in memory. */
  forgetDisk(why: string): void {
    if (!("journal" in this.#files)) return;
    const { journal, payloads } = this.#files;
    this.#log.payloads.forgetFile();
    if (this.#recovery !== undefined) {
      // It comes before anything is read back.
      this.#recovery = undefined;
      this.#log = new FrameLog(new PayloadPages({ budget: this.#budget }));
    }
    this.#files = { why };
    this.#journal = undefined;
    this.#unsaved = [];
    this.#storage = { state: "memory only", why };
    for (const file of [journal, payloads]) {
      try {
        file.cutTo(0);
      } catch (error) {
        this.#storage = { state: "memory only", why: `${why} What was written before could not be removed (${messageOf(error)}).` };
        if (!(error instanceof Refusal)) this.#faults.add(error);
      }
      file.close();
    }
  }

  #write(now: number, end: "goes on" | "ended"): void {
    try {
      // Payloads first: a block is whole only if what it speaks of is there.
      this.#log.payloads.save();
      this.#writeBlock(end);
      this.#isUnflushed = true;
      this.#failedWrites = 0;
      this.#storage = { state: "saving", savedAt: epochMilliseconds(now) };
    } catch (error) {
      this.#stopSaving(error);
    }
  }

  #writeBlock(end: "goes on" | "ended"): void {
    this.#journal?.write(this.#log, this.#blockWords(end));
    this.#unsaved = [];
    this.#safeEvents = this.#heard.events;
  }

  /** The disk refuses: the log goes on in memory. A bug of ours is no word of the disk's: the next save tries again, some times. */
  #stopSaving(error: unknown): void {
    if (!(error instanceof Refusal)) {
      this.#faults.add(error);
      if (++this.#failedWrites < MOST_WRITE_TRIES) return;
    }
    this.#log.payloads.stopSaving();
    this.#storage = error instanceof Refusal ? memoryOnly(error) : { state: "memory only", why: FAILED_TO_WRITE };
  }

  #blockWords(end: BlockWords["end"]): BlockWords {
    return { events: this.#unsaved, lost: this.lost, clock: this.#table.clock.anchors.at(-1), end };
  }

  /** Marks on a kept capture go into its journal, once that is read and found whole. */
  #saveMarks(): void {
    if (this.#recovery !== undefined || this.#unsaved.length === 0) return;
    try {
      this.#journal?.write(this.#log, this.#blockWords("goes on"));
      this.#unsaved = [];
    } catch (error) {
      if (!(error instanceof Refusal)) this.#faults.add(error);
      this.#journal = undefined;
      this.#storage = { state: "kept", read: 1, problem: `Nothing more can be written to the disk (${messageOf(error)}).` };
    }
  }

  #beginRecovery({ journal, payloads }: Extract<LogFiles, { readonly journal: AppendFile }>, storage: Storage): void {
    const recovery = new Recovery(journal, payloads, this.#budget, storage.state !== "kept");
    this.#recovery = recovery;
    this.#journal = undefined;
    this.#log = recovery.log;
    this.#table = recovery.table;
    this.#marks = recovery.marks;
    this.#choices = recovery.choices;
    this.#heard = recovery.heard;
    this.#storage = storage;
  }

  setBudget(bytes: number): void {
    this.#budget = bytes;
    this.#log.payloads.setBudget(bytes);
  }

  /** Empties the log and its file. Connections that are still open stay, with their counts at zero. */
  clear(): void {
    this.#table.forgetEnded();
    this.traffic.clear();
    const cleared: LogNote = { type: "cleared", frames: this.#passed, events: this.#heard.events };
    this.#heard.take(cleared);
    this.#generation++;
    this.#connectionsRevision++;
    // Who still reads the old log (an export) must not be given the new one's bytes.
    this.#log.payloads.forgetFile();
    if ("payloads" in this.#files) {
      try {
        this.#files.journal.cutTo(0);
        this.#files.payloads.cutTo(0);
        this.#storage = { state: "saving", savedAt: null };
        this.#failedWrites = 0;
      } catch (error) {
        if (!(error instanceof Refusal)) this.#faults.add(error);
        this.#storage = { state: "memory only", why: `What was cleared here is still on the disk (${messageOf(error)}). Frames are kept in memory up to the budget; delete it from the list of captures once this one has ended.` };
      }
    }
    this.#log = this.#newLog();
    this.#decoded = new DecodedColumns();
    this.#marks = new UserMarks();
    this.#navigations = new IndexList();
    this.#journal = this.#newJournal();
    const openings = this.#openings.list.filter((event) => !("connection" in event) || this.#table.connections.has(event.connection));
    if (this.#openings.forgotten > 0) this.#faults.addTold("more connections and targets are open than are kept over a clear", "clear");
    const choices = this.#choices.keep((connection) => this.#table.connections.has(connectionId(connection)));
    this.#unsaved = [...openings, cleared, ...choices].map((event) => ({ row: 0, event }));
    if (this.#storage.state !== "saving") return this.#log.payloads.stopSaving();
    try {
      // At once: an engine that takes over could not tell otherwise what had passed before.
      this.#writeBlock("goes on");
    } catch (error) {
      this.#stopSaving(error);
    }
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
    const time = this.#table.clock.toMonotonic(now) ?? (this.#log.length === 0 ? monotonicSeconds(0) : this.#log.timeAt(frameIndex(this.#log.length - 1)));
    this.#takeEvent({ type: "restarted", time, lost: Math.max(0, before - this.#passed) });
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
    if (event.type !== "cleared" && event.type !== "restarted") this.#openings.take(event);
    if (this.#storage.state === "saving") this.#unsaved.push({ row: at, event });
    if (isRowDetail(event)) this.#log.details.add(at, event);
    this.#connectionsRevision++;
    if (event.type === "created") this.#chooseAsBefore(event);
    if (row === undefined) return;
    const { bits, bytes } = encodeTold(row.told, row.bits);
    const index = this.#log.append(row.time, row.connection, bits, bytes);
    if (index !== undefined && event.type === "navigated") this.#navigations.push(index);
  }

  /** A connection to an address for which the user chose a decoder before. */
  #chooseAsBefore({ connection, url }: Extract<CaptureEvent, { type: "created" }>): void {
    const decoder = this.#choices.rememberedFor(url);
    if (decoder !== undefined) this.#applyChoice({ type: "decode-as", connection, decoder, fromStart: true });
  }
}

const FAILED_TO_WRITE = "An internal error keeps Framescope from writing to the disk. What was captured is kept in memory; export it, then open DevTools anew.";

function memoryOnly(refusal: Refusal): Storage {
  return {
    state: "memory only",
    why: `Nothing more can be written to the disk (${refusal.message}). What was captured is kept; free some space, then export or clear.`,
  };
}
