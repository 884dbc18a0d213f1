import type { Storage } from "../contract/changed.ts";
import type { FrameLog } from "../log/frame-log.ts";
import type { PlacedEvent } from "../log/journal-versions/block.ts";
import { JournalWriter, type BlockWords } from "../log/journal.ts";
import type { AppendFile } from "../log/payload-pages.ts";
import type { Recovery } from "../log/recovery.ts";
import type { WantedRows } from "../log/wanted-rows.ts";
import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import { epochMilliseconds, frameIndex } from "../model/units.ts";
import { say, type Told } from "../model/said.ts";

/** Bytes that may wait in memory before they are written. */
const SAVE_BYTES = 1 << 20;
/** Rows wait no longer than this if more come: the timer that saves the last of them may be throttled. */
const SAVE_MS = 500;
/** So often what is to be written is tried again where a bug was in the way. */
const MOST_WRITE_TRIES = 3;

/** A capture's payloads and its journal. */
export interface CaptureFiles {
  readonly payloads: AppendFile;
  readonly journal: AppendFile;
}

/** Where the log is kept; or why only in memory. */
export type LogFiles = CaptureFiles | { readonly why: Told };

/**
 * `LogFiles` of a new capture; `kept`: one of before that is to be looked at, or of which `wanted` is; `resumed`: one whose engine ended, and that
 * goes on here.
 */
export type LogSource = LogFiles | { readonly kept: LogFiles; readonly wanted?: WantedRows } | { readonly resumed: LogFiles };

/** What a block says of the capture at the time of its writing. */
export interface ToWrite extends Pick<BlockWords, "lost" | "clock"> {
  readonly log: FrameLog;
  /** Events that the capture has told. */
  readonly heard: number;
}

/** What of a capture stands on the disk, or why nothing does. Where the disk refuses, the log goes on in memory. */
export class CaptureDisk {
  readonly #faults: Faults;
  readonly #toWrite: () => ToWrite;
  #files: LogFiles;
  #journal: JournalWriter | undefined;
  /** Events that the journal does not have yet. */
  #unsaved: PlacedEvent[] = [];
  /** What was written before is being read back: behind it nothing can be written yet. */
  #isReading = false;
  /** Something was written since the last flush. */
  #isUnflushed = false;
  /** Writes in a row that a bug has ended. */
  #failedWrites = 0;
  /** Events before this one were there when writing was held; undefined: it is not. */
  #heldFrom: number | undefined;
  #lastSave = 0;
  #safeEvents = 0;
  #storage: Storage;

  constructor(source: LogSource, faults: Faults, toWrite: () => ToWrite) {
    this.#faults = faults;
    this.#toWrite = toWrite;
    const files = "kept" in source ? source.kept : "resumed" in source ? source.resumed : source;
    this.#files = files;
    this.#isReading = !("why" in files) && ("kept" in source || "resumed" in source);
    this.#journal = "why" in files || this.#isReading ? undefined : new JournalWriter(files.journal);
    if ("kept" in source) this.#storage = "why" in files ? { state: "kept", read: 1, problem: files.why } : { state: "kept", read: 0, problem: null };
    else this.#storage = "why" in files ? { state: "memory only", why: files.why } : { state: "saving", savedAt: null };
  }

  get storage(): Storage {
    return this.#storage;
  }

  get isKept(): boolean {
    return this.#storage.state === "kept";
  }

  /** Undefined where nothing is on the disk. */
  get files(): CaptureFiles | undefined {
    return "why" in this.#files ? undefined : this.#files;
  }

  /** What was written before is to be read back first: `read` tells how far that is, `endReading` that it is done. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** Events of the capture, from its first, that are written. */
  get safeEvents(): number {
    return this.#safeEvents;
  }

  read({ progress, problem }: Recovery): void {
    if (this.isKept) this.#storage = { state: "kept", read: progress, problem: problem ?? null };
  }

  endReading(recovery: Recovery): void {
    this.#isReading = false;
    const { files } = this;
    if (files === undefined) return;
    if (!this.isKept) this.#goOn(recovery, files);
    // Behind damage, rows have other numbers than in the journal.
    else if (recovery.problem === undefined) this.#journal = new JournalWriter(files.journal, recovery.end);
  }

  /** The log goes on behind what was read back. */
  #goOn(recovery: Recovery, { journal, payloads }: CaptureFiles): void {
    const pages = recovery.log.payloads;
    try {
      if (recovery.progress < 1) throw new Refusal(say("engine.resume-bug"));
      if (recovery.problem !== undefined) throw new Refusal(say("engine.resume-damaged"));
      if (recovery.tornAt !== undefined) journal.cutTo(recovery.tornAt);
      // Payloads of a block that was not written any more.
      payloads.cutTo(pages.length);
      pages.goOn(payloads);
      this.#journal = new JournalWriter(journal, recovery.end);
    } catch (error) {
      pages.goOn(undefined);
      this.#stopSaving(error);
    }
    this.#safeEvents = recovery.heard.events;
  }

  /** An event of the capture, to be written with the rows around it. */
  add(event: PlacedEvent): void {
    if (this.#storage.state === "saving") this.#unsaved.push(event);
  }

  /** What the user says of the capture: also of one that is only looked at. */
  addOfUser(event: PlacedEvent): void {
    if (this.#storage.state === "saving" || this.isKept) this.#unsaved.push(event);
  }

  /** Whether so much waits, or so long, that it is to be saved. */
  isDue(pending: number, now: number): boolean {
    return pending >= SAVE_BYTES || now - this.#lastSave >= SAVE_MS;
  }

  /** Writes what is pending. Where that fails, the log goes on in memory and says so. */
  save(now: number): void {
    this.#lastSave = now;
    if (this.#isReading || this.#heldFrom !== undefined) return;
    if (this.isKept) this.#saveMarks();
    if (this.#storage.state !== "saving" || (this.#unsaved.length === 0 && this.#toWrite().log.payloads.pending === 0)) return;
    this.#write(now, "goes on");
  }

  /**
   * Has the disk keep what was written. What was written outlives the browser anyway; this is for the machine that loses
   * its power, and would cost the capture too much with each block.
   */
  flush(): void {
    const { files } = this;
    if (this.#storage.state !== "saving" || !this.#isUnflushed || files === undefined) return;
    this.#isUnflushed = false;
    try {
      files.payloads.flush();
      files.journal.flush();
    } catch (error) {
      this.#stopSaving(error);
    }
  }

  /** Writes nothing until `goOn`, or until a new log begins. */
  hold(): void {
    this.#heldFrom = this.#unsaved.length;
  }

  /** The log of before the hold goes on, with what was told meanwhile: its rows stand `by` rows further on. */
  goOn(by: number): void {
    const from = this.#heldFrom ?? this.#unsaved.length;
    this.#heldFrom = undefined;
    this.#unsaved = this.#unsaved.map((placed, i) => (i < from ? placed : movedBy(placed, by)));
  }

  /** Writes what is pending, and that the capture ended in order. */
  end(now: number): void {
    if (this.#storage.state === "saving") this.#write(now, "ended");
    else this.save(now);
    this.flush();
    this.files?.journal.close();
    this.files?.payloads.close();
  }

  /** Nothing of this capture is to stay on the disk: what is there goes. The log must have let go of its file. */
  forget(why: Told): void {
    const { files } = this;
    if (files === undefined) return;
    this.#files = { why };
    this.#isReading = false;
    this.#journal = undefined;
    this.#unsaved = [];
    this.#storage = { state: "memory only", why };
    for (const file of [files.journal, files.payloads]) {
      try {
        file.cutTo(0);
      } catch (error) {
        this.#storage = { state: "memory only", why: say("engine.not-removed", { why, reason: reasonOf(error) }) };
        if (!(error instanceof Refusal)) this.#faults.add(error);
      }
      file.close();
    }
  }

  /** What is written so far is a capture that has ended, of this log; what comes goes into `files`. `begin` is to be called next. */
  leave(log: FrameLog, { lost, clock }: Pick<BlockWords, "lost" | "clock">, files: CaptureFiles): void {
    const before = this.files;
    try {
      this.#journal?.write(log, { lost, clock, events: [], end: "ended" });
      before?.payloads.flush();
      before?.journal.flush();
    } catch (error) {
      // It opens as one that was cut off.
      if (!(error instanceof Refusal)) this.#faults.add(error);
    }
    before?.journal.close();
    before?.payloads.close();
    this.#files = files;
    this.#isUnflushed = false;
    this.#storage = { state: "saving", savedAt: null };
  }

  /** Empties the files, of which the log must have let go. `begin` is to be called once there is a new log. */
  empty(): void {
    const { files } = this;
    if (files === undefined) return;
    try {
      files.journal.cutTo(0);
      files.payloads.cutTo(0);
      this.#storage = { state: "saving", savedAt: null };
      this.#failedWrites = 0;
    } catch (error) {
      if (!(error instanceof Refusal)) this.#faults.add(error);
      this.#storage = { state: "memory only", why: say("engine.not-cleared", { why: reasonOf(error) }) };
    }
  }

  /** A new log begins, with these events; of a hold, what was told meanwhile is the new log's. */
  begin(events: readonly PlacedEvent[]): void {
    this.#journal = this.files && new JournalWriter(this.files.journal);
    this.#unsaved = [...events, ...(this.#heldFrom === undefined ? [] : this.#unsaved.slice(this.#heldFrom))];
    this.#heldFrom = undefined;
    if (this.#storage.state !== "saving") return this.#toWrite().log.payloads.stopSaving();
    try {
      this.#toWrite().log.payloads.save();
      // At once: an engine that takes over could not tell otherwise what had passed before.
      this.#writeBlock("goes on");
    } catch (error) {
      this.#stopSaving(error);
    }
  }

  #write(now: number, end: "goes on" | "ended"): void {
    try {
      // Payloads first: a block is whole only if what it speaks of is there.
      this.#toWrite().log.payloads.save();
      this.#writeBlock(end);
      this.#isUnflushed = true;
      this.#failedWrites = 0;
      this.#storage = { state: "saving", savedAt: epochMilliseconds(now) };
    } catch (error) {
      this.#stopSaving(error);
    }
  }

  #writeBlock(end: "goes on" | "ended"): void {
    const { log, heard, ...words } = this.#toWrite();
    this.#journal?.write(log, { ...words, events: this.#unsaved, end });
    this.#unsaved = [];
    this.#safeEvents = heard;
  }

  /** Marks on a kept capture go into its journal, once that is read and found whole. */
  #saveMarks(): void {
    if (this.#unsaved.length === 0) return;
    try {
      this.#writeBlock("goes on");
    } catch (error) {
      if (!(error instanceof Refusal)) this.#faults.add(error);
      this.#journal = undefined;
      this.#storage = { state: "kept", read: 1, problem: say("engine.marks-refused", { why: reasonOf(error) }) };
    }
  }

  /** The disk refuses: the log goes on in memory. A bug of ours is no word of the disk's: the next save tries again, some times. */
  #stopSaving(error: unknown): void {
    if (!(error instanceof Refusal)) {
      this.#faults.add(error);
      if (++this.#failedWrites < MOST_WRITE_TRIES) return;
    }
    this.#toWrite().log.payloads.stopSaving();
    this.#storage = error instanceof Refusal ? memoryOnly(error) : { state: "memory only", why: say("engine.disk-bug") };
  }
}

/** What is told of a row tells of another place. */
function movedBy({ row, event }: PlacedEvent, by: number): PlacedEvent {
  const moved = event.type === "mark" ? { ...event, frame: event.frame + by } : event.type === "made-from" ? { ...event, row: frameIndex(event.row + by) } : event;
  return { row: row + by, event: moved };
}

/** Why something could not be done, as a part of a sentence. What is no refusal is counted as a bug beside. */
const reasonOf = (error: unknown): Told => (error instanceof Refusal ? error.told : say("engine.internal-error"));

const memoryOnly = (refusal: Refusal): Storage => ({ state: "memory only", why: say("engine.disk-refused", { why: refusal.told }) });
