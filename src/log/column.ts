/** The typed arrays that a column can be made of. */
type ColumnArray = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

const PAGE_BITS = 16;
/** Rows in one page of a column. */
export const COLUMN_PAGE = 1 << PAGE_BITS;
const PAGE_MASK = COLUMN_PAGE - 1;

/**
 * An append-only column of numbers that grows by pages, so that a row costs the same at five million as at fifty
 * thousand: nothing is ever copied to make room.
 */
export class Column<A extends ColumnArray> {
  readonly #pages: A[] = [];
  readonly #newPage: (length: number) => A;
  #length = 0;

  constructor(newPage: (length: number) => A) {
    this.#newPage = newPage;
  }

  get length(): number {
    return this.#length;
  }

  /** Makes room for so many rows: only this can fail for want of memory, and the rows pushed into that room cannot. */
  reserve(count: number): void {
    while (this.#pages.length * COLUMN_PAGE < this.#length + count) this.#pages.push(this.#newPage(COLUMN_PAGE));
  }

  push(value: number): void {
    const place = this.#length & PAGE_MASK;
    if (place === 0) this.reserve(1);
    const page = this.#pages[this.#length >>> PAGE_BITS] as A;
    page[place] = value;
    this.#length++;
  }

  pushAll(values: A): void {
    this.reserve(values.length);
    for (let done = 0; done < values.length; ) {
      const place = this.#length & PAGE_MASK;
      const count = Math.min(COLUMN_PAGE - place, values.length - done);
      (this.#pages[this.#length >>> PAGE_BITS] as A).set(values.subarray(done, done + count), place);
      done += count;
      this.#length += count;
    }
  }

  /** Adds so many rows that have 0. */
  pushZeros(count: number): void {
    this.reserve(count);
    // Pages are zeros until something is pushed.
    this.#length += count;
  }

  /** The value of row `index`. Throws on a row that is not there: that is a bug of the caller's. */
  at(index: number): number {
    if (index < 0 || index >= this.#length) throw new RangeError(`Row ${index} is not in a column of ${this.#length}.`);
    return (this.#pages[index >>> PAGE_BITS] as A)[index & PAGE_MASK] as number;
  }

  /** Changes a row that is there. */
  set(index: number, value: number): void {
    if (index < 0 || index >= this.#length) throw new RangeError(`Row ${index} is not in a column of ${this.#length}.`);
    (this.#pages[index >>> PAGE_BITS] as A)[index & PAGE_MASK] = value;
  }

  /** The page that holds row `index` and the row's place in it, for loops over many rows. */
  pageAt(index: number): A {
    const page = this.#pages[index >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`Row ${index} is not in a column of ${this.#length}.`);
    return page;
  }

  /** Copies rows `from` up to `to` into one array. */
  slice(from: number, to: number): A {
    const copy = this.#newPage(to - from);
    for (let row = from; row < to; ) {
      const place = row & PAGE_MASK;
      const count = Math.min(COLUMN_PAGE - place, to - row);
      copy.set(this.pageAt(row).subarray(place, place + count), row - from);
      row += count;
    }
    return copy;
  }
}

export const float64Column = (): Column<Float64Array<ArrayBuffer>> => new Column((length) => new Float64Array(length));
export const uint32Column = (): Column<Uint32Array<ArrayBuffer>> => new Column((length) => new Uint32Array(length));
export const uint16Column = (): Column<Uint16Array<ArrayBuffer>> => new Column((length) => new Uint16Array(length));

/** A column in which most rows have 0: a page of nothing else takes no memory. */
export class SparseColumn {
  readonly #pages: (Uint32Array<ArrayBuffer> | undefined)[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const page = this.#length >>> PAGE_BITS;
    if (page === this.#pages.length) this.#pages.push(undefined);
    if (value !== 0) (this.#pages[page] ??= new Uint32Array(COLUMN_PAGE))[this.#length & PAGE_MASK] = value;
    this.#length++;
  }

  /** Adds so many rows that have 0. */
  pushZeros(count: number): void {
    this.#length += count;
    while (this.#pages.length * COLUMN_PAGE < this.#length) this.#pages.push(undefined);
  }

  /** 0 for a row that is not there. */
  at(index: number): number {
    return index < this.#length ? (this.#pages[index >>> PAGE_BITS]?.[index & PAGE_MASK] ?? 0) : 0;
  }
}
