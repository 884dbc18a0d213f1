import { uint16Column, uint32Column } from "./column.ts";
import { placeOfRow } from "./find-row.ts";

/** A message of the log: a row, and its place among the messages of that row's frame; 0 where the frame is one. */
export interface MessagePlace {
  readonly row: number;
  readonly message: number;
}

/** What decoding found of one message, as numbers. */
export interface MessageFacts {
  /** An id of `labels`. */
  readonly label: number;
  /** Place in the decoders' list of message kinds, and one more; 0 where nobody decoded it. */
  readonly kind: number;
  /** Codes of `topics` and of `ids` (see `textOfCode`). */
  readonly topic: number;
  readonly id: number;
  readonly answers: number;
}

/** One message of a frame that holds several. */
export interface MessageColumns extends MessageFacts {
  /** Its bytes in the frame's payload. */
  readonly from: number;
  readonly to: number;
}

/**
 * The messages of those frames that hold several, beside the columns of all rows: frames of one have nothing here. 34 bytes
 * a message and 8 a frame; a frame is found by halving.
 */
export class FrameMessages {
  /** Rows, rising, and for each the number of its first message. */
  readonly #rows = uint32Column();
  readonly #firsts = uint32Column();
  readonly #labels = uint32Column();
  readonly #kinds = uint16Column();
  readonly #topics = uint32Column();
  readonly #ids = uint32Column();
  readonly #answers = uint32Column();
  readonly #froms = uint32Column();
  readonly #tos = uint32Column();
  /** The partner's row and one more, so that 0 is none, and its place there. */
  readonly #partnerRows = uint32Column();
  readonly #partnerMessages = uint16Column();

  /** Frames that hold several. */
  get frames(): number {
    return this.#rows.length;
  }

  /** Messages of all of them. */
  get length(): number {
    return this.#labels.length;
  }

  /** Begins the next frame: the messages added from now on are its own. */
  begin(row: number): void {
    this.#rows.push(row);
    this.#firsts.push(this.length);
  }

  add({ label, kind, topic, id, answers, from, to }: MessageColumns): void {
    this.#labels.push(label);
    this.#kinds.push(kind);
    this.#topics.push(topic);
    this.#ids.push(id);
    this.#answers.push(answers);
    this.#froms.push(from);
    this.#tos.push(to);
    this.#partnerRows.push(0);
    this.#partnerMessages.push(0);
  }

  /** How many messages a row's frame holds; 0 where it is one. */
  countOf(row: number): number {
    const frame = placeOfRow(this.#rows, row);
    return frame < 0 ? 0 : (frame + 1 < this.frames ? this.#firsts.at(frame + 1) : this.length) - this.#firsts.at(frame);
  }

  /** A row that is not here, or has no such message, is a bug of the caller's. */
  at({ row, message }: MessagePlace): MessageColumns {
    const at = this.#numberOf(row, message);
    return {
      label: this.#labels.at(at),
      kind: this.#kinds.at(at),
      topic: this.#topics.at(at),
      id: this.#ids.at(at),
      answers: this.#answers.at(at),
      from: this.#froms.at(at),
      to: this.#tos.at(at),
    };
  }

  partnerOf(row: number, message: number): MessagePlace | undefined {
    const at = this.#numberOf(row, message);
    const partner = this.#partnerRows.at(at);
    return partner === 0 ? undefined : { row: partner - 1, message: this.#partnerMessages.at(at) };
  }

  setPartner(row: number, message: number, partner: MessagePlace): void {
    const at = this.#numberOf(row, message);
    this.#partnerRows.set(at, partner.row + 1);
    this.#partnerMessages.set(at, partner.message);
  }

  #numberOf(row: number, message: number): number {
    const frame = placeOfRow(this.#rows, row);
    if (frame < 0) throw new RangeError(`Row ${row} does not hold several messages.`);
    return this.#firsts.at(frame) + message;
  }
}
