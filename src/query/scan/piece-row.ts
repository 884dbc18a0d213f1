import { textOfCode, type KeptText } from "../../log/kept-texts.ts";
import { directionOf, isMessage, isPayloadUnreported, kindOf, opcodeOf, originOf, type Direction, type RowKind, type RowOrigin } from "../../model/frame.ts";
import { SEQUENCE_ODDITIES, type SequenceOddity } from "../../model/sequence.ts";
import { MESSAGE_KINDS, type MessageKind } from "../../model/message-kind.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { JsonPlace } from "../json-peek.ts";
import { PAIR_STATES, type ConnectionFacts, type DecodedFacts, type PairState, type QueryRow } from "../query-row.ts";
import type { Block } from "./block.ts";
import type { MessageReader, ScanPiece } from "./piece.ts";

/** A row of a piece. One object goes over all rows: `moveTo` the next before reading. */
export class PieceRow implements QueryRow {
  /** Not there in a piece whose texts say all: a pattern that finds nothing would ask it of each row. */
  readonly derivedText?: () => string | undefined;
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
    if (piece.derived.size > 0) {
      this.derivedText = () => {
        const derived = this.#derived;
        return derived && reader.derivedText(derived);
      };
    }
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

  get origin(): RowOrigin {
    return originOf(this.#bits);
  }

  get opcode(): number {
    return opcodeOf(this.#bits);
  }

  get size(): number | null {
    const size = this.#piece.sizes[this.#row] as number;
    // What is not reported is known by more than 0 bytes.
    return isMessage(this.#bits) && (size > 0 || !isPayloadUnreported(this.#bits)) ? size : null;
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

  get isDecoded(): boolean {
    return this.#piece.decoded !== null;
  }

  get label(): string {
    const { decoded } = this.#piece;
    return decoded?.names[decoded.labels[this.#row] as number] ?? "";
  }

  get messageKind(): MessageKind | null {
    return MESSAGE_KINDS[(this.#piece.decoded?.kinds[this.#row] ?? 0) - 1] ?? null;
  }

  get sequence(): SequenceOddity | null {
    return SEQUENCE_ODDITIES[(this.#piece.decoded?.sequences[this.#row] ?? 0) - 1] ?? null;
  }

  get decoder(): string {
    const { decoded } = this.#piece;
    return decoded?.decoderIds[(decoded.decoders[this.#row] as number) - 1] ?? "";
  }

  get topic(): KeptText {
    const texts = this.#piece.decoded?.texts;
    return texts ? textOfCode(texts.topics[this.#row] as number, texts.topicNames) : null;
  }

  get id(): KeptText {
    const texts = this.#piece.decoded?.texts;
    return texts ? textOfCode(texts.ids[this.#row] as number, texts.idNames) : null;
  }

  get answers(): KeptText {
    const texts = this.#piece.decoded?.texts;
    return texts ? textOfCode(texts.answers[this.#row] as number, texts.idNames) : null;
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
    return isMessage(this.#bits) && this.#derived === undefined && this.#isPlainJson() ? this.#place() : undefined;
  }

  #place(): JsonPlace | undefined {
    const block = this.#block;
    if (block === undefined) return undefined;
    const place = this.#row - block.first;
    return { text: block.text, from: place === 0 ? 0 : (block.ends[place - 1] as number), to: block.ends[place] as number };
  }

  #isPlainJson(): boolean {
    return this.#reader.plainJson.has(this.decoder);
  }

  decoded(): DecodedFacts | undefined {
    if (!this.#isDecoded) {
      this.#decoded = isMessage(this.#bits) ? this.#decode() : undefined;
      this.#isDecoded = true;
    }
    return this.#decoded;
  }

  #decode(): DecodedFacts | undefined {
    if (this.isDecoded && this.decoder === "") return undefined;
    const { payload } = this.#piece;
    if (payload === null || this.#derived !== undefined || !this.#isPlainJson()) return this.#askDecoder();
    const from = this.#payloadFrom();
    const to = payload.ends[this.#row] as number;
    return new JsonFacts(() => this.#reader.lendJson(payload.bytes, from, to), this, () => this.#askDecoder());
  }

  get #derived(): Uint8Array | undefined {
    const { derived } = this.#piece;
    return derived.size === 0 ? undefined : derived.get(this.#row);
  }

  #payloadFrom(): number {
    return this.#row === 0 ? 0 : (this.#piece.payload?.ends[this.#row - 1] as number);
  }

  #askDecoder(): DecodedFacts | undefined {
    const { payload } = this.#piece;
    if (payload === null) return undefined;
    return this.#reader.decode({
      bits: this.#bits,
      connection: this.connection,
      decoder: this.decoder,
      bytes: payload.bytes.subarray(this.#payloadFrom(), payload.ends[this.#row]),
      derived: this.#derived,
    });
  }
}

/** What a plain JSON message says: value and columns at once, the rest from the decoder when it is asked for. */
class JsonFacts implements DecodedFacts {
  readonly decoder: string;
  readonly label: string;
  readonly kind: MessageKind;
  readonly #lend: () => ValueDocument | undefined;
  readonly #askDecoder: () => DecodedFacts | undefined;
  /** As it was lent: no longer good once the decoder was asked, for it reads JSON itself. */
  #value: ValueDocument | undefined;
  #isLent = false;

  constructor(lend: () => ValueDocument | undefined, { decoder, label, messageKind }: QueryRow, askDecoder: () => DecodedFacts | undefined) {
    this.#lend = lend;
    this.decoder = decoder;
    this.label = label;
    this.kind = messageKind ?? "event";
    this.#askDecoder = askDecoder;
  }

  get value(): ValueDocument | undefined {
    if (!this.#isLent) this.#value = this.#lend();
    this.#isLent = true;
    return this.#value;
  }

  get isJson(): boolean {
    // What is broken is of this kind, too.
    return this.kind !== "error" || this.#told()?.isJson === true;
  }

  get topic(): string | undefined {
    return this.#told()?.topic;
  }

  get id(): string | undefined {
    return this.#told()?.id;
  }

  get answers(): string | undefined {
    return this.#told()?.answers;
  }

  #told(): DecodedFacts | undefined {
    this.#isLent = false;
    return this.#askDecoder();
  }
}
