import { frameIndex, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { InspectedFrame, LookedAt, TreeLine } from "../contract/inspect.ts";
import { Inspection } from "./inspection.ts";
import { pairOf } from "./decoded-row.ts";

/** Figures of what is usual for a message are told anew this often at most, in milliseconds. */
const USUAL_APART_MS = 1000;
/** What is remembered of a tree: whether lines that far down were unfolded, and so many of them at most. */
const MOST_LINES = 500;
const MOST_FOLDS = 100;

/**
 * The frame that a view looks at. It stays open while it is asked for, with what was unfolded in it, and follows what
 * becomes known of it later: its label and value once it is decoded, the rest of the message, its answer, its connection.
 */
export class Inspected {
  readonly #capture: CaptureLog;
  readonly #now: () => number;
  #inspection: Inspection | undefined;
  /** What the inspection was made of, and what else `details` told of. */
  #decodedAs: readonly unknown[] = [];
  #told: readonly unknown[] = [];
  #toldAt = 0;
  #decodedThen = 0;
  #revision = 0;
  #treeRevision = 0;

  constructor(capture: CaptureLog, now: () => number) {
    this.#capture = capture;
    this.#now = now;
  }

  /** Grows when `details` would say something else than it did. Cost: a look at some columns. */
  get revision(): number {
    const inspection = this.#inspection;
    if (inspection === undefined || inspection.generation !== this.#capture.generation) return this.#revision;
    const { frame, message } = inspection;
    const isOther = !isSame(this.#told, this.#tellable(frame, message)) || this.#isUsualOld(frame, message);
    // Once is enough: who hears of it asks for the details, as they are then.
    if (isOther) {
      this.#revision++;
      this.#noteTold(frame, message);
    }
    return this.#revision;
  }

  /** Null: no such frame. `columns`: characters a line of raw text may hold. */
  details(place: LookedAt, columns: number): InspectedFrame | null {
    const inspection = this.of(place);
    if (inspection === undefined) return null;
    this.#noteTold(inspection.frame, inspection.message);
    return { ...inspection.details(columns), treeRevision: this.#treeRevision };
  }

  /** A frame's text, whichever of its messages is looked at. */
  text(frame: FrameIndex): Inspection | undefined {
    return this.of({ frame, message: this.#inspection?.frame === frame ? this.#inspection.message : 0 });
  }

  /** Laid open as it is decoded now. A message that the frame does not have is its first. */
  of({ frame, message: wanted = 0 }: LookedAt): Inspection | undefined {
    const { generation, log } = this.#capture;
    const before = this.#inspection;
    const index = frameIndex(frame);
    const message = wanted < this.#capture.decoded.messages.countOf(frame) ? wanted : 0;
    const isOpen = before?.frame === frame && before.message === message && before.generation === generation;
    if (!isOpen && frame >= log.length) {
      this.#inspection = undefined;
      return undefined;
    }
    const decodedAs = this.#decodedOf(index);
    if (isOpen && isSame(this.#decodedAs, decodedAs)) return before;
    const inspection = new Inspection(this.#capture, index, message);
    if (isOpen) carryFolds(before, inspection);
    this.#inspection = inspection;
    this.#decodedAs = decodedAs;
    this.#treeRevision++;
    return inspection;
  }

  #noteTold(frame: FrameIndex, message: number): void {
    this.#told = this.#tellable(frame, message);
    this.#toldAt = this.#now();
    this.#decodedThen = this.#capture.decoded.length;
  }

  #decodedOf(frame: FrameIndex): readonly unknown[] {
    return [this.#capture.decoded.decoderOf(frame), this.#capture.decoded.derived.lastOf(frame)];
  }

  /** All that can change of what is told of a frame. */
  #tellable(frame: FrameIndex, message: number): readonly unknown[] {
    const { decoded, log, table, marks } = this.#capture;
    const partner = decoded.partnerOf(frame, message);
    return [
      ...this.#decodedOf(frame),
      decoded.labelOf(frame),
      decoded.kindOf(frame),
      partner?.row,
      partner?.message,
      partner === undefined ? 0 : decoded.labelOf(partner.row),
      log.sizeAt(frame),
      table.connections.get(log.connectionAt(frame)),
      table.clock.anchors.length,
      marks.get(frame),
    ];
  }

  /** How long answers usually take, as more of them come. */
  #isUsualOld(frame: FrameIndex, message: number): boolean {
    const isLater = this.#now() - this.#toldAt >= USUAL_APART_MS;
    return isLater && this.#decodedThen !== this.#capture.decoded.length && pairOf(this.#capture, frame, message) !== null;
  }
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** Folds and unfolds what both trees have as it was before. */
function carryFolds(before: Inspection, after: Inspection): void {
  const open = new Map<string, boolean>();
  for (const { path, line } of foldersOf(before)) open.set(path, line.expanded);
  // From above: what is unfolded here may hold what is folded below.
  for (let count = 0, at = 0; count < MOST_FOLDS; count++) {
    const next = foldersOf(after, at).find(({ path, line }) => open.has(path) && open.get(path) !== line.expanded);
    if (next === undefined) return;
    after.toggleTree(next.at, false);
    at = next.at + 1;
  }
}

interface Folder {
  readonly at: number;
  readonly line: TreeLine;
  /** The keys from the root to here. */
  readonly path: string;
}

/** The lines that can be folded, from line `first` on. */
function foldersOf(inspection: Inspection, first = 0): Folder[] {
  const keys: string[] = [];
  return inspection.treeLines(0, MOST_LINES).flatMap((line, at) => {
    keys.length = line.depth;
    keys.push(line.key ?? "");
    return line.children > 0 && at >= first ? [{ at, line, path: JSON.stringify(keys) }] : [];
  });
}
