import { CELLS, CHILDREN, END, FROM, KEY, KIND, NUMBER, TO, ValueDocument, type ValueSource } from "./value-document.ts";

/** In place of an open container: a value read now is a root. */
export const NO_CONTAINER = 0xffff_ffff;
/** Room for so many nodes stays for the next document; that of a giant one goes with it. */
const MOST_KEPT = 1 << 16;

/**
 * A document while a reader fills it, in document order. Used again for the next one. The stack of open containers is in
 * the columns themselves: the end of an open one holds the container around it, so depth costs nothing.
 */
export class ValueColumns {
  #cells: Uint32Array;
  #count = 0;
  #container = NO_CONTAINER;

  /** `nodes`: room for so many at first. */
  constructor(nodes = 64) {
    this.#cells = new Uint32Array(nodes * CELLS);
  }

  /** Begins a document, of about so many nodes where that is known; what one before left open is forgotten. */
  begin(nodes = 0): void {
    // Room that is never written costs nothing, and growing into it a copy each time.
    if (nodes > MOST_KEPT) this.#cells = new Uint32Array(nodes * CELLS);
    this.cutBack(0);
  }

  get count(): number {
    return this.#count;
  }

  /** The innermost open container; `NO_CONTAINER` where none is open. */
  get container(): number {
    return this.#container;
  }

  kindOf(node: number): number {
    return (this.#cells[node * CELLS] as number) & 0xff;
  }

  childrenOf(node: number): number {
    return this.#cells[node * CELLS + CHILDREN] as number;
  }

  /** For a reader that fills them itself, `CELLS` numbers a node: as `leave` was told, or as `begin` made them. */
  get cells(): Uint32Array {
    return this.#cells;
  }

  /** Room for more nodes in `cells`, which are others then. */
  grow(): Uint32Array {
    const longer = new Uint32Array(this.#cells.length * 2);
    longer.set(this.#cells);
    this.#cells = longer;
    return longer;
  }

  /** So many nodes a reader has filled itself, and this container is open. */
  leave(count: number, container: number): void {
    this.#count = count;
    this.#container = container;
  }

  /** A whole scalar. `form`: see `ValueSource`. */
  add(kind: number, from: number, to: number, key: number, form = 0): void {
    const at = this.#next();
    const cells = this.#cells;
    cells[at] = kind | (form << 8);
    cells[at + FROM] = from;
    cells[at + TO] = to;
    cells[at + KEY] = key;
    cells[at + END] = this.#count;
    cells[at + CHILDREN] = 0;
  }

  /** A container that begins; what comes until `close` stands in it. */
  open(kind: number, from: number, key: number): void {
    const at = this.#next();
    const cells = this.#cells;
    cells[at + KIND] = kind;
    cells[at + FROM] = from;
    cells[at + TO] = from;
    cells[at + KEY] = key;
    cells[at + END] = this.#container;
    cells[at + CHILDREN] = 0;
    this.#container = this.#count - 1;
  }

  /** Ends the innermost open container. */
  close(to: number): void {
    const at = this.#container * CELLS;
    this.#container = this.#cells[at + END] as number;
    this.#cells[at + TO] = to;
    this.#cells[at + END] = this.#count;
  }

  /** Ends all that is open: the source broke there. */
  closeAll(to: number): void {
    while (this.#container !== NO_CONTAINER) this.close(to);
  }

  /** Takes back the last value where it is a number that ends at `to`: it may go on behind it. */
  dropCutNumber(to: number): void {
    const at = (this.#count - 1) * CELLS;
    if (this.#container === NO_CONTAINER || this.kindOf(this.#count - 1) !== NUMBER || this.#cells[at + TO] !== to) return;
    this.#count--;
    const children = this.#container * CELLS + CHILDREN;
    this.#cells[children] = (this.#cells[children] as number) - 1;
  }

  /** Takes back all values from this one on, which was a root. */
  cutBack(count: number): void {
    this.#count = count;
    this.#container = NO_CONTAINER;
  }

  /** The document as it stands in the columns: it is good until the next one begins, and costs no copy. */
  lend(source: ValueSource): ValueDocument {
    return new ValueDocument(source, this.#cells, this.#count);
  }

  /** The document; the columns are free for the next one. */
  finish(source: ValueSource): ValueDocument {
    const count = this.#count;
    let cells = this.#cells;
    if (cells.length > MOST_KEPT * CELLS) this.#cells = new Uint32Array(64 * CELLS);
    else cells = cells.slice(0, count * CELLS);
    this.begin();
    return new ValueDocument(source, cells, count);
  }

  /** Room for one more node, which the innermost container counts. */
  #next(): number {
    const at = this.#count * CELLS;
    if (at === this.#cells.length) this.grow();
    this.#count++;
    if (this.#container !== NO_CONTAINER) {
      const children = this.#container * CELLS + CHILDREN;
      this.#cells[children] = (this.#cells[children] as number) + 1;
    }
    return at;
  }
}
