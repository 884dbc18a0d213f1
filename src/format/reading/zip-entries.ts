import type { ImportFile } from "../import-format.ts";

/** A file in a zip archive. Its name is a name and never a path: nothing is written under it. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes in the archive. */
  readonly packed: number;
  /** 0: as it is, 8: deflate; others are not read. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Where its own head begins. */
  readonly offset: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const HEAD = 0x04034b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const MOST_DIRECTORY = 1 << 26;
/** Stands where the number is in the extra field of zip64. */
const FULL = 0xffffffff;

/** The files of an archive, by its directory (APPNOTE 4.3.12); undefined where it has none. Throws nothing on any bytes but what the file throws. */
export function zipEntries(file: ImportFile): ZipEntry[] | undefined {
  const tail = readAt(file, Math.max(0, file.size - END_LENGTH - LONGEST_COMMENT), END_LENGTH + LONGEST_COMMENT);
  for (let at = tail.byteLength - END_LENGTH; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const start = file.size - tail.byteLength + at;
    const directory = directoryOf(file, tail, at, start);
    if (directory === undefined || directory.length > MOST_DIRECTORY || directory.offset + directory.length > file.size) return undefined;
    return entriesIn(readAt(file, directory.offset, directory.length));
  }
  return undefined;
}

/** Where the bytes of a file begin; undefined where its head is none. */
export function zipStart(file: ImportFile, { offset }: ZipEntry): number | undefined {
  const head = readAt(file, offset, 30);
  if (head.byteLength < 30 || head.getUint32(0, true) !== HEAD) return undefined;
  return offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
}

function readAt(file: ImportFile, offset: number, length: number): DataView {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, file.size - offset)));
  let done = 0;
  for (let count = 1; count > 0 && done < bytes.length; done += count) count = file.read(offset + done, bytes.subarray(done));
  return new DataView(bytes.buffer, 0, done);
}

function directoryOf(file: ImportFile, tail: DataView, at: number, start: number): { readonly offset: number; readonly length: number } | undefined {
  const length = tail.getUint32(at + 12, true);
  const offset = tail.getUint32(at + 16, true);
  if (length !== FULL && offset !== FULL) return { offset, length };
  const locator = readAt(file, start - 20, 20);
  if (start < 20 || locator.byteLength < 20 || locator.getUint32(0, true) !== LOCATOR_64) return undefined;
  const end = readAt(file, Number(locator.getBigUint64(8, true)), 56);
  if (end.byteLength < 56 || end.getUint32(0, true) !== END_64) return undefined;
  return { length: Number(end.getBigUint64(40, true)), offset: Number(end.getBigUint64(48, true)) };
}

function entriesIn(directory: DataView): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.byteLength && directory.getUint32(at, true) === ENTRY; ) {
    const nameLength = directory.getUint16(at + 28, true);
    const extraLength = directory.getUint16(at + 30, true);
    const commentLength = directory.getUint16(at + 32, true);
    const extraAt = at + 46 + nameLength;
    const next = extraAt + extraLength + commentLength;
    if (next > directory.byteLength) break;
    const [, packed, offset] = numbers64(directory, extraAt, extraLength, [directory.getUint32(at + 24, true), directory.getUint32(at + 20, true), directory.getUint32(at + 42, true)]);
    entries.push({
      name: TEXT.decode(new Uint8Array(directory.buffer, at + 46, nameLength)),
      packed: packed ?? 0,
      method: directory.getUint16(at + 10, true),
      isEncrypted: (directory.getUint16(at + 8, true) & 1) !== 0,
      offset: offset ?? 0,
    });
    at = next;
  }
  return entries;
}

/** Those of the numbers that are full stand in the extra field 1, one after another. */
function numbers64(view: DataView, from: number, length: number, numbers: readonly number[]): number[] {
  for (let at = from; at + 4 <= from + length; ) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) !== 1) {
      at += 4 + size;
      continue;
    }
    let place = at + 4;
    const end = Math.min(place + size, from + length);
    return numbers.map((number) => {
      if (number !== FULL || place + 8 > end) return number;
      place += 8;
      return Number(view.getBigUint64(place - 8, true));
    });
  }
  return [...numbers];
}

const TEXT = new TextDecoder();
