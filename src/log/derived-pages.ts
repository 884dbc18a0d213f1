import { float64Column, uint32Column } from "./column.ts";
import { placeOfRow } from "./find-row.ts";
import { PayloadPages } from "./payload-pages.ts";

/** Bytes of all that is kept. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * What only decoding in order can know of a message, in pages of their own beside the log, each as the decode room wrote it.
 * 16 bytes a message beside that, nothing for a row that has none; a row is found by halving. Past the bound nothing more is
 * kept, and that is counted.
 */
export class DerivedPages {
  readonly #pages: PayloadPages;
  /** Rising. */
  readonly #rows = uint32Column();
  readonly #offsets = float64Column();
  readonly #lengths = uint32Column();
  /** By the first row of a message that takes several, its last. */
  readonly #lasts = new Map<number, number>();
  #lost = 0;

  constructor(budget = MOST_BYTES) {
    this.#pages = new PayloadPages({ budget });
  }

  /** Messages of which it was not kept. */
  get lost(): number {
    return this.#lost;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** Rows come in the order of the log. `first`: the row at which a message begins that takes several and ends here. */
  add(row: number, bytes: Uint8Array, first: number | undefined): void {
    const offset = this.#pages.append(bytes);
    if (offset === undefined) {
      this.#lost++;
      return;
    }
    this.#rows.push(row);
    this.#offsets.push(offset);
    this.#lengths.push(bytes.length);
    if (first !== undefined) this.#lasts.set(first, row);
  }

  /** Undefined for a row that has none. Shares memory: read it, do not keep or change it. */
  of(row: number): Uint8Array | undefined {
    const at = placeOfRow(this.#rows, row);
    return at < 0 ? undefined : this.#pages.read(this.#offsets.at(at), this.#lengths.at(at));
  }

  /** The row at which the message ends that begins with this one and takes several. */
  lastOf(first: number): number | undefined {
    return this.#lasts.get(first);
  }
}
