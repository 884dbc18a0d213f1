import type { FrameRow } from "../contract/rows.ts";
import type { MessageColumns } from "../log/frame-messages.ts";
import { textOfCode, type KeptText } from "../log/kept-texts.ts";
import { directionOf, kindOf, opcodeOf, originOf, type Direction, type RowKind, type RowOrigin } from "../model/frame.ts";
import { MESSAGE_KINDS, type MessageKind } from "../model/message-kind.ts";
import type { SequenceOddity } from "../model/sequence.ts";
import { frameIndex, type ConnectionId } from "../model/units.ts";
import type { ConnectionFacts, DecodedFacts, PairState, QueryRow } from "../query/query-row.ts";
import type { CaptureLog } from "./capture-log.ts";
import { factsOf } from "./connection-facts.ts";
import { decoderAt, messageKindAt, pairAt, pairOf, sequenceAt } from "./decoded-row.ts";

/** A row of the log as a query's columns see it. One object goes over many rows: `moveTo` the next before reading. */
export class LogRow implements QueryRow {
  readonly #capture: CaptureLog;
  readonly #facts = new Map<ConnectionId, ConnectionFacts>();
  #index = frameIndex(0);
  #bits = 0;
  /** Of a frame that holds several messages: the one that it stands for. */
  #message: MessageColumns | undefined;
  #place = 0;

  constructor(capture: CaptureLog) {
    this.#capture = capture;
  }

  moveTo(row: number): void {
    this.#index = frameIndex(row);
    this.#bits = this.#capture.log.bitsAt(this.#index);
    this.#message = undefined;
  }

  /** One of the messages of a row that holds several. */
  moveToMessage(row: number, message: number): void {
    this.moveTo(row);
    this.#message = this.#capture.decoded.messages.at({ row, message });
    this.#place = message;
  }

  get index(): number {
    return this.#index;
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
    return this.#capture.log.sizeAt(this.#index);
  }

  get time(): number {
    return this.#capture.log.timeAt(this.#index);
  }

  get connection(): ConnectionFacts {
    const id = this.#capture.log.connectionAt(this.#index);
    const known = this.#facts.get(id);
    if (known !== undefined) return known;
    const facts = factsOf(this.#capture.table, id);
    this.#facts.set(id, facts);
    return facts;
  }

  get isPinned(): boolean {
    return this.#capture.marks.get(this.#index)?.pinned === true;
  }

  get pair(): PairState {
    return pairState(this.#pair());
  }

  get latency(): number | null {
    return this.#pair()?.latency ?? null;
  }

  get isDecoded(): boolean {
    return this.#index < this.#capture.decoded.length;
  }

  get label(): string {
    const { decoded } = this.#capture;
    return decoded.names[this.#message?.label ?? decoded.labelOf(this.#index)] ?? "";
  }

  get messageKind(): MessageKind | null {
    return this.#message === undefined ? messageKindAt(this.#capture, this.#index) : (MESSAGE_KINDS[this.#message.kind - 1] ?? null);
  }

  get sequence(): SequenceOddity | null {
    return this.#message === undefined ? sequenceAt(this.#capture, this.#index) : null;
  }

  get decoder(): string {
    return decoderAt(this.#capture, this.#index)?.id ?? "";
  }

  get topic(): KeptText {
    const { decoded } = this.#capture;
    return this.#message === undefined ? decoded.topicOf(this.#index) : textOfCode(this.#message.topic, decoded.topicNames);
  }

  get id(): KeptText {
    const { decoded } = this.#capture;
    return this.#message === undefined ? decoded.idOf(this.#index) : textOfCode(this.#message.id, decoded.idNames);
  }

  get answers(): KeptText {
    const { decoded } = this.#capture;
    return this.#message === undefined ? decoded.answersOf(this.#index) : textOfCode(this.#message.answers, decoded.idNames);
  }

  /** The columns never ask; texts are read on the scan thread. */
  text(): string {
    return "";
  }

  decoded(): DecodedFacts | undefined {
    return undefined;
  }

  #pair(): FrameRow["pair"] {
    return this.#message === undefined ? pairAt(this.#capture, this.#index) : pairOf(this.#capture, this.#index, this.#place);
  }
}

export function pairState(pair: FrameRow["pair"]): PairState {
  if (pair === null) return "none";
  return pair.role === "answer" ? "answer" : pair.latency === null ? "unanswered request" : "request";
}
