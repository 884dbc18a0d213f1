import { isRowDetail, type RowDetail } from "../model/capture-batch.ts";
import { eventBits } from "../model/frame.ts";
import { Openings } from "../model/openings.ts";
import { isPairPaths } from "../model/pair-paths.ts";
import { connectionId, frameIndex } from "../model/units.ts";
import { ConnectionTable, NO_CONNECTION } from "./connection-table.ts";
import { damageRow, damageWords, type Damage } from "./damage.ts";
import { DecoderChoices, type DecoderChoiceEvent } from "./decoder-choices.ts";
import { FrameLog } from "./frame-log.ts";
import { Heard, isLogNote } from "./heard.ts";
import type { BlockBody, PlacedEvent } from "./journal-versions/block.ts";
import { JournalWalk, type Found } from "./journal-walk.ts";
import type { JournalEnd } from "./journal.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { KeptPayloads } from "./kept-payloads.ts";
import { PAYLOAD_PAGE, PayloadPages, type AppendFile } from "./payload-pages.ts";
import { PayloadPlaces } from "./payload-places.ts";
import { UserMarks, type UserMarkEvent } from "./user-marks.ts";
import { say, type Told } from "../model/said.ts";
import { encodeTold } from "./told-payload.ts";
import type { RowRange, WantedRows } from "./wanted-rows.ts";

/** Rows of one block, by their numbers in the capture as it was written. */
interface RowRun {
  readonly from: number;
  to: number;
  /** Where the first stands in the log. */
  readonly at: number;
}

interface RecoveryOptions {
  readonly goesOn?: boolean;
  readonly wanted?: WantedRows | undefined;
}

/**
 * A capture being read back from its journal, a block at a time. Never throws on damage: a block that is not whole costs
 * its own rows, and a row in their place says which bytes cannot be read, and how many frames are missing.
 */
export class Recovery {
  readonly log: FrameLog;
  readonly table = new ConnectionTable();
  readonly marks = new UserMarks();
  readonly choices = new DecoderChoices();
  readonly answers = new KeptAnswers();
  /** How much of what the capture told is in what was read, and what of it made known what is there. */
  readonly heard = new Heard();
  readonly openings = new Openings();
  readonly #walk: JournalWalk;
  readonly #payloads: KeptPayloads;
  /** Where rows stand by their numbers; one run until something is missing. */
  readonly #runs: RowRun[] = [];
  /** To be shown before the next rows. */
  #damage: Damage | undefined;
  #lost = 0;
  #isDone = false;
  #hasEnded = false;
  #places = 0;
  #framesMissing = 0;
  #isExact = true;
  #version: number | undefined;
  #marksLeftOut = 0;
  /** Records and events of a later Framescope's, which are passed over. */
  #unknown = 0;
  readonly #goesOn: boolean;
  readonly #wanted: { readonly rows: WantedRows; readonly places: PayloadPlaces } | undefined;
  #tornAt: number | undefined;

  /**
   * `goesOn`: the engine that wrote it has ended, and this one goes on behind what is whole. `wanted`: an excerpt of the capture is
   * made, of these rows alone; blocks that have none are passed by their heads, unchecked.
   */
  constructor(journal: AppendFile, payloads: AppendFile, budget: number, { goesOn = false, wanted }: RecoveryOptions = {}) {
    this.#goesOn = goesOn;
    this.#wanted = wanted && { rows: wanted, places: new PayloadPlaces(payloads, new Uint8Array(PAYLOAD_PAGE), () => undefined) };
    this.#walk = new JournalWalk(journal, payloads, wanted === undefined ? "whole" : "heads");
    this.#payloads = new KeptPayloads(payloads);
    this.log = new FrameLog(new PayloadPages({ budget, file: this.#payloads, readOnly: true }));
  }

  /** What is missing; undefined while, and where, the capture is whole. */
  get problem(): Told | undefined {
    return damageWords({
      places: this.#places,
      frames: this.#framesMissing,
      isExact: this.#isExact,
      version: this.#version,
      isAll: this.#walk.end.blocks === 0,
      marks: this.#marksLeftOut,
      unknown: this.#unknown,
    });
  }

  /** Of a capture that goes on: where in the journal its last block begins, if that was not written whole. It counts as no damage. */
  get tornAt(): number | undefined {
    return this.#tornAt;
  }

  /** Frames that Chrome reported and the capture did not record. */
  get lost(): number {
    return this.#lost;
  }

  /** The share of the journal that was read, 0 to 1; 1 once nothing more is to come. */
  get progress(): number {
    return this.#isDone ? 1 : Math.min(0.99, this.#walk.at / Math.max(1, this.#walk.size));
  }

  /** Where the journal of a capture that is whole goes on. */
  get end(): JournalEnd {
    return this.#walk.end;
  }

  /**
   * Reads on. A block whose rows, the last of the log, are new in log, table and marks; `nothing yet`; undefined once
   * nothing more is to come. Cost: a pass over a block and its payloads, or some milliseconds.
   */
  step(): BlockBody | "nothing yet" | undefined {
    if (this.#isDone) return undefined;
    const found = this.#walk.next();
    switch (found.type) {
      case "searching":
        return "nothing yet";
      case "damage":
        this.#damage = found.damage;
        this.#places++;
        this.#framesMissing += found.damage.frames;
        this.#isExact &&= found.damage.isExact;
        this.#version ??= found.damage.version;
        return "nothing yet";
      case "without rows":
        this.#takeHead(found);
        for (const { event } of found.body?.events ?? []) this.#apply(event, undefined);
        return "nothing yet";
      case "block":
        return this.#take(found);
      case "end":
        this.#isDone = true;
        if (this.#goesOn) this.#leaveTornBlock();
        this.#showDamage(undefined);
        return undefined;
    }
  }

  /** The engine ended while it wrote the last block: what that was to hold is lost with what it was told and had not written. */
  #leaveTornBlock(): void {
    const damage = this.#damage;
    if (damage?.journal === undefined || damage.payloads !== undefined || damage.version !== undefined || this.#places > 1) return;
    this.#tornAt = damage.journal.from;
    this.#damage = undefined;
    this.#places = 0;
    this.#framesMissing = 0;
    this.#isExact = true;
  }

  /** The capture does not go on: what is open ended with it. */
  endCapture(): void {
    this.table.endWithCapture(this.#hasEnded ? say("log.capture-ended") : say("log.capture-cut-off"));
  }

  /** Of an excerpt: the number of a row of the log in the capture, from 0. */
  numberOf(row: number): number {
    const run = this.#lastRun("at", row);
    return run === undefined ? row : run.from + row - run.at;
  }

  /** Of an excerpt: the row whose payload holds a byte of the file; undefined where that is not in it. */
  rowAt(offset: number): number | undefined {
    const place = this.#payloads.placeOf(offset);
    return place === undefined ? undefined : this.log.rowAt(place);
  }

  #take(found: Extract<Found, { type: "block" }>): BlockBody | "nothing yet" {
    const { head, place, payloadOffset } = found;
    const opened = this.#wanted === undefined ? found.body : this.#open(found, this.#wanted);
    if (opened === undefined) {
      this.#takeHead(found);
      return "nothing yet";
    }
    this.#showDamage(opened.times[0]);
    this.#takeHead(found);
    this.#unknown += opened.unknown;
    const first = this.log.length;
    const ranges = this.#wanted?.rows.of(head, opened);
    if (ranges !== undefined && place !== undefined) this.#addRuns(ranges, opened.lengths, { from: place.rows, payloadOffset, first });
    else {
      if (place !== undefined) this.#addRun(place.rows, head.rows, first);
      this.#payloads.addPart(payloadOffset, head.payloadTo - head.payloadFrom);
    }
    const body = ranges !== undefined && place !== undefined ? cutTo(opened, ranges, place.rows) : opened;
    this.log.restoreAll(body);
    // The rows that events left are among the rows already.
    for (const { row, event } of opened.events) this.#apply(event, place === undefined ? undefined : first + row - place.rows);
    if (this.#places > 0) for (const connection of new Set(opened.connections)) this.#meet(connection);
    return body;
  }

  /** `from`: the number of the block's first row, whose payloads begin at `payloadOffset`; `first`: where the first that is wanted is put. */
  #addRuns(ranges: readonly RowRange[], lengths: BlockBody["lengths"], { from, payloadOffset, first }: { readonly from: number; readonly payloadOffset: number; readonly first: number }): void {
    let [row, offset, at] = [from, payloadOffset, first];
    const pass = (to: number): number => {
      const before = offset;
      for (; row < to; row++) offset += lengths[row - from] as number;
      return offset - before;
    };
    for (const range of ranges) {
      pass(range.from);
      const part = offset;
      this.#payloads.addPart(part, pass(range.to));
      this.#addRun(range.from, range.to - range.from, at);
      at += range.to - range.from;
    }
  }

  /** Undefined where a block is not wanted, or is damaged, which counts as a place. */
  #open(found: Extract<Found, { type: "block" }>, { rows, places }: { readonly rows: WantedRows; readonly places: PayloadPlaces }): BlockBody | undefined {
    if (!rows.areIn(found.head, found.at)) return undefined;
    const body = places.find(found.head) === found.payloadOffset ? this.#walk.bodyOf(found) : undefined;
    if (body === undefined) this.#places++;
    return body;
  }

  #takeHead({ head }: Extract<Found, { type: "block" | "without rows" }>): void {
    this.#lost = head.lost;
    this.#hasEnded ||= head.isLast;
    // The block that anchored the clock may be the one that is missing.
    if (this.#places > 0 && head.clock !== undefined) this.table.clock.anchor(head.clock);
  }

  /** `row`: where the row stands that follows the event. */
  #apply(event: PlacedEvent["event"], row: number | undefined): void {
    if (event.type === "mark") return this.#mark(event);
    if (event.type === "decode-as") return this.#choose(event);
    if (event.type === "answer") return void this.answers.apply(event);
    try {
      this.heard.take(event);
    } catch {
      // A later Framescope's; or a checksum that fits, which is no proof that a Framescope wrote it: it tells nothing.
      this.#unknown++;
      return;
    }
    if (isRowDetail(event)) {
      if (row !== undefined) this.#addDetail(row, event);
      return;
    }
    if (this.#places > 0 && event.type !== "created" && "connection" in event) this.#meet(event.connection);
    try {
      this.table.apply(event);
      if (!isLogNote(event)) this.openings.take(event);
    } catch {
      // One with other fields than its type has, likewise.
    }
  }

  #addDetail(row: number, detail: RowDetail): void {
    if (detail.type !== "made-from") return this.log.addDetail(row, detail);
    const source = this.#rowOf(detail.row);
    if (source !== undefined) this.log.details.add(row, { ...detail, row: frameIndex(source) });
  }

  #mark(event: UserMarkEvent): void {
    const frame = this.#rowOf(event.frame);
    // The rows that are passed are not asked for.
    if (frame === undefined && this.#wanted !== undefined) return;
    if (frame === undefined || typeof event.pinned !== "boolean" || typeof event.note !== "string") this.#marksLeftOut++;
    else this.marks.apply({ ...event, frame });
  }

  #choose(event: DecoderChoiceEvent): void {
    const { fromStart, decoder, schema, pairs } = event;
    const hasItsShape = typeof fromStart === "boolean" && (decoder === null || typeof decoder === "string") && (schema === undefined || typeof schema === "string" || typeof schema === "number") && (pairs === undefined || isPairPaths(pairs));
    if (hasItsShape) this.choices.apply(event);
  }

  /** Where a row stands by its number in the capture as it was written; undefined where it is missing. */
  #rowOf(row: number): number | undefined {
    const run = this.#lastRun("from", row);
    return run !== undefined && row >= run.from && row < run.to ? run.at + row - run.from : undefined;
  }

  /** The last run that begins at or before a row; the first where all are behind it. */
  #lastRun(by: "from" | "at", row: number): RowRun | undefined {
    let low = 0;
    let high = this.#runs.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#runs[middle] as RowRun)[by] <= row) low = middle;
      else high = middle;
    }
    return this.#runs[low];
  }

  #addRun(from: number, rows: number, at: number): void {
    const last = this.#runs.at(-1);
    if (last !== undefined && last.to === from && last.at + last.to - last.from === at) last.to += rows;
    else this.#runs.push({ from, to: from + rows, at });
  }

  /** A row or an event of a connection whose opening is missing makes it known. */
  #meet(connection: number): void {
    if (connection !== NO_CONNECTION) this.table.meet(connectionId(connection));
  }

  /** The row in the place of what is missing; `next`: when the row behind it was. */
  #showDamage(next: number | undefined): void {
    if (this.#damage === undefined) return;
    const { bits, bytes } = encodeTold(damageRow(this.#damage), eventBits("error"));
    this.#damage = undefined;
    const { length } = this.log;
    const slice = length === 0 ? undefined : this.log.slice(length - 1, length);
    this.#payloads.addWords(bytes);
    this.log.restore(slice?.times[0] ?? next ?? 0, NO_CONNECTION, bits, bytes.length);
  }
}

/** The rows of a block that are in some ranges; `from`: the number of its first row. */
function cutTo(body: BlockBody, ranges: readonly RowRange[], from: number): BlockBody {
  const count = ranges.reduce((sum, range) => sum + range.to - range.from, 0);
  const cut = { times: new Float64Array(count), connections: new Uint32Array(count), lengths: new Uint32Array(count), bits: new Uint16Array(count) };
  for (const name of ["times", "connections", "lengths", "bits"] as const) {
    let at = 0;
    for (const range of ranges) {
      cut[name].set(body[name].subarray(range.from - from, range.to - from), at);
      at += range.to - range.from;
    }
  }
  return { ...body, ...cut };
}

/** Reads a journal in one go. Cost: a pass over both files. */
export function recoverCapture(journal: AppendFile, payloads: AppendFile, budget: number): Recovery {
  const recovery = new Recovery(journal, payloads, budget);
  while (recovery.step() !== undefined);
  recovery.endCapture();
  return recovery;
}
