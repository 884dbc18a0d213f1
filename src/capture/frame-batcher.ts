import type { CaptureBatch, CaptureEvent, RowDetail } from "../model/capture-batch.ts";
import type { FrameBits } from "../model/frame.ts";
import type { ConnectionId, MonotonicSeconds } from "../model/units.ts";
import { ToldEvents } from "./told-events.ts";

/** A batch goes out at the latest with this many frames or bytes. */
const MOST_FRAMES = 4096;
const MOST_BYTES = 1 << 20;
const FEWEST_BYTES = 1 << 12;
/** Batches of this size are made in memory that goes to and fro. */
const SPARED_FROM = 1 << 16;
const MOST_SPARES = 4;
/** Bytes that may be under way to the engine; a frame past that is dropped and counted. */
const MOST_UNDER_WAY = 512 * 2 ** 20;

/**
 * Events that may wait for the engine to have them safe: past the first bound only those without which the rest makes no
 * sense are taken, past the second none. What is not taken is counted as lost. (A page that opens and closes a thousand
 * sockets a second gets there where the engine stands still for ten.)
 */
export const MOST_EVENTS = 50_000;
export const MOST_VITAL_EVENTS = 100_000;
const VITAL: ReadonlySet<CaptureEvent["type"]> = new Set<CaptureEvent["type"]>(["target", "created", "named", "withdrawn", "closed", "navigated", "resumed", "gap", "clock"]);

const NO_DETAILS: readonly RowDetail[] = [];

/** What a batcher needs from outside. */
export interface BatcherEdges {
  /** Sends a batch to the engine; its buffers can be transferred. */
  readonly send: (batch: CaptureBatch) => void;
  /** Calls back soon, after what is already waiting; never by a timer, for a hidden page's are throttled. */
  readonly soon: (callback: () => void) => void;
}

/** What the engine says of a batch that it has taken in. */
export interface BatchTaken {
  readonly payloadBytes: number;
  /** The batch's memory, which comes back. */
  readonly spare?: ArrayBuffer;
  /** As in `BatchDone` of the contract. */
  readonly safeEvents: number;
  readonly framesBefore: number;
}

/**
 * Gathers frames and events into batches.
 *
 * While the engine is still busy with a batch, the next one gathers until `batchDone` (or its limits): under load a
 * batch so grows by itself, and a single frame still leaves at once.
 */
export class FrameBatcher {
  readonly #edges: BatcherEdges;
  readonly #encoder = new TextEncoder();
  #columns = newColumns(64);
  #payload = new Uint8Array(FEWEST_BYTES);
  #count = 0;
  #bytes = 0;
  #events: { at: number; event: CaptureEvent }[] = [];
  /** Events of a pause, told when it ends; undefined while there is none. */
  #held: CaptureEvent[] | undefined;
  #batchesUnderWay = 0;
  #bytesUnderWay = 0;
  #isScheduled = false;
  readonly #told = new ToldEvents();
  #framesBefore = 0;
  readonly #spares: ArrayBuffer[] = [];
  /** Frames in the batches sent. */
  #sent = 0;
  #lost = 0;
  #lostSent = 0;
  /** Openings that no engine is told of any more, as far as they are counted among the lost. */
  #forgottenTold = 0;

  constructor(edges: BatcherEdges) {
    this.#edges = edges;
  }

  /** Takes a message in as text, and what there is to say of its row. Cost: one encoding. */
  addText(time: MonotonicSeconds, connection: ConnectionId, bits: FrameBits, text: string, details = NO_DETAILS): void {
    if (!this.#canTake(text.length)) return;
    for (const detail of details) this.addEvent(detail);
    // A UTF-16 unit takes at most three bytes.
    if (!this.#makeRoom(text.length * 3)) {
      this.#addBytes(time, connection, bits, this.#encoder.encode(text));
      return;
    }
    const { written } = this.#encoder.encodeInto(text, this.#payload.subarray(this.#bytes));
    this.#add(time, connection, bits, written);
  }

  addBytes(time: MonotonicSeconds, connection: ConnectionId, bits: FrameBits, bytes: Uint8Array<ArrayBuffer>, details = NO_DETAILS): void {
    if (!this.#canTake(bytes.length)) return;
    for (const detail of details) this.addEvent(detail);
    this.#addBytes(time, connection, bits, bytes);
  }

  #addBytes(time: MonotonicSeconds, connection: ConnectionId, bits: FrameBits, bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#makeRoom(bytes.length)) {
      this.#payload.set(bytes, this.#bytes);
    } else {
      // Too large to stand beside others: it goes alone, its own buffer the batch's.
      this.flush();
      this.#payload = bytes;
    }
    this.#add(time, connection, bits, bytes.length);
  }

  addEvent(event: CaptureEvent): void {
    const waiting = this.#told.unsafe.length + (this.#held?.length ?? 0);
    if (waiting >= MOST_EVENTS && (waiting >= MOST_VITAL_EVENTS || !VITAL.has(event.type))) return this.countLost();
    if (this.#held === undefined) this.#tell(event);
    else this.#held.push(event);
  }

  #tell(event: CaptureEvent): void {
    this.#events.push({ at: this.#count, event });
    this.#told.add(event);
    this.#schedule();
  }

  /** From here on events wait for `release`: the engine's log stands still, and knows afterwards what became of its connections. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) this.#tell(event);
  }

  /** A frame or event that Chrome reported and that could not be taken in. */
  countLost(): void {
    this.#lost++;
    this.#schedule();
  }

  /** The engine has taken a batch in. */
  batchDone({ payloadBytes, spare, safeEvents, framesBefore }: BatchTaken): void {
    if (spare?.byteLength === MOST_BYTES && this.#spares.length < MOST_SPARES) this.#spares.push(spare);
    this.#batchesUnderWay--;
    this.#bytesUnderWay -= payloadBytes;
    this.#told.isSafe(safeEvents);
    this.#framesBefore = framesBefore;
    if (this.#hasNews) this.#schedule();
  }

  /**
   * The engine ended, and another takes over: what was under way is gone. The frames of it are lost, and count as passed;
   * the events are sent again, before anything else.
   */
  tellAgain(): void {
    this.#batchesUnderWay = 1;
    this.#bytesUnderWay = 0;
    this.#lost += this.#told.forgotten - this.#forgottenTold;
    this.#forgottenTold = this.#told.forgotten;
    const events = this.#told.unsafe.slice(0, this.#told.unsafe.length - this.#events.length).map((event) => ({ at: 0, event }));
    this.#edges.send({
      count: 0,
      ...newColumns(0),
      payload: new Uint8Array(0),
      events,
      passed: this.#sent + this.#lost,
      again: { eventsBefore: this.#told.safe, openings: this.#told.openings, framesBefore: this.#framesBefore },
    });
    this.#lostSent = this.#lost;
  }

  /** Sends what there is, now. */
  flush(): void {
    if (!this.#hasNews) return;
    const count = this.#count;
    const batch: CaptureBatch = {
      count,
      times: this.#columns.times,
      connections: this.#columns.connections,
      bits: this.#columns.bits,
      lengths: this.#columns.lengths,
      payload: this.#payload.subarray(0, this.#bytes),
      events: this.#events,
      passed: this.#sent + count + this.#lost,
    };
    this.#sent += count;
    this.#batchesUnderWay++;
    this.#bytesUnderWay += this.#bytes;
    this.#edges.send(batch);
    this.#columns = newColumns(Math.max(64, count));
    // Batches grow and shrink slowly: room for twice the last spares most of the growing.
    this.#payload = this.#newBytes(Math.min(MOST_BYTES, Math.max(FEWEST_BYTES, this.#bytes * 2)));
    this.#count = 0;
    this.#bytes = 0;
    this.#events = [];
    this.#lostSent = this.#lost;
  }

  /** So many bytes or more: of memory that was used before where there is some, for fresh memory costs several times more. */
  #newBytes(size: number): Uint8Array<ArrayBuffer> {
    const spare = size >= SPARED_FROM ? this.#spares.pop() : undefined;
    return new Uint8Array(spare ?? new ArrayBuffer(size >= SPARED_FROM ? MOST_BYTES : size));
  }

  get #hasNews(): boolean {
    return this.#count > 0 || this.#events.length > 0 || this.#lost > this.#lostSent;
  }

  /** False, and counted, where the engine is so far behind that more would only fill the memory. */
  #canTake(length: number): boolean {
    const canTake = this.#bytesUnderWay + this.#bytes + length <= MOST_UNDER_WAY;
    if (!canTake) this.countLost();
    return canTake;
  }

  /** Sees to it that `length` more bytes fit; false where a payload is too large to stand beside others. */
  #makeRoom(length: number): boolean {
    if (length > MOST_BYTES) return false;
    if (this.#count === MOST_FRAMES || this.#bytes + length > MOST_BYTES) this.flush();
    if (this.#bytes + length > this.#payload.length) {
      let size = this.#payload.length;
      while (size < this.#bytes + length) size *= 2;
      const larger = this.#newBytes(size);
      larger.set(this.#payload.subarray(0, this.#bytes));
      this.#payload = larger;
    }
    return true;
  }

  #add(time: MonotonicSeconds, connection: ConnectionId, bits: FrameBits, length: number): void {
    if (this.#count === this.#columns.times.length) this.#columns = grownColumns(this.#columns);
    const row = this.#count++;
    this.#columns.times[row] = time;
    this.#columns.connections[row] = connection;
    this.#columns.bits[row] = bits;
    this.#columns.lengths[row] = length;
    this.#bytes += length;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#bytes >= MOST_BYTES) {
      this.flush();
      return;
    }
    if (this.#isScheduled || this.#batchesUnderWay > 0) return;
    this.#isScheduled = true;
    this.#edges.soon(() => {
      this.#isScheduled = false;
      this.flush();
    });
  }
}

type Columns = Pick<CaptureBatch, "times" | "connections" | "bits" | "lengths">;

function newColumns(length: number): Columns {
  return {
    times: new Float64Array(length),
    connections: new Uint32Array(length),
    bits: new Uint16Array(length),
    lengths: new Uint32Array(length),
  };
}

function grownColumns(columns: Columns): Columns {
  const longer = newColumns(columns.times.length * 2);
  longer.times.set(columns.times);
  longer.connections.set(columns.connections);
  longer.bits.set(columns.bits);
  longer.lengths.set(columns.lengths);
  return longer;
}
