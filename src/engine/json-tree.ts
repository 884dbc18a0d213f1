import { NUMBER, VALUE_KINDS, type ValueDocument } from "../model/value-document.ts";
import type { JsonKind, TreeLine } from "../contract/inspect.ts";
import { PREVIEW_LENGTH } from "../contract/rows.ts";
import { timeHint } from "./time-hint.ts";

/** A tree opens unfolded as far as this many lines reach, level by level, so that a small message is seen whole. */
const UNFOLDED_AT_FIRST = 200;
const SHOWN_KEYS = 6;
const SHOWN_KEYS_LENGTH = 60;

/**
 * The lines of a decoded value, or of several, as a tree with foldable containers. Lines are made for a range on request; between them
 * stand only four bytes for each visible node.
 */
export class JsonTree {
  readonly #document: ValueDocument;
  readonly #expanded: Uint8Array;
  #visible = new Uint32Array(0);

  constructor(document: ValueDocument) {
    this.#document = document;
    this.#expanded = new Uint8Array(document.count);
    this.#unfoldFirst();
    this.#layOut();
  }

  get length(): number {
    return this.#visible.length;
  }

  lines(from: number, to: number): TreeLine[] {
    return this.#ancestry(from, to).map(({ node, parent, depth }) => this.#line(node, parent, depth));
  }

  /** Folds or unfolds the container on a line; `all`: everything below it too. Answers the new number of lines. */
  toggle(line: number, all: boolean): number {
    const node = this.#visible[line];
    if (node === undefined) return this.length;
    const expanded = this.#expanded[node] === 1 ? 0 : 1;
    this.#expanded[node] = expanded;
    if (all) this.#expanded.fill(expanded, node, this.#document.endOf(node));
    this.#layOut();
    return this.length;
  }

  #unfoldFirst(): void {
    const document = this.#document;
    let level: number[] = [];
    for (let root = 0; root < document.count && level.length <= UNFOLDED_AT_FIRST; root = document.endOf(root)) level.push(root);
    let lines = level.length;
    const isRoot = new Set(level);
    while (level.length > 0) {
      const next: number[] = [];
      for (const node of level) {
        const more = document.childrenOf(node);
        if (more === 0) continue;
        // A message's one value is always open.
        if (lines + more > UNFOLDED_AT_FIRST && !(isRoot.size === 1 && isRoot.has(node))) return;
        this.#expanded[node] = 1;
        lines += more;
        if (more > UNFOLDED_AT_FIRST) continue;
        for (let child = node + 1; child < document.endOf(node); child = document.endOf(child)) next.push(child);
      }
      level = next;
    }
  }

  #layOut(): void {
    const document = this.#document;
    const { count } = document;
    const visible = new Uint32Array(count);
    let length = 0;
    for (let node = 0; node < count; node = this.#expanded[node] === 1 ? node + 1 : document.endOf(node)) {
      visible[length++] = node;
    }
    this.#visible = visible.slice(0, length);
  }

  /** The nodes of lines `from` up to `to`, each with the container it stands in (none for the root). */
  #ancestry(from: number, to: number): { node: number; parent: number | undefined; depth: number }[] {
    const document = this.#document;
    const first = this.#visible[from];
    if (first === undefined) return [];
    const open: number[] = [];
    // The ancestors of the first line: going down from the root, always the child whose subtree holds it.
    for (let node = 0; node < first; ) {
      if (first < document.endOf(node)) {
        open.push(node);
        node++;
      } else {
        node = document.endOf(node);
      }
    }
    return Array.from(this.#visible.subarray(from, to), (node) => {
      while (open.length > 0 && node >= document.endOf(open.at(-1) as number)) open.pop();
      const line = { node, parent: open.at(-1), depth: open.length };
      open.push(node);
      return line;
    });
  }

  #line(node: number, parent: number | undefined, depth: number): TreeLine {
    const document = this.#document;
    const kind = this.#kindOf(node);
    const isContainer = kind === "object" || kind === "array";
    const key = document.keyOf(node);
    return {
      depth,
      key: key ?? (parent === undefined ? null : String(this.#placeIn(parent, node))),
      isOddKey: key !== undefined && document.hasOddKey(node),
      kind,
      text: isContainer ? this.#containerText(node, kind) : this.#scalarText(node),
      hint: this.#hint(node, parent),
      size: kind === "bytes" ? document.bytesOf(node).length : null,
      children: document.childrenOf(node),
      expanded: this.#expanded[node] === 1,
    };
  }

  #kindOf(node: number): JsonKind {
    const kind = VALUE_KINDS[this.#document.kindOf(node)] ?? "null";
    if (kind !== "number") return kind;
    const literal = this.#document.textOf(node);
    return INTEGER.test(literal) && !Number.isSafeInteger(Number(literal)) ? "bigint" : "number";
  }

  #scalarText(node: number): string {
    const text = this.#document.jsonOf(node, PREVIEW_LENGTH);
    return text.length <= PREVIEW_LENGTH ? text : `${text.slice(0, PREVIEW_LENGTH - 1)}…`;
  }

  #hint(node: number, parent: number | undefined): string | null {
    const document = this.#document;
    if (document.kindOf(node) !== NUMBER) return null;
    // The entries of a list are what the list is called.
    const key = document.keyOf(node, MOST_KEY_BYTES) ?? (parent === undefined ? undefined : document.keyOf(parent, MOST_KEY_BYTES));
    return key === undefined ? null : timeHint(key, document.textOf(node));
  }

  #containerText(node: number, kind: "object" | "array"): string {
    const document = this.#document;
    const count = document.childrenOf(node);
    if (kind === "array") return `Array(${count})`;
    if (this.#expanded[node] === 1) return `{${count}}`;
    const keys: string[] = [];
    let length = 0;
    for (let child = node + 1; child < document.endOf(node); child = document.endOf(child)) {
      const key = document.keyOf(child, MOST_KEY_BYTES) ?? "";
      length += key.length;
      if (keys.length === SHOWN_KEYS || length > SHOWN_KEYS_LENGTH) {
        keys.push("…");
        break;
      }
      keys.push(key);
    }
    return `{${keys.join(", ")}}`;
  }

  /** An entry's index in its array. */
  #placeIn(array: number, node: number): number {
    const entries = this.#indexes.get(array) ?? this.#indexChildren(array);
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle] as number) < node) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Children of the arrays that were drawn, so that the last of a million entries is found as fast as the first. */
  readonly #indexes = new Map<number, Uint32Array>();

  #indexChildren(array: number): Uint32Array {
    const document = this.#document;
    const places = new Uint32Array(document.childrenOf(array));
    for (let child = array + 1, i = 0; child < document.endOf(array); child = document.endOf(child)) places[i++] = child;
    this.#indexes.set(array, places);
    return places;
  }
}

/** Of a key that is read for a line that is not its own: a list has many, and each would cost its whole key. */
const MOST_KEY_BYTES = 256;
const INTEGER = /^-?\d+$/;
