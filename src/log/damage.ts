import { JOURNAL_VERSION } from "./journal-block.ts";

/** Bytes `from` up to `to` of a file. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** A place of a capture's files that cannot be read. */
export interface Damage {
  /** What cannot be read of the journal; an empty range where something is missing between two blocks that are whole. */
  readonly journal: ByteRange | undefined;
  /** What is damaged of the payloads of blocks that are whole otherwise. */
  readonly payloads: ByteRange | undefined;
  /** Messages that were there, at least. */
  readonly frames: number;
  /** `frames` is all of them. */
  readonly isExact: boolean;
  /** A Framescope wrote what is there in this version of the format, which is not known here. */
  readonly version: number | undefined;
}

/** What all the damage of a capture amounts to. */
export interface DamageTotals {
  readonly places: number;
  readonly frames: number;
  readonly isExact: boolean;
  readonly version: number | undefined;
  /** Nothing could be read at all. */
  readonly isAll: boolean;
  /** Pins and notes of which it is not known where they belong. */
  readonly marks: number;
  /** Records and events of a later Framescope's, which are passed over. */
  readonly unknown: number;
}

const count = (value: number): string => value.toLocaleString("en-US");
const framesWords = (frames: number): string => `${count(frames)} ${frames === 1 ? "frame" : "frames"}`;

/** `At least 310 frames are missing` */
function missing(frames: number, isExact: boolean): string {
  if (frames === 0) return isExact ? "No frame is missing" : "Frames may be missing";
  return `${isExact ? "" : "At least "}${framesWords(frames)} ${frames === 1 ? "is" : "are"} missing`;
}

/** The row that stands for the place in the log. */
export function damageRow({ journal, payloads, frames, isExact, version }: Damage): string {
  const places = [
    ...(journal === undefined ? [] : [journal.from === journal.to ? `byte ${count(journal.from)} of the file “journal”, where a part is cut out` : rangeWords(journal, "journal")]),
    ...(payloads === undefined ? [] : [rangeWords(payloads, "payloads")]),
  ];
  const why = version === undefined ? "" : ` (version ${count(version)} of the format; this Framescope reads up to ${JOURNAL_VERSION})`;
  return `Damaged: ${places.join(", ")}${why}. ${missing(frames, isExact)} here.`;
}

const rangeWords = ({ from, to }: ByteRange, file: string): string => `bytes ${count(from)} to ${count(to - 1)} of the file “${file}”`;

/** The sentences above the capture, and in its exports. */
export function damageWords({ places, frames, isExact, version, isAll, marks, unknown }: DamageTotals): string | undefined {
  const leftOut = [...(marks === 0 ? [] : [marksWords(marks)]), ...(unknown === 0 ? [] : [unknownWords(unknown)])];
  if (places === 0) return leftOut.length === 0 ? undefined : leftOut.join(" ");
  if (isAll && version !== undefined) {
    return `This capture is of version ${count(version)} of the format, and this Framescope reads up to ${JOURNAL_VERSION}: open it with the one that recorded it.`;
  }
  if (isAll) return "This capture is damaged: nothing of it can be read.";
  const where = places === 1 ? "in one place; a row of type error says where" : `in ${count(places)} places; rows of type error say where`;
  return [`This capture is damaged ${where}. ${missing(frames, isExact)}.`, ...leftOut].join(" ");
}

const marksWords = (marks: number): string =>
  marks === 1 ? "A pin or note is left out: its row is missing." : `${count(marks)} pins and notes are left out: their rows are missing.`;

const unknownWords = (unknown: number): string =>
  unknown === 1
    ? "A record is left out: a later version of Framescope wrote it."
    : `${count(unknown)} records are left out: a later version of Framescope wrote them.`;
