import { directionOf, isMessage, isPayloadUnreported, kindOf, opcodeOf, type Direction, type RowKind } from "../../model/frame.ts";
import type { JsonPlace } from "../json-peek.ts";
import { PAIR_STATES, type ConnectionFacts, type DecodedFacts, type PairState, type QueryRow } from "../query-row.ts";
import type { Block } from "./block.ts";
import { NO_LABEL, type MessageReader, type ScanPiece } from "./piece.ts";

/** Digits that a double may not hold: such numbers are left to the decoder. */
const LONG_NUMBER = /\d{16}/;

/** A row of a piece. One object goes over all rows: `moveTo` the next before reading. */
export class PieceRow implements QueryRow {
  readonly #piece: ScanPiece;
  readonly #reader: MessageReader;
  #row = 0;
  #bits = 0;
  #block: Block | undefined;
  #text: string | undefined;
  #decoded: DecodedFacts | undefined;
  #isDecoded = false;

  constructor(piece: ScanPiece, reader: MessageReader) {
    this.#piece = piece;
    this.#reader = reader;
  }

  /** `row`: its place in the piece; `block`: the one that holds its text, where the piece has payloads. */
  moveTo(row: number, block: Block | undefined): void {
    this.#row = row;
    this.#bits = this.#piece.bits[row] as number;
    this.#block = block;
    this.#text = undefined;
    this.#decoded = undefined;
    this.#isDecoded = false;
  }

  get index(): number {
    return this.#piece.rows[this.#row] as number;
  }

  get kind(): RowKind {
    return kindOf(this.#bits);
  }

  get direction(): Direction | null {
    return directionOf(this.#bits) ?? null;
  }

  get opcode(): number {
    return opcodeOf(this.#bits);
  }

  get size(): number | null {
    return isMessage(this.#bits) && !isPayloadUnreported(this.#bits) ? (this.#piece.sizes[this.#row] as number) : null;
  }

  get time(): number {
    return this.#piece.times[this.#row] as number;
  }

  get connection(): ConnectionFacts {
    return this.#piece.connections[this.#piece.connectionOf[this.#row] as number] as ConnectionFacts;
  }

  get isPinned(): boolean {
    return this.#piece.pinned?.[this.#row] === 1;
  }

  get pair(): PairState {
    return PAIR_STATES[this.#piece.pairs?.[this.#row] ?? 0] ?? "none";
  }

  get latency(): number | null {
    const latency = this.#piece.latencies?.[this.#row];
    return latency === undefined || Number.isNaN(latency) ? null : latency;
  }

  get label(): string | null {
    const place = this.#piece.labelOf?.[this.#row] ?? NO_LABEL;
    return place === NO_LABEL ? null : (this.#piece.labels[place] ?? null);
  }

  text(): string {
    if (this.#text === undefined) {
      const place = this.#place();
      if (place === undefined) return "";
      this.#text = place.text.slice(place.from, place.to);
    }
    return this.#text;
  }

  plainJson(): JsonPlace | undefined {
    return isMessage(this.#bits) && this.#isPlainJson() ? this.#place() : undefined;
  }

  #place(): JsonPlace | undefined {
    const block = this.#block;
    if (block === undefined) return undefined;
    const place = this.#row - block.first;
    return { text: block.text, from: place === 0 ? 0 : (block.ends[place - 1] as number), to: block.ends[place] as number };
  }

  #isPlainJson(): boolean {
    return this.#reader.isPlainJson(this.connection, this.#bits);
  }

  decoded(): DecodedFacts | undefined {
    if (!this.#isDecoded) {
      this.#decoded = isMessage(this.#bits) ? this.#decode() : undefined;
      this.#isDecoded = true;
    }
    return this.#decoded;
  }

  #decode(): DecodedFacts | undefined {
    if (!this.#isPlainJson() || LONG_NUMBER.test(this.text())) return this.#askDecoder();
    try {
      return new JsonFacts(JSON.parse(this.text()), () => this.#askDecoder());
    } catch {
      return undefined;
    }
  }

  #askDecoder(): DecodedFacts | undefined {
    const { payload } = this.#piece;
    if (payload === null) return undefined;
    const from = this.#row === 0 ? 0 : payload.ends[this.#row - 1];
    return this.#reader.decode({
      bits: this.#bits,
      connection: this.connection,
      bytes: payload.bytes.subarray(from, payload.ends[this.#row]),
      text: () => this.text(),
    });
  }
}

/** What a plain JSON message says: its value at once, and the rest from the decoder when it is asked for. */
class JsonFacts implements DecodedFacts {
  readonly value: unknown;
  readonly #askDecoder: () => DecodedFacts | undefined;

  constructor(value: unknown, askDecoder: () => DecodedFacts | undefined) {
    this.value = value;
    this.#askDecoder = askDecoder;
  }

  get decoder(): string {
    return this.#askDecoder()?.decoder ?? "";
  }

  get label(): string {
    return this.#askDecoder()?.label ?? "";
  }

  get topic(): string {
    return this.#askDecoder()?.topic ?? "";
  }

  get id(): string {
    return this.#askDecoder()?.id ?? "";
  }

  get isHeartbeat(): boolean {
    return this.#askDecoder()?.isHeartbeat ?? false;
  }

  get isJson(): boolean {
    return true;
  }
}
