import { directionOf, isMessage, isPayloadUnreported, originOf, type FrameBits } from "../model/frame.ts";
import {
  byteLength,
  connectionId,
  frameIndex,
  monotonicSeconds,
  type ByteLength,
  type ConnectionId,
  type FrameIndex,
  type MonotonicSeconds,
} from "../model/units.ts";
import { float64Column, uint16Column, uint32Column } from "./column.ts";
import type { FoundBytes, PayloadPages } from "./payload-pages.ts";
import type { RowDetail } from "../model/capture-batch.ts";
import { RowDetails } from "./row-details.ts";

/** Rows of another log, and bytes of their payloads, that are added at a time. */
const PIECE_ROWS = 4096;
const PIECE_BYTES = 1 << 20;
/** Rows that are looked at for the one that another was made of. */
const MOST_BACK = 20_000;

/**
 * The rows of a capture, in the order in which Chrome reported them: columns of numbers, and payloads in pages.
 * Append-only; a row costs 26 bytes beside its payload: time 8, connection 4, bits 2, payload offset 8 and length 4.
 */
export class FrameLog {
  readonly payloads: PayloadPages;
  readonly #times = float64Column();
  readonly #connections = uint32Column();
  readonly #bits = uint16Column();
  readonly #offsets = float64Column();
  readonly #lengths = uint32Column();
  /** What few rows have beside their columns. Told before the row itself is added. */
  readonly details = new RowDetails();
  #messages = 0;
  #messageBytes = 0;
  /** Offsets of the rows that are being added. */
  #madeOffsets = new Float64Array(0);

  constructor(payloads: PayloadPages) {
    this.payloads = payloads;
  }

  /** Rows: messages and the events between them. */
  get length(): number {
    return this.#times.length;
  }

  get messages(): number {
    return this.#messages;
  }

  /** Payload bytes of the messages. */
  get messageBytes(): number {
    return this.#messageBytes;
  }

  /** Bytes of a message; null for what is none, and where the size is not known. */
  sizeAt(index: FrameIndex): ByteLength | null {
    const bits = this.bitsAt(index);
    if (!isMessage(bits)) return null;
    if (!isPayloadUnreported(bits)) return this.lengthAt(index);
    const bytes = this.details.sizeOf(index);
    return bytes === undefined ? null : byteLength(bytes);
  }

  /** Takes what an event says of `row`, which comes next. */
  addDetail(row: number, detail: RowDetail): void {
    this.details.add(row, detail);
    const source = detail.type === "ruled" ? this.#rowBack(row, detail) : undefined;
    if (source !== undefined) this.details.add(row, { type: "made-from", connection: detail.connection, row: source });
  }

  #rowBack(row: number, { connection, back, ofDirection }: Extract<RowDetail, { readonly type: "ruled" }>): FrameIndex | undefined {
    if (!Number.isSafeInteger(back) || back === null || back < 0) return undefined;
    let left = back;
    for (let at = Math.min(row, this.length) - 1; at >= Math.max(0, row - MOST_BACK); at--) {
      const index = frameIndex(at);
      const bits = this.bitsAt(index);
      if (this.connectionAt(index) !== connection || directionOf(bits) !== ofDirection) continue;
      if (ofDirection === "received" && originOf(bits) !== "page") continue;
      if (left-- === 0) return index;
    }
    return undefined;
  }

  /** Adds a row; undefined where its payload found no room (see `PayloadPages.append`). */
  append(time: number, connection: number, bits: FrameBits, payload: Uint8Array): FrameIndex | undefined {
    this.#reserve(1);
    const offset = this.payloads.append(payload);
    return offset === undefined ? undefined : this.#addRow(time, connection, bits, offset, payload.length);
  }

  /**
   * Adds many rows at once; false, and none added, where their payloads find no room. Row `i` has the next
   * `lengths[i]` bytes of `payload`. Cost: a copy of the columns and of the bytes.
   */
  appendAll(rows: LogSlice, payload: Uint8Array): boolean {
    this.#reserve(rows.lengths.length);
    const offset = this.payloads.append(payload);
    if (offset === undefined) return false;
    this.#addRows(rows, offset);
    return true;
  }

  /** Adds all rows of another log. Where there is no room for the payloads of some, these and what is behind them are left out. */
  appendLog(other: FrameLog): void {
    this.details.addAll(other.details, this.length);
    for (let from = 0; from < other.length; ) {
      const first = other.offsetAt(frameIndex(from));
      let to = from;
      let bytes = 0;
      while (to < other.length && to - from < PIECE_ROWS && bytes < PIECE_BYTES) bytes += other.lengthAt(frameIndex(to++));
      if (!this.appendAll(other.slice(from, to), other.payloads.read(first, bytes))) return;
      from = to;
    }
  }

  /** Adds a row whose payload is the next `length` bytes of the file that the payloads are read from. */
  restore(time: number, connection: number, bits: FrameBits, length: number): FrameIndex {
    return this.#addRow(time, connection, bits, this.payloads.extend(length), length);
  }

  /** The same for many rows at once. Cost: a copy of the columns. */
  restoreAll(rows: LogSlice): void {
    let bytes = 0;
    for (let i = 0; i < rows.lengths.length; i++) bytes += rows.lengths[i] as number;
    this.#addRows(rows, this.payloads.extend(bytes));
  }

  /** The row whose payload holds a byte of the payloads. Cost: the logarithm of the rows. */
  rowAt(place: number): FrameIndex {
    let low = 0;
    let high = this.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#offsets.at(middle) <= place) low = middle;
      else high = middle;
    }
    return frameIndex(low);
  }

  /** Copies of the columns, rows `from` up to `to`. */
  slice(from: number, to: number): LogSlice {
    return {
      times: this.#times.slice(from, to),
      connections: this.#connections.slice(from, to),
      lengths: this.#lengths.slice(from, to),
      bits: this.#bits.slice(from, to),
    };
  }

  /** What can fail comes before the first change: a row is in all columns or in none. */
  #reserve(rows: number): void {
    for (const column of [this.#times, this.#connections, this.#bits, this.#offsets, this.#lengths]) column.reserve(rows);
  }

  /** `offset`: where the first of their payloads stands; the others stand behind it. */
  #addRows(rows: LogSlice, offset: number): void {
    const count = rows.lengths.length;
    this.#times.pushAll(rows.times);
    this.#connections.pushAll(rows.connections);
    this.#bits.pushAll(rows.bits);
    this.#lengths.pushAll(rows.lengths);
    // The same memory for all: fresh memory costs more than what is written to it.
    if (this.#madeOffsets.length < count) this.#madeOffsets = new Float64Array(count);
    const offsets = this.#madeOffsets.subarray(0, count);
    let messages = 0;
    let messageBytes = 0;
    for (let i = 0, at = offset; i < count; i++) {
      const length = rows.lengths[i] as number;
      offsets[i] = at;
      at += length;
      if (!isMessage(rows.bits[i] as number)) continue;
      messages++;
      messageBytes += length;
    }
    this.#offsets.pushAll(offsets);
    this.#messages += messages;
    this.#messageBytes += messageBytes;
  }

  #addRow(time: number, connection: number, bits: FrameBits, offset: number, length: number): FrameIndex {
    this.#times.push(time);
    this.#connections.push(connection);
    this.#bits.push(bits);
    this.#offsets.push(offset);
    this.#lengths.push(length);
    if (isMessage(bits)) {
      this.#messages++;
      this.#messageBytes += length;
    }
    return frameIndex(this.length - 1);
  }

  timeAt(index: FrameIndex): MonotonicSeconds {
    return monotonicSeconds(this.#times.at(index));
  }

  /** The first row of a connection, event or message. Cost: a look at each row before it. */
  firstRowOf(connection: ConnectionId): FrameIndex | undefined {
    for (let row = 0; row < this.length; row++) if (this.#connections.at(row) === connection) return frameIndex(row);
    return undefined;
  }

  connectionAt(index: FrameIndex): ConnectionId {
    return connectionId(this.#connections.at(index));
  }

  bitsAt(index: FrameIndex): FrameBits {
    return this.#bits.at(index) as FrameBits;
  }

  offsetAt(index: FrameIndex): number {
    return this.#offsets.at(index);
  }

  lengthAt(index: FrameIndex): ByteLength {
    return byteLength(this.#lengths.at(index));
  }

  /** The payload, or its first `atMost` bytes. Shares memory with the log: read it, do not keep or change it. */
  payloadAt(index: FrameIndex, atMost = Infinity): Uint8Array {
    return this.payloads.read(this.#offsets.at(index), Math.min(this.#lengths.at(index), atMost));
  }

  /** The same for one row after another; see `PayloadPages.find`. */
  findPayload(index: FrameIndex, atMost: number, into: FoundBytes): void {
    this.payloads.find(this.#offsets.at(index), Math.min(this.#lengths.at(index), atMost), into);
  }

  /** The same, as bytes of the caller's own. Cost: one copy. */
  ownPayloadAt(index: FrameIndex, atMost = Infinity): Uint8Array<ArrayBuffer> {
    return this.payloads.readOwn(this.#offsets.at(index), Math.min(this.#lengths.at(index), atMost));
  }

  /** Bytes `from` up to `to` of one payload, cut to what it has. */
  payloadRange(index: FrameIndex, from: number, to: number): Uint8Array {
    const end = Math.min(this.#lengths.at(index), to);
    const start = Math.min(Math.max(0, from), end);
    return this.payloads.read(this.#offsets.at(index) + start, end - start);
  }
}

export interface LogSlice {
  readonly times: Float64Array<ArrayBuffer>;
  readonly connections: Uint32Array<ArrayBuffer>;
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly bits: Uint16Array<ArrayBuffer>;
}
