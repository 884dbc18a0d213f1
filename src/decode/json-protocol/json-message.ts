import type { Direction } from "../../model/frame.ts";
import { ARRAY, NO_NODE, NULL, NUMBER, OBJECT, sought, STRING, type SoughtText, type ValueDocument } from "../../model/value-document.ts";
import { idText } from "../fields/id-text.ts";

/** One message of a protocol in JSON, as its reader looks at it. The document is lent: read it now. */
export class JsonMessage {
  readonly document: ValueDocument;
  readonly direction: Direction;

  constructor(document: ValueDocument, direction: Direction) {
    this.document = document;
    this.direction = direction;
  }

  get isSent(): boolean {
    return this.direction === "sent";
  }

  get isObject(): boolean {
    return this.document.kindOf(0) === OBJECT;
  }

  /** Entries of the root. */
  get size(): number {
    return this.document.childrenOf(0);
  }

  /** The value of a key of the root, or of the last in a path of keys; `NO_NODE` where there is none. */
  at(...path: readonly string[]): number {
    let node = 0;
    for (const key of path) {
      node = this.document.find(node, soughtKey(key));
      if (node === NO_NODE) break;
    }
    return node;
  }

  /** The value of a key of an object; `NO_NODE` where there is none. */
  in(object: number, key: string): number {
    return this.document.find(object, soughtKey(key));
  }

  has(...path: readonly string[]): boolean {
    return this.at(...path) !== NO_NODE;
  }

  text(...path: readonly string[]): string | undefined {
    return this.textOf(this.at(...path));
  }

  textOf(node: number): string | undefined {
    return node !== NO_NODE && this.document.kindOf(node) === STRING ? this.document.textOf(node) : undefined;
  }

  number(...path: readonly string[]): number | undefined {
    return this.numberOf(this.at(...path));
  }

  numberOf(node: number): number | undefined {
    return node !== NO_NODE && this.document.kindOf(node) === NUMBER ? Number(this.document.textOf(node)) : undefined;
  }

  /** A text or a number as an id. */
  id(...path: readonly string[]): string | undefined {
    return this.idOf(this.at(...path));
  }

  idOf(node: number): string | undefined {
    const kind = node === NO_NODE ? NULL : this.document.kindOf(node);
    return kind === STRING || kind === NUMBER ? idText(this.document, node) : undefined;
  }

  isNull(node: number): boolean {
    return node === NO_NODE || this.document.kindOf(node) === NULL;
  }

  isObjectAt(node: number): boolean {
    return node !== NO_NODE && this.document.kindOf(node) === OBJECT;
  }

  isArrayAt(node: number): boolean {
    return node !== NO_NODE && this.document.kindOf(node) === ARRAY;
  }

  /** The first entries of an array, `most` at most; none where it is no array. */
  entries(array: number, most: number): readonly number[] {
    const found: number[] = [];
    if (!this.isArrayAt(array)) return found;
    const end = this.document.endOf(array);
    for (let node = array + 1; node < end && found.length < most; node = this.document.endOf(node)) found.push(node);
    return found;
  }

  /** The key of an object's first entry. */
  firstKey(object = 0): string | undefined {
    return this.isObjectAt(object) && this.document.childrenOf(object) > 0 ? this.document.keyOf(object + 1) : undefined;
  }
}

/** The keys that readers ask for: a few hundred, all written in this program. */
const keys = new Map<string, SoughtText>();

function soughtKey(key: string): SoughtText {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const made = sought(key);
  keys.set(key, made);
  return made;
}
