import type { HeldBytes } from "./held-bytes.ts";

/** Bytes of one direction that wait for those before them, and what each segment costs beside. */
const MOST_WAITING = 1 << 23;
const SEGMENT = 1024;

interface Waiting {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly time: number;
}

/** One direction of a TCP connection: its bytes in order, each once, whatever order and how often its segments came. */
export class TcpStream {
  readonly #take: (bytes: Uint8Array, time: number) => void;
  readonly #lost: (bytes: number) => void;
  /** The sequence number of the next byte; undefined before the first segment. */
  #next: number | undefined;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  readonly #held: HeldBytes;

  /** `take` is given bytes and the time of their segment; `lost` how many are missing before the next that it is given. */
  constructor(take: (bytes: Uint8Array, time: number) => void, lost: (bytes: number) => void, held: HeldBytes) {
    this.#take = take;
    this.#lost = lost;
    this.#held = held;
  }

  /** A connection begins. */
  begin(sequence: number): void {
    this.#next = (sequence + 1) >>> 0;
    this.#waiting = [];
    this.#count(-this.#waitingBytes);
  }

  push(sequence: number, bytes: Uint8Array, time: number): void {
    if (bytes.length === 0) return;
    this.#next ??= sequence;
    const ahead = (sequence - this.#next) | 0;
    if (ahead > 0) {
      this.#wait({ sequence, bytes: bytes.slice(), time });
      return;
    }
    // Sent again, in part or whole.
    if (-ahead >= bytes.length) return;
    this.#give(bytes.subarray(-ahead), time);
    this.#giveWaiting();
  }

  /** No more comes: what waits for bytes that are not in the file is given all the same. */
  end(): void {
    while (this.#waiting.length > 0) this.#jump();
  }

  #wait(segment: Waiting): void {
    // Behind those that do not come later.
    let from = 0;
    let to = this.#waiting.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((((this.#waiting[middle] as Waiting).sequence - segment.sequence) | 0) > 0) to = middle;
      else from = middle + 1;
    }
    this.#waiting.splice(from, 0, segment);
    this.#count(segment.bytes.length + SEGMENT);
    while (this.#waiting.length > 0 && (this.#waitingBytes > MOST_WAITING || this.#held.isFull)) this.#jump();
  }

  #count(bytes: number): void {
    this.#waitingBytes += bytes;
    this.#held.add(bytes);
  }

  #give(bytes: Uint8Array, time: number): void {
    this.#next = ((this.#next as number) + bytes.length) >>> 0;
    this.#take(bytes, time);
  }

  #giveWaiting(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const ahead = (first.sequence - (this.#next as number)) | 0;
      if (ahead > 0) return;
      this.#waiting.shift();
      this.#count(-first.bytes.length - SEGMENT);
      if (-ahead < first.bytes.length) this.#give(first.bytes.subarray(-ahead), first.time);
    }
  }

  #jump(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    this.#lost((first.sequence - (this.#next as number)) >>> 0);
    this.#next = first.sequence;
    this.#giveWaiting();
  }
}
