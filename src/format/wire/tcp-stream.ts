/** Bytes of one direction that wait for those before them. */
const MOST_WAITING = 1 << 23;

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

  /** `take` is given bytes and the time of their segment; `lost` how many are missing before the next that it is given. */
  constructor(take: (bytes: Uint8Array, time: number) => void, lost: (bytes: number) => void) {
    this.#take = take;
    this.#lost = lost;
  }

  /** A connection begins. */
  begin(sequence: number): void {
    this.#next = (sequence + 1) >>> 0;
    this.#waiting = [];
    this.#waitingBytes = 0;
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
    let place = this.#waiting.length;
    while (place > 0 && (((this.#waiting[place - 1] as Waiting).sequence - segment.sequence) | 0) > 0) place--;
    this.#waiting.splice(place, 0, segment);
    this.#waitingBytes += segment.bytes.length;
    while (this.#waitingBytes > MOST_WAITING) this.#jump();
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
      this.#waitingBytes -= first.bytes.length;
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
