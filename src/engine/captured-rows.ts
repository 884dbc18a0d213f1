import { CleanRows } from "../format/redact/clean-rows.ts";
import { FrameLog } from "../log/frame-log.ts";
import { Heard } from "../log/heard.ts";
import { IndexList } from "../log/index-list.ts";
import type { BlockBody } from "../log/journal-versions/block.ts";
import { KeptAnswers } from "../log/kept-answers.ts";
import type { PayloadPages } from "../log/payload-pages.ts";
import type { Recovery } from "../log/recovery.ts";
import { UserMarks } from "../log/user-marks.ts";
import { kindOf } from "../model/frame.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";

/** The rows of a log and what stands by them: all that a clear takes away together, and an undo brings back. */
export class CapturedRows {
  readonly log: FrameLog;
  /** Pins and notes. */
  readonly marks: UserMarks;
  /** HTTP answers that gave what connections use. */
  readonly answers: KeptAnswers;
  readonly clean = new CleanRows();
  /** How much of what the capture told is in the log. */
  readonly heard: Heard;
  /** Rows of navigations, rising. */
  readonly #navigations = new IndexList();

  private constructor({ log, marks, answers, heard }: Pick<Recovery, "log" | "marks" | "answers" | "heard">) {
    this.log = log;
    this.marks = marks;
    this.answers = answers;
    this.heard = heard;
  }

  /** No row yet. */
  static none(payloads: PayloadPages, answers = new KeptAnswers()): CapturedRows {
    return new CapturedRows({ log: new FrameLog(payloads), marks: new UserMarks(), answers, heard: new Heard() });
  }

  /** Those that are being read back; of each block that was read, `noteBlock` is to be told. */
  static of(recovery: Recovery): CapturedRows {
    return new CapturedRows(recovery);
  }

  /** A block's rows are the last ones of the log now. */
  noteBlock({ bits }: BlockBody): void {
    const from = this.log.length - bits.length;
    let known = -1;
    let isNavigation = false;
    // Rows that come one after another are mostly of the same sort.
    for (let i = 0; i < bits.length; i++) {
      const one = bits[i] as number;
      if (one !== known) isNavigation = kindOf((known = one)) === "navigation";
      if (isNavigation) this.noteNavigation(frameIndex(from + i));
    }
  }

  noteNavigation(row: FrameIndex): void {
    this.#navigations.push(row);
  }

  /** The last navigation at or before a row. */
  navigationBefore(row: FrameIndex): FrameIndex | undefined {
    const after = this.#navigations.lowerBound(frameIndex(row + 1));
    return after === 0 ? undefined : this.#navigations.at(after - 1);
  }

  /** What came since stands behind these. */
  append(since: CapturedRows): void {
    const by = this.log.length;
    this.log.appendLog(since.log);
    this.marks.addAll(since.marks, by);
    for (const event of since.answers.events) this.answers.apply(event);
    for (let i = 0; i < since.#navigations.length; i++) this.noteNavigation(frameIndex(since.#navigations.at(i) + by));
    this.heard.goOnAt(since.heard.events);
  }
}
