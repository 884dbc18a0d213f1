import { JSON_KINDS, keyText, type JsonDocument } from "../decode/json/json-document.ts";
import { PREVIEW_LENGTH, type JsonKind, type TreeLine } from "./contract.ts";

/** A tree opens unfolded as far as this many lines reach, level by level, so that a small message is seen whole. */
const UNFOLDED_AT_FIRST = 200;
const SHOWN_KEYS = 6;
const SHOWN_KEYS_LENGTH = 60;

/**
 * The lines of a JSON document as a tree with foldable containers. Lines are made for a range on request; between them
 * stand only four bytes for each visible node.
 */
export class JsonTree {
  readonly #document: JsonDocument;
  readonly #expanded: Uint8Array;
  #visible = new Uint32Array(0);

  constructor(document: JsonDocument) {
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
    if (all) this.#expanded.fill(expanded, node, this.#document.ends[node]);
    this.#layOut();
    return this.length;
  }

  #unfoldFirst(): void {
    const { children, ends, count } = this.#document;
    let lines = 1;
    let level = [0];
    while (level.length > 0) {
      const next: number[] = [];
      for (const node of level) {
        const more = children[node] as number;
        if (more === 0) continue;
        if (lines + more > UNFOLDED_AT_FIRST && node !== 0) return;
        this.#expanded[node] = 1;
        lines += more;
        if (more > UNFOLDED_AT_FIRST) continue;
        for (let child = node + 1; child < (ends[node] as number) && child < count; child = ends[child] as number) {
          next.push(child);
        }
      }
      level = next;
    }
  }

  #layOut(): void {
    const { ends, count } = this.#document;
    const visible = new Uint32Array(count);
    let length = 0;
    for (let node = 0; node < count; node = this.#expanded[node] === 1 ? node + 1 : (ends[node] as number)) {
      visible[length++] = node;
    }
    this.#visible = visible.slice(0, length);
  }

  /** The nodes of lines `from` up to `to`, each with the container it stands in (none for the root). */
  #ancestry(from: number, to: number): { node: number; parent: number | undefined; depth: number }[] {
    const { ends } = this.#document;
    const first = this.#visible[from];
    if (first === undefined) return [];
    const open: number[] = [];
    // The ancestors of the first line: going down from the root, always the child whose subtree holds it.
    for (let node = 0; node < first; ) {
      if (first < (ends[node] as number)) {
        open.push(node);
        node++;
      } else {
        node = ends[node] as number;
      }
    }
    return Array.from(this.#visible.subarray(from, to), (node) => {
      while (open.length > 0 && node >= (ends[open.at(-1) as number] as number)) open.pop();
      const line = { node, parent: open.at(-1), depth: open.length };
      open.push(node);
      return line;
    });
  }

  #line(node: number, parent: number | undefined, depth: number): TreeLine {
    const { children } = this.#document;
    const kind = this.#kindOf(node);
    const isContainer = kind === "object" || kind === "array";
    return {
      depth,
      key: keyText(this.#document, node) ?? (parent === undefined ? null : String(this.#placeIn(parent, node))),
      kind,
      text: isContainer ? this.#containerText(node, kind) : this.#scalarText(node),
      hint: kind === "number" ? timeHint(Number(this.#scalarText(node))) : null,
      children: children[node] as number,
      expanded: this.#expanded[node] === 1,
    };
  }

  #kindOf(node: number): JsonKind {
    const kind = JSON_KINDS[this.#document.kinds[node] as number] ?? "null";
    if (kind !== "number") return kind;
    const literal = this.#scalarText(node);
    return INTEGER.test(literal) && !Number.isSafeInteger(Number(literal)) ? "bigint" : "number";
  }

  #scalarText(node: number): string {
    const { source, from, to } = this.#document;
    const start = from[node] as number;
    const end = to[node] as number;
    return end - start <= PREVIEW_LENGTH ? source.slice(start, end) : `${source.slice(start, start + PREVIEW_LENGTH - 1)}…`;
  }

  #containerText(node: number, kind: "object" | "array"): string {
    const { children, ends } = this.#document;
    const count = children[node] as number;
    if (kind === "array") return `Array(${count})`;
    if (this.#expanded[node] === 1) return `{${count}}`;
    const keys: string[] = [];
    let length = 0;
    for (let child = node + 1; child < (ends[node] as number); child = ends[child] as number) {
      const key = keyText(this.#document, child) ?? "";
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
    const { children, ends } = this.#document;
    const places = new Uint32Array(children[array] as number);
    for (let child = array + 1, i = 0; child < (ends[array] as number); child = ends[child] as number) places[i++] = child;
    this.#indexes.set(array, places);
    return places;
  }
}

const INTEGER = /^-?\d+$/;

/** Seconds and milliseconds of the years 2001 to 2100 read as a time; anything else is just a number. */
function timeHint(value: number): string | null {
  const isSeconds = value >= 1e9 && value < 4.1e9;
  const isMilliseconds = value >= 1e12 && value < 4.1e12;
  if (!isSeconds && !isMilliseconds) return null;
  return new Date(isSeconds ? value * 1000 : value).toISOString().replace("T", " ");
}
