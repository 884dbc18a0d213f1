import { BOOLEAN, CELLS, END, FROM, KEY, NO_KEY, NULL, NUMBER, OBJECT, STRING, TO, ValueDocument } from "../../model/value-document.ts";
import { BRACE, BRACKET, QUOTE } from "./json-bytes.ts";
import { JsonSource } from "./json-source.ts";
import { FALSE, forgetEscapes, hasEscapes, NULL_WORD, passNumber, passString, sameBytes, TRUE } from "./pass-json.ts";
import { passValue } from "./read-json.ts";

/** Values of a message that has a shape. */
const MOST_PLACES = 256;

/**
 * What the messages of a feed have alike: the bytes between the values of an object, to the letter, and the kinds of these
 * values. What fits is that object, with the same keys in the same order: it need not be read to know what each value is.
 *
 * The values are those of the object itself, and of the objects in it that `isOpen` is asked for. What stands within others
 * is passed as any JSON.
 */
export class JsonShape {
  /** The object as far as it is told apart: good until the next message that is tried. */
  readonly document: ValueDocument;
  readonly #source = new JsonSource(NO_BYTES, false);
  readonly #cells: Uint32Array;
  /** All that stands between the values, end to end; `#ends`: where the part before each value ends, and the last one. */
  readonly #literals: DataView;
  readonly #ends: Uint32Array;
  /** By value: its kind, its node, and how many bytes its key begins before it. */
  readonly #kinds: Uint8Array;
  readonly #nodes: Uint32Array;
  readonly #keyRooms: Uint32Array;

  private constructor(cells: Uint32Array, literals: Uint8Array, ends: Uint32Array, values: readonly PlacedValue[]) {
    this.#cells = cells;
    this.#literals = new DataView(literals.buffer, literals.byteOffset, literals.byteLength);
    this.#ends = ends;
    this.#kinds = Uint8Array.from(values, ({ kind }) => kind);
    this.#nodes = Uint32Array.from(values, ({ node }) => node);
    this.#keyRooms = Uint32Array.from(values, ({ keyRoom }) => keyRoom);
    this.document = new ValueDocument(this.#source, cells, cells.length / CELLS);
  }

  /** That of a message whose only value is an object; undefined for any other, and for one of too many values. */
  static of(bytes: Uint8Array, read: ValueDocument, isOpen: (node: number) => boolean): JsonShape | undefined {
    if (read.kindOf(0) !== OBJECT || read.endOf(0) !== read.count || read.childrenOf(0) > MOST_PLACES) return undefined;
    const values: PlacedValue[] = [];
    const cells: number[] = [];
    const add = (node: number, isEntered: boolean): void => {
      const place = cells.length;
      const from = read.fromOf(node);
      // What is entered stays where it stands in this message: of others only its kind is told.
      cells.push(read.kindOf(node), from, read.toOf(node), node === 0 ? NO_KEY : from - read.keyRoomOf(node), 0, read.childrenOf(node));
      if (isEntered) for (let child = node + 1; child < read.endOf(node); child = read.endOf(child)) add(child, node === 0 && read.kindOf(child) === OBJECT && isOpen(child));
      else values.push({ kind: read.kindOf(node), node: place, keyRoom: read.keyRoomOf(node), from, to: read.toOf(node) });
      cells[place + END] = cells.length / CELLS;
    };
    add(0, true);
    if (values.length > MOST_PLACES) return undefined;
    const literals: number[] = [];
    let before = 0;
    const ends = values.map(({ from, to }) => {
      for (; before < from; before++) literals.push(bytes[before] as number);
      before = to;
      return literals.length;
    });
    for (; before < bytes.length; before++) literals.push(bytes[before] as number);
    return new JsonShape(Uint32Array.from(cells), Uint8Array.from(literals), Uint32Array.from([...ends, literals.length]), values);
  }

  /** Whether the text between two places has this shape, and so is JSON; its values stand in `document` then. Cost: a pass as far as it is alike. */
  fits(bytes: Uint8Array, start: number, to: number): boolean {
    forgetEscapes();
    const view = viewOf(bytes);
    const cells = this.#cells;
    const literals = this.#literals;
    const ends = this.#ends;
    const kinds = this.#kinds;
    const nodes = this.#nodes;
    const keyRooms = this.#keyRooms;
    const count = kinds.length;
    let at = start;
    let literal = 0;
    for (let value = 0; ; value++) {
      const end = ends[value] as number;
      if (at + end - literal > to) return false;
      for (const last = end - WORD; literal <= last; literal += WORD, at += WORD) if (view.getInt32(at) !== literals.getInt32(literal)) return false;
      for (; literal < end; literal++, at++) if (bytes[at] !== literals.getUint8(literal)) return false;
      if (value === count) break;
      const from = at;
      const kind = kinds[value] as number;
      at = kind === STRING ? (at < to && bytes[at] === QUOTE ? passPlain(view, bytes, at, to) : -1) : kind === NUMBER ? passNumber(bytes, at, to) : passKind(bytes, at, to, kind);
      if (at < 0) return false;
      const cell = nodes[value] as number;
      cells[cell + FROM] = from;
      cells[cell + TO] = at;
      cells[cell + KEY] = from - (keyRooms[value] as number);
    }
    if (at !== to) return false;
    this.#source.goTo(bytes, hasEscapes);
    return true;
  }
}

interface PlacedValue {
  readonly kind: number;
  readonly node: number;
  readonly keyRoom: number;
  readonly from: number;
  readonly to: number;
}

const NO_BYTES = new Uint8Array(0);

/** Bytes that are looked at at once: most of a message are plain characters, and what came before. */
const WORD = 4;

/** One for all shapes: most messages stand in the memory of the one before. */
let viewed: { readonly bytes: Uint8Array; readonly view: DataView } | undefined;

function viewOf(bytes: Uint8Array): DataView {
  if (viewed?.bytes !== bytes) viewed = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  return viewed.view;
}

/** As `passString`, quick where its characters are plain. */
function passPlain(view: DataView, bytes: Uint8Array, from: number, to: number): number {
  let at = from + 1;
  for (const last = to - WORD; at <= last; at += WORD) {
    const word = view.getInt32(at, true);
    const quotes = word ^ 0x22222222;
    const backslashes = word ^ 0x5c5c5c5c;
    // The high bit of each byte that is a quote, a backslash or below a space; above the first of them there may be others.
    const stops = (((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes) | ((word - 0x20202020) & ~word)) & 0x80808080;
    if (stops === 0) continue;
    at += (31 - Math.clz32(stops & -stops)) >> 3;
    return bytes[at] === QUOTE ? at + 1 : passString(bytes, at - 1, to);
  }
  return passString(bytes, at - 1, to);
}

/** Behind the word or container at `from`, negative where there is none of this kind. */
function passKind(bytes: Uint8Array, from: number, to: number, kind: number): number {
  if (from >= to) return -1;
  switch (kind) {
    case BOOLEAN:
      return passWord(bytes, from, to, bytes[from] === TRUE[0] ? TRUE : FALSE);
    case NULL:
      return passWord(bytes, from, to, NULL_WORD);
    default:
      return bytes[from] === (kind === OBJECT ? BRACE : BRACKET) ? passValue(bytes, from, to) : -1;
  }
}

const passWord = (bytes: Uint8Array, from: number, to: number, word: Uint8Array): number => (sameBytes(bytes, from, to, word) === word.length ? from + word.length : -1);
