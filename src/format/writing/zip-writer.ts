import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { Pieces } from "../export-format.ts";

/** Of a zip without the extension for larger ones, which not every reader knows. */
const MOST_BYTES = 0xffff_0000;
/** Bytes of files before what became of them is handed on. */
const GATHERED = 1 << 16;

/** Writes a zip (APPNOTE 6.3.3) as it goes: neither a file in it nor the zip is ever in memory whole. */
export class ZipWriter {
  readonly #zip: Zip;
  readonly #date: number;
  #file: ZipDeflate | ZipPassThrough | undefined;
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #error: Error | undefined;
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

/** A zip knows no day before. */
const FIRST_DATE = Date.UTC(1980, 0, 2);
