import { NO_NODE, NUMBER, STRING, type ValueDocument } from "../model/value-document.ts";
import { MOST_FOUND, type FoundInTree, type JsonForm, type ShownValue, type TreeLine } from "../contract/inspect.ts";
import { PREVIEW_LENGTH } from "../contract/rows.ts";
import { toPrettyJson } from "../decode/pretty-json.ts";
import { toJson } from "../decode/value-json.ts";
import { comparePlaces, findInValue, innerValueOf, MOST_KEY_BYTES, MOST_TEXT, type FoundPlaces, type ValuePlace } from "./find-in-value.ts";
import { jsonKind } from "./json-kind.ts";
import { stringHint, textLook } from "./string-readings.ts";
import { lowerBound } from "./lower-bound.ts";
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
  /** The values that texts hold: of those that were looked at, also where there is none. */
  readonly #inner = new Map<number, JsonTree | undefined>();
  /** Texts whose value is unfolded, and those of them that are on a line, in order. */
  readonly #openTexts = new Set<number>();
  #grafts: readonly Graft[] = [];
  /** What was sought last, and where it stands. */
  #sought: (FoundPlaces & { readonly text: string }) | undefined;

  constructor(document: ValueDocument) {
    this.#document = document;
    this.#expanded = new Uint8Array(document.count);
    this.#unfoldFirst();
    this.#layOut();
  }

  get length(): number {
    return this.#grafts.reduce((sum, { tree }) => sum + tree.length, this.#visible.length);
  }

  lines(from: number, to: number): TreeLine[] {
    const lines: TreeLine[] = [];
    let line = 0;
    let start = 0;
    for (const { at, tree, depth } of this.#grafts) {
      lines.push(...this.#own(start + from - line, Math.min(at + 1, start + to - line), start));
      line += at + 1 - start;
      start = at + 1;
      for (const inner of tree.lines(Math.max(0, from - line), Math.max(0, to - line))) lines.push({ ...inner, depth: inner.depth + depth + 1, isInner: true });
      line += tree.length;
    }
    lines.push(...this.#own(start + from - line, start + to - line, start));
    return lines;
  }

  /** Folds or unfolds the container on a line; `all`: everything below it too; `opens`: it unfolds in any case. Answers the new number of lines. */
  toggle(line: number, all: boolean, opens = false): number {
    const place = this.#placeOf(line);
    if ("tree" in place) {
      place.tree.toggle(place.line, all, opens);
      return this.length;
    }
    const node = this.#visible[place.at];
    if (node === undefined) return this.length;
    if (this.#document.kindOf(node) === STRING) {
      if (!this.#openTexts.delete(node) || opens) this.#openTexts.add(node);
      const inner = all && this.#openTexts.has(node) ? this.#innerOf(node) : undefined;
      if (inner !== undefined) inner.#unfoldAll();
      this.#layOut();
      return this.length;
    }
    const expanded = this.#expanded[node] === 1 && !opens ? 0 : 1;
    this.#expanded[node] = expanded;
    if (all) this.#expanded.fill(expanded, node, this.#document.endOf(node));
    this.#layOut();
    return this.length;
  }

  /** See `InspectCalls.findInTree`. Cost: that of `findInValue`, once for a text. */
  find(sought: string, after: number | null, backwards: boolean): FoundInTree {
    if (this.#sought?.text !== sought) this.#sought = { text: sought, ...findInValue(this.#document, sought, MOST_FOUND) };
    const { places, isWhole } = this.#sought;
    if (places.length === 0) return { found: null, isWhole };
    const from = after === null ? [] : this.#valuePlaceOf(after);
    const next = backwards ? places.findLastIndex((place) => comparePlaces(place, from) < 0) : places.findIndex((place) => comparePlaces(place, from) > 0);
    // Past the end it goes on from the beginning.
    const found = next >= 0 ? next : backwards ? places.length - 1 : 0;
    const line = this.#show(places[found] as ValuePlace);
    return { found: { line, lines: this.length, place: found + 1, count: places.length }, isWhole };
  }

  /** The memory that the value on a line was read from; of a part of a text's value that of the text. */
  memoryOf(line: number): Uint8Array | undefined {
    const node = this.#visible[this.#placeOf(line).at];
    return node === undefined ? undefined : this.#document.memoryOf(node);
  }

  /** The innermost value, or its key, that was read from a byte of some memory, unfolded. Cost: a look at all beside it and above. */
  reveal(memory: ArrayBufferLike, at: number): ShownValue | null {
    const document = this.#document;
    let found = NO_NODE;
    for (let node = 0, end = document.count; node < end; ) {
      const own = document.entryMemoryOf(node);
      const isHere = own !== undefined && own.buffer === memory && own.byteOffset <= at && at < own.byteOffset + own.length;
      if (isHere) {
        found = node;
        end = document.endOf(node);
      }
      // What stands nowhere as one may hold what does.
      node = isHere || own === undefined ? node + 1 : document.endOf(node);
    }
    if (found === NO_NODE) return null;
    const line = this.#show([found]);
    return { line, lines: this.length };
  }

  /** What stands on a line, as JSON. */
  json(line: number, form: JsonForm): string {
    const place = this.#placeOf(line);
    if ("tree" in place) return place.tree.json(place.line, form);
    const node = this.#visible[place.at];
    if (node === undefined) return "";
    if (form === "pretty") return toPrettyJson(this.#document, node);
    const sent = form === "sent" ? this.#document.sentJsonOf(node) : undefined;
    return sent === undefined ? toJson(this.#document, node) : DECODER.decode(sent);
  }

  /** See `InspectCalls.isSentJson`. */
  isSentJson(line: number): boolean {
    const place = this.#placeOf(line);
    if ("tree" in place) return place.tree.isSentJson(place.line);
    const node = this.#visible[place.at];
    return node !== undefined && this.#document.sentJsonOf(node) !== undefined;
  }

  #valuePlaceOf(line: number): ValuePlace {
    const place = this.#placeOf(line);
    const node = this.#visible[place.at];
    if (node === undefined) return [];
    return "tree" in place ? [node, ...place.tree.#valuePlaceOf(place.line)] : [node];
  }

  /** Unfolds what a place stands in; answers its line. */
  #show([node = 0, ...within]: ValuePlace): number {
    const document = this.#document;
    for (let at = 0; at < node; ) {
      if (node >= document.endOf(at)) at = document.endOf(at);
      else this.#expanded[at++] = 1;
    }
    const inner = within.length === 0 ? undefined : this.#innerOf(node);
    if (inner !== undefined) this.#openTexts.add(node);
    const below = inner === undefined ? 0 : inner.#show(within) + 1;
    this.#layOut();
    return this.#shownLineOf(node) + below;
  }

  #shownLineOf(node: number): number {
    const line = this.#lineOf(node) ?? 0;
    return this.#grafts.reduce((sum, { at, tree }) => (at < line ? sum + tree.length : sum), line);
  }

  #unfoldAll(): void {
    this.#expanded.fill(1);
    this.#layOut();
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
    this.#graft();
  }

  /** Finds the lines below which the value of a text stands. */
  #graft(): void {
    const grafts: Graft[] = [];
    for (const node of [...this.#openTexts].toSorted((a, b) => a - b)) {
      const at = this.#lineOf(node);
      const tree = this.#innerOf(node);
      if (at !== undefined && tree !== undefined) grafts.push({ at, tree, depth: this.#ancestry(at, at + 1)[0]?.depth ?? 0 });
    }
    this.#grafts = grafts;
  }

  /** Where a node stands among the visible ones; undefined where it is folded away. Cost: a binary search. */
  #lineOf(node: number): number | undefined {
    const low = lowerBound(this.#visible, node);
    return this.#visible[low] === node ? low : undefined;
  }

  /** What stands on a line: a visible node, or a line of the value of a text, which is the node then. */
  #placeOf(line: number): { readonly at: number } | { readonly at: number; readonly tree: JsonTree; readonly line: number } {
    let extra = 0;
    for (const { at, tree } of this.#grafts) {
      if (line <= at + extra) break;
      if (line <= at + extra + tree.length) return { at, tree, line: line - at - extra - 1 };
      extra += tree.length;
    }
    return { at: line - extra };
  }

  #innerOf(node: number): JsonTree | undefined {
    if (!this.#inner.has(node)) {
      const value = innerValueOf(this.#document, node);
      this.#inner.set(node, value === undefined ? undefined : new JsonTree(value));
    }
    return this.#inner.get(node);
  }

  /** Lines of visible nodes `from` up to `to`, of those from `first` on. */
  #own(from: number, to: number, first: number): TreeLine[] {
    return this.#ancestry(Math.max(first, from), Math.max(first, to)).map(({ node, parent, depth }) => this.#line(node, parent, depth));
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
    const kind = jsonKind(this.#document, node);
    const isContainer = kind === "object" || kind === "array";
    const key = document.keyOf(node);
    const inner = kind === "string" ? this.#innerOf(node) : undefined;
    return {
      depth,
      key: key ?? (parent === undefined ? null : String(this.#placeIn(parent, node))),
      isOddKey: key !== undefined && document.hasOddKey(node),
      kind,
      text: isContainer ? this.#containerText(node, kind) : this.#scalarText(node),
      hint: this.#hint(node, parent),
      look: kind === "string" && document.toOf(node) - document.fromOf(node) <= MOST_LOOKED_AT ? textLook(document.textOf(node), key ?? (parent === undefined ? undefined : document.keyOf(parent, MOST_KEY_BYTES))) : null,
      size: kind === "bytes" ? document.bytesOf(node).length : null,
      children: inner === undefined ? document.childrenOf(node) : 1,
      expanded: inner === undefined ? this.#expanded[node] === 1 : this.#openTexts.has(node),
      isInner: false,
    };
  }

  #scalarText(node: number): string {
    const text = this.#document.jsonOf(node, PREVIEW_LENGTH);
    return text.length <= PREVIEW_LENGTH ? text : `${text.slice(0, PREVIEW_LENGTH - 1)}…`;
  }

  #hint(node: number, parent: number | undefined): string | null {
    const document = this.#document;
    if (document.kindOf(node) === STRING && document.toOf(node) - document.fromOf(node) <= MOST_TEXT) return stringHint(document.textOf(node));
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

/** The value of a text, below its line. */
interface Graft {
  /** The text's place among the visible nodes, and how deep it stands. */
  readonly at: number;
  readonly tree: JsonTree;
  readonly depth: number;
}

const DECODER = new TextDecoder();

/** Bytes of a text that may be a colour or an address. */
const MOST_LOOKED_AT = 8192;
