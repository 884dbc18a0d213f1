import { SparseColumn, uint16Column, uint32Column } from "./column.ts";
import { DerivedPages } from "./derived-pages.ts";
import { DIRECT, FIRST_NAME, textOfCode, type KeptText } from "./kept-texts.ts";
import { connectionId, type ConnectionId } from "../model/units.ts";
import { FrameMessages, type MessageColumns, type MessageFacts, type MessagePlace } from "./frame-messages.ts";

/** What decoding found of one row, as numbers. */
export interface DecodedRow extends MessageFacts {
  /** Place in the list of decoders, and one more; 0 where nobody decoded the row. */
  readonly decoder: number;
  /** What is odd by its number: the place in `SEQUENCE_ODDITIES`, and one more; 0 for nothing. */
  readonly sequence: number;
  /** The messages of a frame that holds several; label and kind are then the first one's. Undefined where it is one. */
  readonly messages: readonly MessageColumns[] | undefined;
}

const KIND_BITS = 8;
/** The highest of the kind's bits says that the frame holds several messages. */
const SEVERAL = 1 << (KIND_BITS - 1);
/** Two below it say what is odd by its number. */
const SEQUENCE_SHIFT = 5;
const SEQUENCE_MASK = 0b11;
const KIND_MASK = (1 << SEQUENCE_SHIFT) - 1;

export interface DecodedSlice {
  readonly labels: Uint32Array<ArrayBuffer>;
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly decoders: Uint8Array<ArrayBuffer>;
  readonly sequences: Uint8Array<ArrayBuffer>;
}

/** Codes of texts, one entry a row: see `textOfCode`. */
export interface TextSlice {
  readonly topics: Uint32Array<ArrayBuffer>;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly answers: Uint32Array<ArrayBuffer>;
}

/**
 * What decoding found, beside the rows of a log: label, kind, decoder, the row's partner in a pair, its topic, its id and
 * that of the message which it answers. It follows the log, in order; rows that it has not reached are not decoded yet.
 * 10 bytes a row, and 4 for each of topic, id and answered id where rows near it have one; every name is kept once. What a
 * frame of several messages holds stands in `messages`.
 */
export class DecodedColumns {
  /** Which decoder each connection's messages are taken by. */
  readonly #spoken: Map<ConnectionId, number>;
  readonly #spokenAnew = new Set<ConnectionId>();
  #lastSpoken = { connection: connectionId(0), decoder: 0 };
  readonly #labels = uint32Column();
  readonly #facets = uint16Column();
  /** The partner's row and one more, so that 0 is none. */
  readonly #partners = uint32Column();
  readonly #names: string[] = [""];
  readonly #counts: number[] = [0];
  /** What columns cannot hold of it. */
  readonly derived = new DerivedPages();
  readonly #topics = new SparseColumn();
  readonly #ids = new SparseColumn();
  readonly #answers = new SparseColumn();
  readonly #topicNames: string[] = unnamed();
  readonly #topicCounts: number[] = [];
  readonly #idNames: string[] = unnamed();
  /** The place of a partner among the messages of its frame, where it is not the first. */
  readonly #partnerMessages = new Map<number, number>();
  readonly messages = new FrameMessages();
  #continued = 0;

  /** `before`: what decoding found of the log before, whose connections go on. */
  constructor(before?: DecodedColumns) {
    this.#spoken = new Map(before === undefined ? [] : before.#spoken);
  }

  /** Rows reached. */
  get length(): number {
    return this.#labels.length;
  }

  /** Labels by their id; id 0 is the empty one. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Messages that have each label, by its id. */
  get counts(): readonly number[] {
    return this.#counts;
  }

  /** Frames that are no message of their own, but of one that takes several and is whole. */
  get continued(): number {
    return this.#continued;
  }

  addContinued(frames: number): void {
    this.#continued += frames;
  }

  addName(name: string): void {
    this.#names.push(name);
    this.#counts.push(0);
  }

  /** Names of topics by their code, from `FIRST_NAME` on. */
  get topicNames(): readonly string[] {
    return this.#topicNames;
  }

  /** Messages that have each topic, by its code. */
  get topicCounts(): readonly number[] {
    return this.#topicCounts;
  }

  /** Ids that are no whole numbers, by their code, from `FIRST_NAME` on. */
  get idNames(): readonly string[] {
    return this.#idNames;
  }

  addTopicName(name: string): void {
    this.#topicNames.push(name);
  }

  addIdName(name: string): void {
    this.#idNames.push(name);
  }

  add({ label, kind, decoder, topic, id, answers, sequence, messages }: DecodedRow): void {
    if (messages === undefined) this.#count(label, topic);
    else {
      this.messages.begin(this.length);
      for (const message of messages) {
        this.#count(message.label, message.topic);
        this.messages.add(message);
      }
    }
    this.#labels.push(label);
    this.#facets.push(kind | (sequence << SEQUENCE_SHIFT) | (messages === undefined ? 0 : SEVERAL) | (decoder << KIND_BITS));
    this.#partners.push(0);
    this.#topics.push(topic);
    this.#ids.push(id);
    this.#answers.push(answers);
  }

  /** Adds rows that nobody decoded. */
  addUndecoded(rows: number): void {
    this.#counts[0] = (this.#counts[0] ?? 0) + rows;
    for (const column of [this.#labels, this.#facets, this.#partners, this.#topics, this.#ids, this.#answers]) column.pushZeros(rows);
  }

  #count(label: number, topic: number): void {
    this.#counts[label] = (this.#counts[label] ?? 0) + 1;
    if (topic >= FIRST_NAME && topic < DIRECT) this.#topicCounts[topic] = (this.#topicCounts[topic] ?? 0) + 1;
  }

  /** Makes two messages a pair. Where the request has an answer already, it keeps the first. */
  pair(request: MessagePlace, answer: MessagePlace): void {
    if (this.partnerOf(request.row, request.message) === undefined) this.#setPartner(request, answer);
    this.#setPartner(answer, request);
  }

  #setPartner({ row, message }: MessagePlace, partner: MessagePlace): void {
    if (this.holdsSeveral(row)) return this.messages.setPartner(row, message, partner);
    this.#partners.set(row, partner.row + 1);
    if (partner.message === 0) this.#partnerMessages.delete(row);
    else this.#partnerMessages.set(row, partner.message);
  }

  /** Whether a row's frame holds several messages, which `messages` has. */
  holdsSeveral(row: number): boolean {
    return row < this.length && (this.#facets.at(row) & SEVERAL) !== 0;
  }

  /** As `DecodedRow.label`; 0 for a row that is not reached. */
  labelOf(row: number): number {
    return row < this.length ? this.#labels.at(row) : 0;
  }

  /** As `DecodedRow.kind`; 0 for a row that is not reached. */
  kindOf(row: number): number {
    return row < this.length ? this.#facets.at(row) & KIND_MASK : 0;
  }

  /** As `DecodedRow.sequence`; 0 for a row that is not reached. */
  sequenceOf(row: number): number {
    return row < this.length ? (this.#facets.at(row) >>> SEQUENCE_SHIFT) & SEQUENCE_MASK : 0;
  }

  /** As `DecodedRow.decoder`; 0 for a row that is not reached. */
  decoderOf(row: number): number {
    return row < this.length ? this.#facets.at(row) >>> KIND_BITS : 0;
  }

  /** The decoder that took the connection's latest message, as `DecodedRow.decoder`, also of the log before; 0 where none did. */
  decoderOfConnection(connection: ConnectionId): number {
    return this.#spoken.get(connection) ?? 0;
  }

  /** A message of a connection was taken by a decoder; answers whether it is another than took the one before. */
  speaks(connection: ConnectionId, decoder: number): boolean {
    if (decoder === 0 || (connection === this.#lastSpoken.connection && decoder === this.#lastSpoken.decoder)) return false;
    this.#lastSpoken = { connection, decoder };
    if (this.#spoken.get(connection) === decoder) return false;
    this.#spoken.set(connection, decoder);
    this.#spokenAnew.add(connection);
    return true;
  }

  /** Only these connections are left. */
  keepSpoken(isLeft: (connection: number) => boolean): void {
    for (const connection of this.#spoken.keys()) if (!isLeft(connection)) this.#spoken.delete(connection);
  }

  /** Connections whose `decoderOfConnection` may be another than when this was last asked. For one who asks. */
  takeSpokenAnew(): ConnectionId[] {
    const anew = [...this.#spokenAnew];
    this.#spokenAnew.clear();
    return anew;
  }

  topicOf(row: number): KeptText {
    return textOfCode(this.#topics.at(row), this.#topicNames);
  }

  /** The message's own id. */
  idOf(row: number): KeptText {
    return textOfCode(this.#ids.at(row), this.#idNames);
  }

  /** The id of the message that it answers. */
  answersOf(row: number): KeptText {
    return textOfCode(this.#answers.at(row), this.#idNames);
  }

  /** The columns of texts of some rows. */
  pickTexts(rows: Uint32Array): TextSlice {
    const pick = (column: SparseColumn): Uint32Array<ArrayBuffer> => Uint32Array.from(rows, (row) => column.at(row));
    return { topics: pick(this.#topics), ids: pick(this.#ids), answers: pick(this.#answers) };
  }

  /** The columns of rows `from` up to `to`. */
  slice(from: number, to: number): DecodedSlice {
    return separate(this.#labels.slice(from, to), this.#facets.slice(from, to));
  }

  /** The columns of some rows. */
  pick(rows: Uint32Array): DecodedSlice {
    const labels = new Uint32Array(rows.length);
    const facets = new Uint16Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      labels[i] = this.#labels.at(rows[i] as number);
      facets[i] = this.#facets.at(rows[i] as number);
    }
    return separate(labels, facets);
  }

  /** The other message of its pair. `message`: the place in its frame, where that holds several. */
  partnerOf(row: number, message = 0): MessagePlace | undefined {
    if (this.holdsSeveral(row)) return this.messages.partnerOf(row, message);
    const partner = row < this.length ? this.#partners.at(row) : 0;
    return partner === 0 ? undefined : { row: partner - 1, message: this.#partnerMessages.get(row) ?? 0 };
  }
}

/** The codes before the first name have none. */
const unnamed = (): string[] => Array.from({ length: FIRST_NAME }, () => "");

function separate(labels: Uint32Array<ArrayBuffer>, facets: Uint16Array): DecodedSlice {
  const kinds = new Uint8Array(facets.length);
  const decoders = new Uint8Array(facets.length);
  const sequences = new Uint8Array(facets.length);
  for (let i = 0; i < facets.length; i++) {
    const facet = facets[i] as number;
    kinds[i] = facet & KIND_MASK;
    decoders[i] = facet >>> KIND_BITS;
    sequences[i] = (facet >>> SEQUENCE_SHIFT) & SEQUENCE_MASK;
  }
  return { labels, kinds, decoders, sequences };
}
