import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { Pieces } from "../export-format.ts";

/** Of a zip without the extension for larger ones, which not every reader knows. */
const MOST_BYTES = 0xffff_0000;
/** Files that its end can count without it. */
const MOST_COUNTED = 0xfffe;
const END_LENGTH = 22;
/** Bytes of files before what became of them is handed on. */
const GATHERED = 1 << 16;

/** Writes a zip (APPNOTE 6.3.3) as it goes: neither a file in it nor the zip is ever in memory whole. */
export class ZipWriter {
  readonly #zip: Zip;
  readonly #date: number;
  #file: ZipDeflate | ZipPassThrough | undefined;
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #error: Error | undefined;
  #files = 0;
  #taken = 0;
  #written = 0;

  /** `date`: of all files, in milliseconds since 1970. */
  constructor(date: number) {
    this.#date = date;
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) this.#error ??= error;
      else if (bytes.length > 0) this.#pieces.push(bytes.slice());
    });
  }

  /** Begins a file; `isSmall`: it stays as it is. */
  begin(name: string, isSmall = false): void {
    const file = isSmall ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    file.mtime = Math.max(this.#date, FIRST_DATE);
    this.#file = file;
    this.#files++;
    this.#zip.add(file);
  }

  /** More of the file. The bytes may be overwritten after. */
  *add(bytes: Uint8Array): Pieces<void> {
    for (let from = 0; from < bytes.length; from += GATHERED) {
      const part = bytes.slice(from, from + GATHERED);
      this.#taken += part.length;
      this.#file?.push(part, false);
      if (this.#taken >= GATHERED) yield* this.#take();
    }
  }

  *endFile(): Pieces<void> {
    this.#file?.push(new Uint8Array(0), true);
    this.#file = undefined;
    yield* this.#take();
  }

  *end(): Pieces<void> {
    this.#zip.end();
    const directory = this.#pieces.at(-1);
    if (this.#files > MOST_COUNTED && directory !== undefined) this.#pieces.splice(-1, 1, countedByZip64(directory, this.#files, this.#written));
    yield* this.#take();
  }

  *#take(): Pieces<void> {
    this.#taken = 0;
    if (this.#error !== undefined) throw this.#error;
    for (const piece of this.#pieces.splice(0)) {
      this.#written += piece.length;
      if (this.#written > MOST_BYTES) throw new Refusal(say("format.zip-too-large"));
      yield piece;
    }
  }
}

/**
 * The directory of an archive of more files than its end can count, with the end of zip64 (APPNOTE 4.3.14 to 4.3.16), which
 * can: `fflate` writes none. `directory` ends with the other end; `offset`: where it begins in the archive.
 */
function countedByZip64(directory: Uint8Array, files: number, offset: number): Uint8Array<ArrayBuffer> {
  const length = directory.length - END_LENGTH;
  const counted = new Uint8Array(length + 56 + 20 + END_LENGTH);
  counted.set(directory.subarray(0, length));
  const view = new DataView(counted.buffer, length);
  view.setUint32(0, 0x06064b50, true);
  view.setBigUint64(4, 44n, true);
  view.setUint16(12, 45, true);
  view.setUint16(14, 45, true);
  for (const [at, value] of [[24, files], [32, files], [40, length], [48, offset]] as const) view.setBigUint64(at, BigInt(value), true);
  view.setUint32(56, 0x07064b50, true);
  view.setBigUint64(64, BigInt(offset + length), true);
  view.setUint32(72, 1, true);
  view.setUint32(76, 0x06054b50, true);
  // What is full stands in the record before.
  for (const at of [84, 86]) view.setUint16(at, 0xffff, true);
  for (const at of [88, 92]) view.setUint32(at, 0xffff_ffff, true);
  return counted;
}

/** A zip knows no day before. */
const FIRST_DATE = Date.UTC(1980, 0, 2);
