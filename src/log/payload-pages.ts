import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";

/** An append-only file as the log needs it. Implemented over OPFS in the engine and over `node:fs` in tests. */
export interface AppendFile {
  readonly size: number;
  /** Writes all of `bytes` at the end. This and all below throw a `Refusal` where the disk is full or the file is gone. */
  append(bytes: Uint8Array): void;
  /** Fills `into` from `offset`; answers how many bytes there were. */
  read(offset: number, into: Uint8Array): number;
  /** XXH32 of its bytes, `PAYLOAD_PAGE` of them at most, where that is had more quickly than by reading them; undefined where it does not give them all. */
  readonly checksum?: (offset: number, length: number, seed: number) => number | undefined;
  /** Whether some of its bytes are the same four again and again, where that is had more quickly than by reading them. */
  readonly repeats?: (offset: number, length: number) => boolean;
  /** Has the disk keep what was written, also where the machine loses its power. May take tens of milliseconds. */
  flush(): void;
  /** Keeps the first `size` bytes. */
  cutTo(size: number): void;
  close(): void;
}

/** What a file gives from a place on; a disk that fails gives nothing. */
export function readFrom(file: Pick<AppendFile, "read">, offset: number, into: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  try {
    return into.subarray(0, file.read(offset, into));
  } catch {
    return into.subarray(0, 0);
  }
}

/** Where a range of a log's payloads stands: in `bytes`, which may hold more, from `start` on. */
export interface FoundBytes {
  bytes: Uint8Array;
  start: number;
}

/** What a log's payloads are written to, and read back from. */
export type PayloadFile = Pick<AppendFile, "append" | "read">;

const PAGE_BITS = 20;
/** Bytes in one payload page. */
export const PAYLOAD_PAGE = 1 << PAGE_BITS;
const PAGE_MASK = PAYLOAD_PAGE - 1;
/** Pages read back from disk that are kept, beside the budget. */
const CACHED_PAGES = 16;

/**
 * All payloads of a log, back to back, as one stream of bytes cut into pages. A payload's place is its offset in that
 * stream, which is also its offset in the journal's payload file.
 *
 * Whole pages that are on disk leave memory, oldest first, once the pages in memory pass the budget; they are read
 * back on demand. Without a file (memory only) nothing can leave, so `append` refuses past the budget and its caller
 * counts the loss.
 */
export class PayloadPages {
  readonly #pages: (Uint8Array<ArrayBuffer> | undefined)[] = [];
  readonly #cache = new Map<number, Uint8Array<ArrayBuffer>>();
  #budget: number;
  #file: PayloadFile | undefined;
  #saving: boolean;
  #length = 0;
  #onDisk = 0;
  /** Pages before this one have left memory. */
  #firstInMemory = 0;

  /** `readOnly`: the file holds the stream already, and `extend` says how much of it counts. */
  constructor(options: { readonly budget: number; readonly file?: PayloadFile | undefined; readonly readOnly?: boolean }) {
    this.#budget = options.budget;
    this.#file = options.file;
    this.#saving = options.file !== undefined && options.readOnly !== true;
  }

  /** Bytes in the stream. */
  get length(): number {
    return this.#length;
  }

  get bytesInMemory(): number {
    return this.#length - Math.min(this.#length, this.#firstInMemory * PAYLOAD_PAGE);
  }

  /** Bytes not yet handed to the file. */
  get pending(): number {
    return this.#saving ? this.#length - this.#onDisk : 0;
  }

  /** Adds a payload; answers its offset, or undefined where there is no room for it. Cost: one copy. */
  append(bytes: Uint8Array): number | undefined {
    if (!this.#saving) {
      // Pages that are on disk make room: they can be read back.
      this.#evict(bytes.length);
      if (this.bytesInMemory + bytes.length > this.#budget) return undefined;
    }
    const offset = this.#length;
    // All of the room first: where memory ends here, the stream is as it was.
    while (this.#pages.length * PAYLOAD_PAGE < offset + bytes.length) this.#pages.push(new Uint8Array(PAYLOAD_PAGE));
    let done = 0;
    while (done < bytes.length) {
      const place = this.#length & PAGE_MASK;
      const page = this.#pages[(this.#length - place) / PAYLOAD_PAGE] as Uint8Array;
      const count = Math.min(PAYLOAD_PAGE - place, bytes.length - done);
      page.set(count === bytes.length ? bytes : bytes.subarray(done, done + count), place);
      done += count;
      this.#length += count;
    }
    return offset;
  }

  /** Takes the next `length` bytes of a read-only file into the stream; answers their offset. */
  extend(length: number): number {
    const offset = this.#length;
    // What was read of the last page so far is not all of it.
    this.#cache.delete(Math.floor(offset / PAYLOAD_PAGE));
    this.#length += length;
    this.#onDisk = this.#length;
    this.#firstInMemory = Math.ceil(this.#length / PAYLOAD_PAGE);
    return offset;
  }

  /**
   * Bytes `offset` up to `offset + length`. The answer may share memory with the log: read it, do not keep or change
   * it. A range inside one page costs nothing; one over several pages is a copy.
   */
  read(offset: number, length: number): Uint8Array {
    if (length === 0) return EMPTY;
    this.#check(offset, length);
    const place = offset & PAGE_MASK;
    // `>>>` would cut an offset to 32 bits: a log may be far longer than 4 GiB.
    const first = (offset - place) / PAYLOAD_PAGE;
    if (place + length <= PAYLOAD_PAGE) return this.#page(first).subarray(place, place + length);
    return this.readOwn(offset, length);
  }

  /** The same for one row after another: fills in where the range stands, since an object for each costs more than the bytes. */
  find(offset: number, length: number, into: FoundBytes): void {
    if (length > 0) this.#check(offset, length);
    const place = offset & PAGE_MASK;
    const isInPage = length > 0 && place + length <= PAYLOAD_PAGE;
    into.bytes = isInPage ? this.#page((offset - place) / PAYLOAD_PAGE) : this.readOwn(offset, length);
    into.start = isInPage ? place : 0;
  }

  /** The same as bytes that are the caller's own. Cost: one copy. */
  readOwn(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const own = new Uint8Array(length);
    if (length > 0) this.copy(offset, own);
    return own;
  }

  /** Fills `into` with the bytes from `offset` on. Throws as `read` does. */
  copy(offset: number, into: Uint8Array): void {
    this.#check(offset, into.length);
    let place = offset & PAGE_MASK;
    for (let done = 0, number = (offset - place) / PAYLOAD_PAGE; done < into.length; number++, place = 0) {
      const part = this.#page(number).subarray(place, Math.min(PAYLOAD_PAGE, place + into.length - done));
      into.set(part, done);
      done += part.length;
    }
  }

  /** Writes what is pending and lets pages past the budget leave memory. Throws what the file throws. */
  save(): void {
    if (this.#file === undefined || !this.#saving) return;
    while (this.#onDisk < this.#length) {
      const place = this.#onDisk & PAGE_MASK;
      const page = this.#pages[(this.#onDisk - place) / PAYLOAD_PAGE] as Uint8Array;
      const part = page.subarray(place, Math.min(PAYLOAD_PAGE, place + this.#length - this.#onDisk));
      this.#file.append(part);
      this.#onDisk += part.length;
    }
    this.#evict();
  }

  /** The stream was read back, and goes on: into `file`, which holds all of it so far, or without one in memory. Throws what the file throws. */
  goOn(file: AppendFile | undefined): void {
    const place = this.#length & PAGE_MASK;
    const whole = (this.#length - place) / PAYLOAD_PAGE;
    const begun = new Uint8Array(PAYLOAD_PAGE);
    if (place > 0) begun.set(this.read(this.#length - place, place));
    this.#pages.length = whole;
    if (place > 0) this.#pages.push(begun);
    this.#firstInMemory = whole;
    if (file === undefined) return;
    this.#file = file;
    this.#saving = true;
  }

  /** A stream that was in memory alone goes into `file`, which is empty, with the next `save`. */
  beginSaving(file: PayloadFile): void {
    this.#file = file;
    this.#saving = true;
  }

  /** Writes no more. What is on disk stays readable; from here on `append` refuses past the budget. */
  stopSaving(): void {
    this.#saving = false;
  }

  /** The file is to be another log's: what has left memory cannot be read any more. */
  forgetFile(): void {
    this.#saving = false;
    this.#file = undefined;
    this.#cache.clear();
  }

  setBudget(bytes: number): void {
    this.#budget = bytes;
    this.#evict();
  }

  /** Lets whole pages that are on disk leave memory until it holds the budget, and `room` more fits. */
  #evict(room = 0): void {
    const wholeOnDisk = this.#file === undefined ? 0 : Math.floor(this.#onDisk / PAYLOAD_PAGE);
    while (this.bytesInMemory + room > this.#budget && this.#firstInMemory < wholeOnDisk) {
      this.#pages[this.#firstInMemory] = undefined;
      this.#firstInMemory++;
    }
  }

  #check(offset: number, length: number): void {
    if (offset >= 0 && offset + length <= this.#length) return;
    throw new RangeError(`Bytes ${offset} to ${offset + length} are not in a log of ${this.#length}.`);
  }

  #page(number: number): Uint8Array {
    const inMemory = this.#pages[number];
    if (inMemory !== undefined) return inMemory;
    const cached = this.#cache.get(number);
    if (cached !== undefined) {
      // Moved to the end: a Map keeps insertion order, so its first key is the page unused for longest.
      this.#cache.delete(number);
      this.#cache.set(number, cached);
      return cached;
    }
    if (this.#file === undefined) throw new Refusal(say("log.payloads-cleared"));
    const page = new Uint8Array(Math.min(PAYLOAD_PAGE, this.#length - number * PAYLOAD_PAGE));
    const count = this.#file.read(number * PAYLOAD_PAGE, page);
    if (count !== page.length) {
      throw new Refusal(say("log.page-short", { count, length: page.length }));
    }
    this.#cache.set(number, page);
    if (this.#cache.size > CACHED_PAGES) this.#cache.delete(this.#cache.keys().next().value as number);
    return page;
  }
}

const EMPTY = new Uint8Array(0);
