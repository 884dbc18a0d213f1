import { joined, MOST_UNPACKED } from "./unpack-stream.ts";
import { MOST_BLOCK, type ZstdBlocks } from "./zstd-blocks.ts";

const MAGIC = 0xfd2fb528;
/** The low four bits of it are the writer's own. */
const SKIPPABLE = 0x184d2a50;
/** Magic number, descriptor, window, dictionary, size. */
export const MOST_HEAD = 18;
const SKIPPABLE_HEAD = 8;
export const BLOCK_HEAD = 3;
const CHECK = 4;

export type ZstdProblem = "broken" | "too much" | "dictionary";

/**
 * Where the frames and blocks of a zstd stream end (RFC 8878 §3.1), piece by piece, without unpacking them. `expects`: what the
 * next byte belongs to; a message that was flushed ends where a block ends, one by itself where a frame does. With `compressed`,
 * compressed blocks have to be such that it accepts. Memory: such a block.
 */
export class ZstdFrames {
  readonly #compressed: ZstdBlocks | undefined;
  #expects: "frame" | "block" = "frame";
  /** Of a header that is not whole. */
  #head: number[] = [];
  /** Bytes of a block or of a skippable frame that are still to come. */
  #rest = 0;
  /** Of a compressed block, and how much of it is still to come. */
  #block: Uint8Array[] = [];
  #blockRest = 0;
  #hasCheck = false;
  #blocks = 0;
  #window = 0;
  #windows = 0;
  #problem: ZstdProblem | undefined;

  constructor(compressed?: ZstdBlocks) {
    this.#compressed = compressed;
  }

  /** Headers of blocks that were seen. */
  get blocks(): number {
    return this.#blocks;
  }

  /** Bytes of windows, each as often as a frame begins with one and as a block moves on in it. */
  get windows(): number {
    return this.#windows;
  }

  get problem(): ZstdProblem | undefined {
    return this.#problem;
  }

  /** Undefined within a block or a header. */
  get expects(): "frame" | "block" | undefined {
    return this.#rest === 0 && this.#head.length === 0 ? this.#expects : undefined;
  }

  take(bytes: Uint8Array): this {
    for (let at = 0; at < bytes.length && this.#problem === undefined; ) {
      if (this.#rest > 0) {
        const skipped = Math.min(this.#rest, bytes.length - at);
        if (this.#blockRest > 0) this.#gather(bytes.subarray(at, at + skipped));
        this.#rest -= skipped;
        at += skipped;
        continue;
      }
      this.#head.push(bytes[at++] as number);
      if (this.#expects === "block") this.#readBlock();
      else this.#readFrame();
    }
    return this;
  }

  #gather(bytes: Uint8Array): void {
    const part = bytes.slice(0, this.#blockRest);
    this.#block.push(part);
    this.#blockRest -= part.length;
    if (this.#blockRest > 0) return;
    const block = joined(this.#block, this.#block.reduce((length, { length: more }) => length + more, 0));
    this.#block = [];
    if (this.#compressed?.accepts(block) === false) this.#problem = "broken";
  }

  #readBlock(): void {
    if (this.#head.length < BLOCK_HEAD) return;
    const head = littleEndian(this.#head, 0, BLOCK_HEAD);
    this.#head = [];
    this.#blocks++;
    this.#windows += this.#window;
    const size = head >>> 3;
    const type = (head >>> 1) & 3;
    if (type === 3 || size > MOST_BLOCK || (type === 2 && size === 0)) this.#problem = "broken";
    // Of a byte that is repeated there is one.
    this.#rest = type === 1 ? 1 : size;
    this.#blockRest = type === 2 && this.#compressed !== undefined ? size : 0;
    if ((head & 1) === 0) return;
    this.#expects = "frame";
    if (this.#hasCheck) this.#rest += CHECK;
  }

  #readFrame(): void {
    const head = this.#head;
    if (head.length < 4) return;
    const magic = littleEndian(head, 0, 4);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      if (head.length < SKIPPABLE_HEAD) return;
      this.#rest = littleEndian(head, 4, 4);
      this.#head = [];
      return;
    }
    if (magic !== MAGIC) {
      this.#problem = "broken";
      return;
    }
    const descriptor = head[4];
    if (descriptor === undefined) return;
    const isSingle = (descriptor & 0x20) !== 0;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    const sizeFlag = descriptor >> 6;
    const sizeBytes = sizeFlag === 0 ? Number(isSingle) : 1 << sizeFlag;
    const dictionaryAt = isSingle ? 5 : 6;
    const length = dictionaryAt + dictionaryBytes + sizeBytes;
    if (length > MOST_HEAD) this.#problem = "broken";
    if (head.length < length) return;
    const size = littleEndian(head, length - sizeBytes, sizeBytes) + (sizeFlag === 1 ? 256 : 0);
    if ((descriptor & 8) !== 0) this.#problem = "broken";
    else if (littleEndian(head, dictionaryAt, dictionaryBytes) !== 0) this.#problem = "dictionary";
    this.#window = isSingle ? size : windowSize(head[5] ?? 0);
    this.#windows += this.#window;
    // A window is allocated before the first byte comes of it.
    if (this.#problem === undefined && this.#window > MOST_UNPACKED) this.#problem = "too much";
    this.#hasCheck = (descriptor & 4) !== 0;
    this.#head = [];
    this.#expects = "block";
    this.#compressed?.beginFrame();
  }
}

/** §3.1.1.1.2 */
const windowSize = (byte: number): number => 2 ** (10 + (byte >> 3)) * (1 + (byte & 7) / 8);

function littleEndian(bytes: ArrayLike<number>, from: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + (bytes[from + i] ?? 0);
  return value;
}
