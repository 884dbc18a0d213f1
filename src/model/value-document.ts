/** Kinds of a value, as they stand in a `ValueDocument`: the place of a name is the number. */
export const VALUE_KINDS = ["object", "array", "string", "number", "boolean", "null", "bytes", "time"] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

export const OBJECT = 0;
export const ARRAY = 1;
export const STRING = 2;
/** Any number, whatever the encoding keeps it in: it is its literal, of as many digits as were sent. */
export const NUMBER = 3;
export const BOOLEAN = 4;
export const NULL = 5;
/** Bytes that are no text. */
export const BYTES = 6;
/** A moment that the encoding itself tells as one. */
export const TIME = 7;

/** In place of a key: the value is a root, or an entry of an array. */
export const NO_KEY = 0xffff_ffff;
/** Keys from here on are no places of the source, but of its `names`: what the encoding calls a part, not the sender. */
export const FIRST_NAME = 0xffff_0000;

/** In place of a node: there is none. */
export const NO_NODE = -1;

/**
 * What a document's places point into, and how its scalars are read there: one implementation an encoding. `form` is
 * what the encoding's reader noted at the value, and nobody else understands.
 */
export interface ValueSource {
  readonly names: readonly string[];
  /** The memory that an object, a list or a scalar was read from, where there is any, is its JSON text. */
  readonly isJson: boolean;
  /** A string's characters, a number's literal (`NaN` and `Infinity` too), an ISO 8601 time, `true`, `false`, `null`. */
  textAt(kind: number, from: number, to: number): string;
  /** The scalar as JSON, as it was sent where it was sent as JSON. `atMost`: characters that are wanted. */
  jsonAt(kind: number, from: number, to: number, form: number, atMost: number): string;
  /** Of bytes alone. They may share memory with the payload: copy them to keep them. */
  bytesAt(from: number, to: number, form: number): Uint8Array;
  /** The memory that a value, or a key with what is up to `to`, was read from; undefined where it stands nowhere as it is. */
  memoryAt(kind: number, from: number, to: number): Uint8Array | undefined;
  /** A key as one text; see `isTextKeyAt`. */
  keyAt(place: number): string;
  /** Whether the key is a text. Any other is named by its digits, or by `ODD_KEY` and its JSON. */
  isTextKeyAt(place: number): boolean;
  /** Whether `keyAt` is this. */
  isKeyAt(place: number, key: SoughtText): boolean;
  /** The first byte of a key that is a text, so that most others need no look; 0 for any other, or where it is not known. */
  keyByteAt(place: number): number;
  /** Whether a string's characters are these. */
  isTextAt(from: number, to: number, text: SoughtText): boolean;
}

/** A text to look for, made ready once. */
export interface SoughtText {
  readonly text: string;
  /** As JSON writes it without an escape that it could do without: with its quotes, in UTF-8. */
  readonly quoted: Uint8Array;
  /** Between the quotes it stands as it is: no escape was needed. */
  readonly isPlain: boolean;
}

export function sought(text: string): SoughtText {
  const json = JSON.stringify(text);
  return { text, quoted: ENCODER.encode(json), isPlain: !json.includes("\\") };
}

const ENCODER = new TextEncoder();

/** Before the JSON text of a map's key that is neither text nor integer, so that it is no text's like. */
export const ODD_KEY = "$key:";

/** In place of such a key that is too long to be told. */
const LONG_KEY = `${ODD_KEY}…`;

/** Numbers of one node in `cells`. */
export const CELLS = 6;
/** Kind in the low eight bits, form above. */
export const KIND = 0;
/** Its first byte in the source, and the one behind its last. */
export const FROM = 1;
export const TO = 2;
/** Where its key begins in the source; `NO_KEY`, or a name. */
export const KEY = 3;
/** The node behind its subtree. */
export const END = 4;
/** Entries of a container; 0 for a scalar. */
export const CHILDREN = 5;

/**
 * Values and where they stand in what was sent, as flat columns in document order: the subtree of node `n` is nodes `n`
 * up to `endOf(n)`. Nothing is turned into JavaScript values, so numbers keep every digit, keys their order and their
 * kind, and a key that comes twice both its values. 24 bytes a node, whatever the value holds.
 *
 * A document has one root, node 0, or several where a message holds several values: the next begins at `endOf(0)`.
 */
export class ValueDocument {
  readonly source: ValueSource;
  readonly count: number;
  readonly #cells: Uint32Array;

  constructor(source: ValueSource, cells: Uint32Array, count: number) {
    this.source = source;
    this.#cells = cells;
    this.count = count;
  }

  kindOf(node: number): number {
    return (this.#cells[node * CELLS] as number) & 0xff;
  }

  fromOf(node: number): number {
    return this.#cells[node * CELLS + FROM] as number;
  }

  toOf(node: number): number {
    return this.#cells[node * CELLS + TO] as number;
  }

  endOf(node: number): number {
    return this.#cells[node * CELLS + END] as number;
  }

  childrenOf(node: number): number {
    return this.#cells[node * CELLS + CHILDREN] as number;
  }

  isContainer(node: number): boolean {
    return this.kindOf(node) <= ARRAY;
  }

  /** See `ValueSource.textAt`. */
  textOf(node: number): string {
    return this.source.textAt(this.kindOf(node), this.fromOf(node), this.toOf(node));
  }

  /** A scalar as JSON; `atMost`: characters that are wanted, there may be more. */
  jsonOf(node: number, atMost = Infinity): string {
    return this.source.jsonAt(this.kindOf(node), this.fromOf(node), this.toOf(node), this.#formOf(node), atMost);
  }

  bytesOf(node: number): Uint8Array {
    return this.source.bytesAt(this.fromOf(node), this.toOf(node), this.#formOf(node));
  }

  /** The memory that a value was read from; undefined where what was sent has no such place (an inflated text, a default). */
  memoryOf(node: number): Uint8Array | undefined {
    return this.source.memoryAt(this.kindOf(node), this.fromOf(node), this.toOf(node));
  }

  /** A container as it was sent, where it was sent as JSON; a scalar of that is `jsonOf`. */
  sentJsonOf(node: number): Uint8Array | undefined {
    return this.source.isJson && this.isContainer(node) ? this.memoryOf(node) : undefined;
  }

  /** The same from its key on, where that stands before it. */
  entryMemoryOf(node: number): Uint8Array | undefined {
    const own = this.memoryOf(node);
    const key = this.#keyOf(node);
    const before = own === undefined || key >= FIRST_NAME ? undefined : this.source.memoryAt(STRING, key, this.fromOf(node));
    return own === undefined || before?.buffer !== own.buffer ? own : new Uint8Array(own.buffer, before.byteOffset, own.byteOffset + own.length - before.byteOffset);
  }

  /**
   * The key as one text; undefined for a root and for entries of an array. `most`: of a key that is no text and takes more
   * bytes, only that it is one, since to tell it costs a reading of all that it holds.
   */
  keyOf(node: number, most = Infinity): string | undefined {
    const key = this.#keyOf(node);
    if (key === NO_KEY) return undefined;
    if (this.fromOf(node) - key > most && key < FIRST_NAME && !this.source.isTextKeyAt(key)) return LONG_KEY;
    return key >= FIRST_NAME ? (this.source.names[key - FIRST_NAME] ?? "") : this.source.keyAt(key);
  }

  /** Bytes from where the key begins to where its value does. */
  keyRoomOf(node: number): number {
    return this.fromOf(node) - this.#keyOf(node);
  }

  /** Whether the key was sent as a text. */
  hasTextKey(node: number): boolean {
    const key = this.#keyOf(node);
    return key < FIRST_NAME && this.source.isTextKeyAt(key);
  }

  /** Whether the key was sent as anything but a text. */
  hasOddKey(node: number): boolean {
    const key = this.#keyOf(node);
    return key < FIRST_NAME && !this.source.isTextKeyAt(key);
  }

  /** Whether `keyOf` is this key. No text is made where that can be helped. */
  hasKey(node: number, key: SoughtText): boolean {
    const place = this.#keyOf(node);
    return place >= FIRST_NAME ? this.keyOf(node) === key.text : this.source.isKeyAt(place, key);
  }

  /** See `ValueSource.keyByteAt`. */
  keyByteOf(node: number): number {
    const place = this.#keyOf(node);
    return place >= FIRST_NAME ? 0 : this.source.keyByteAt(place);
  }

  /** Whether a string is this. No text is made where that can be helped. */
  isText(node: number, text: SoughtText): boolean {
    return this.source.isTextAt(this.fromOf(node), this.toOf(node), text);
  }

  /** The last entry of an object with this key, as `JSON.parse` has it; `NO_NODE` where there is none. Looks at all. */
  find(object: number, key: SoughtText): number {
    if (object === NO_NODE || this.kindOf(object) !== OBJECT) return NO_NODE;
    let found = NO_NODE;
    for (let child = object + 1; child < this.endOf(object); child = this.endOf(child)) if (this.hasKey(child, key)) found = child;
    return found;
  }

  /** One value alone, as the root of a document of its own. */
  part(node: number): ValueDocument {
    const cells = this.#cells.slice(node * CELLS, this.endOf(node) * CELLS);
    for (let at = END; at < cells.length; at += CELLS) cells[at] = (cells[at] as number) - node;
    cells[KEY] = NO_KEY;
    return new ValueDocument(this.source, cells, cells.length / CELLS);
  }

  /** The array at the root without its first entry. */
  withoutFirst(): ValueDocument {
    const removed = this.endOf(1) - 1;
    const cells = new Uint32Array(this.#cells.subarray(removed * CELLS, this.endOf(0) * CELLS));
    for (let at = END; at < cells.length; at += CELLS) cells[at] = (cells[at] as number) - removed;
    cells.set([this.#cells[KIND] as number, this.fromOf(0), this.toOf(0), NO_KEY, cells.length / CELLS, this.childrenOf(0) - 1]);
    return new ValueDocument(this.source, cells, cells.length / CELLS);
  }

  /** The same values, read through another source. */
  through(source: ValueSource): ValueDocument {
    return new ValueDocument(source, this.#cells, this.count);
  }

  /** The document with bytes in the places of some values: `bytesFor` answers their number in `source`, or undefined. */
  withBytes(source: ValueSource, bytesFor: (node: number) => number | undefined): ValueDocument {
    const cells = this.#cells.slice(0, this.count * CELLS);
    /** Where each old node has come to stand; what lies inside a replaced one is told by its end alone. */
    const placeOf = new Uint32Array(this.count + 1);
    let count = 0;
    for (let node = 0; node < this.count; ) {
      placeOf[node] = count;
      cells.copyWithin(count * CELLS, node * CELLS, node * CELLS + CELLS);
      const bytes = bytesFor(node);
      if (bytes === undefined) node++;
      else {
        const at = count * CELLS;
        cells[at + KIND] = BYTES;
        cells[at + FROM] = bytes;
        cells[at + TO] = bytes + 1;
        cells[at + CHILDREN] = 0;
        node = this.endOf(node);
      }
      count++;
    }
    placeOf[this.count] = count;
    for (let at = END; at < count * CELLS; at += CELLS) cells[at] = placeOf[cells[at] as number] as number;
    return new ValueDocument(source, cells.subarray(0, count * CELLS), count);
  }

  #keyOf(node: number): number {
    return this.#cells[node * CELLS + KEY] as number;
  }

  #formOf(node: number): number {
    return (this.#cells[node * CELLS] as number) >>> 8;
  }
}
