import { uint16Column, uint32Column } from "./column.ts";

/** What decoding found of one row, as numbers. */
export interface DecodedRow {
  /** An id of `labels`. */
  readonly label: number;
  /** Place in the decoders' list of message kinds, and one more; 0 where nobody decoded the row. */
  readonly kind: number;
  /** Place in the list of decoders, and one more; 0 where nobody decoded the row. */
  readonly decoder: number;
}

const KIND_BITS = 8;

/**
 * What decoding found, beside the rows of a log: label, kind, decoder and the row's partner in a pair. It follows the
 * log, in order; rows that it has not reached are not decoded yet. 10 bytes a row; every label is kept once.
 */
export class DecodedColumns {
  readonly #labels = uint32Column();
  readonly #facets = uint16Column();
  /** The partner's row and one more, so that 0 is none. */
  readonly #partners = uint32Column();
  readonly #names: string[] = [""];
  readonly #counts: number[] = [0];

  /** Rows reached. */
  get length(): number {
    return this.#labels.length;
  }

  /** Labels by their id; id 0 is the empty one. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Rows that have each label, by its id. */
  get counts(): readonly number[] {
    return this.#counts;
  }

  addName(name: string): void {
    this.#names.push(name);
    this.#counts.push(0);
  }

  add({ label, kind, decoder }: DecodedRow): void {
    this.#counts[label] = (this.#counts[label] ?? 0) + 1;
    this.#labels.push(label);
    this.#facets.push(kind | (decoder << KIND_BITS));
    this.#partners.push(0);
  }

  /** Makes two rows a pair. Where the request has an answer already, it keeps the first. */
  pair(request: number, answer: number): void {
    if (this.#partners.at(request) === 0) this.#partners.set(request, answer + 1);
    this.#partners.set(answer, request + 1);
  }

  /** As `DecodedRow.label`; 0 for a row that is not reached. */
  labelOf(row: number): number {
    return row < this.length ? this.#labels.at(row) : 0;
  }

  /** As `DecodedRow.kind`; 0 for a row that is not reached. */
  kindOf(row: number): number {
    return row < this.length ? this.#facets.at(row) & ((1 << KIND_BITS) - 1) : 0;
  }

  /** As `DecodedRow.decoder`; 0 for a row that is not reached. */
  decoderOf(row: number): number {
    return row < this.length ? this.#facets.at(row) >>> KIND_BITS : 0;
  }

  /** The other row of its pair. */
  partnerOf(row: number): number | undefined {
    const partner = row < this.length ? this.#partners.at(row) : 0;
    return partner === 0 ? undefined : partner - 1;
  }
}
