import { say, sentences, type Said, type Told } from "../model/said.ts";
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

const missing = (frames: number, isExact: boolean): Said => {
  if (frames === 0) return isExact ? say("log.missing-none") : say("log.missing-maybe");
  return isExact ? say("log.missing", { n: frames }) : say("log.missing-at-least", { n: frames });
};

/** The row that stands for the place in the log. */
export function damageRow({ journal, payloads, frames, isExact, version }: Damage): Said {
  const places = [
    ...(journal === undefined ? [] : [journal.from === journal.to ? say("log.damage-cut", { at: journal.from, file: "journal" }) : bytesOf(journal, "journal")]),
    ...(payloads === undefined ? [] : [bytesOf(payloads, "payloads")]),
  ];
  const words = { places, missing: missing(frames, isExact) };
  return version === undefined ? say("log.damage-row", words) : say("log.damage-row-newer", { ...words, version, most: JOURNAL_VERSION });
}

const bytesOf = ({ from, to }: ByteRange, file: string): Said => say("log.damage-bytes", { from, to: to - 1, file });

/** What is told above the capture, and in its exports. */
export function damageWords({ places, frames, isExact, version, isAll, marks, unknown }: DamageTotals): Told | undefined {
  if (isAll && places > 0) return version === undefined ? say("log.damaged-all") : say("log.newer", { version, most: JOURNAL_VERSION });
  const told = [
    ...(places === 0 ? [] : [say("log.damaged", { n: places, missing: missing(frames, isExact) })]),
    ...(marks === 0 ? [] : [say("log.marks-left-out", { n: marks })]),
    ...(unknown === 0 ? [] : [say("log.records-left-out", { n: unknown })]),
  ];
  return told.length === 0 ? undefined : sentences(told);
}
