import { ARRAY, BYTES, OBJECT, VALUE_KINDS, type ValueDocument } from "../../model/value-document.ts";
import { toJson } from "../../decode/value-json.ts";
import { jsonKind } from "../json-kind.ts";
import { Difference, differingPart, foldEqual, type DifferenceItem } from "./difference.ts";
import { matchSequences, NO_PARTNER, pairUp } from "./match-sequences.ts";

/** What entries of a list are told apart by, where all of them have it and no two the same. */
const IDENTITIES = ["id", "_id", "key", "uuid", "guid", "name", "symbol", "sym"] as const;
/** Nodes that are read before other work gets its turn. */
const NODES_A_TURN = 4096;
/** Of so many entries, those that are equal are folded up. */
const MANY = 30;
/** Characters of a line; where two long ones differ, what is around the difference. */
const LINE_LENGTH = 240;
const BEFORE_DIFFERENCE = 24;

/** A node of one of the two documents. */
interface Place {
  readonly document: ValueDocument;
  readonly node: number;
  /** Its key or index where it stands. */
  readonly key: string | null;
}

/**
 * What changed from one value to another, key by key: keys in any order, arrays by what their entries are known by or by
 * what is the same, digits as they were sent. Yields between turns; what it answers is the difference. Cost: about linear
 * in both.
 */
export function* compareValues(before: ValueDocument, after: ValueDocument): Generator<number, Difference> {
  const total = before.count + after.count;
  const numbers = new Numbers();
  const a = yield* numbers.of(before, 0, total);
  const b = yield* numbers.of(after, before.count, total);
  const roots: DifferenceItem[] = [];
  let changes = 0;
  /** Pairs of containers whose entries are still to be compared, and where they are to stand. */
  const waiting: { readonly a: number; readonly b: number; readonly depth: number; readonly into: DifferenceItem[] }[] = [];

  const same = (aNode: number, bNode: number): boolean => a[aNode] === b[bNode];
  const add = (into: DifferenceItem[], depth: number, left: Place | undefined, right: Place | undefined): void => {
    if (left === undefined || right === undefined) {
      const one = left ?? right;
      if (one === undefined) return;
      changes++;
      into.push(wholeItem(one, left === undefined ? "added" : "removed", depth, undefined));
    } else if (same(left.node, right.node)) into.push(wholeItem(right, "same", depth, undefined));
    else if (isSameContainer(before, left.node, after, right.node)) {
      const below: DifferenceItem[] = [];
      const { document, node, key } = right;
      into.push({ state: "inside", depth, children: Math.max(1, document.childrenOf(node)), line: () => ({ key, kind: jsonKind(document, node), text: shortForm(document, node), differs: null }), below: () => (below.length > MANY ? foldEqual(below) : below) });
      waiting.push({ a: left.node, b: right.node, depth: depth + 1, into: below });
    } else {
      changes++;
      into.push({ ...wholeItem(left, "removed", depth, right), isReplaced: true }, { ...wholeItem(right, "added", depth, left), isReplaced: true });
    }
  };

  const [aRoots, bRoots] = [rootsOf(before), rootsOf(after)];
  pairUp(bRoots.length === 1 && aRoots.length === 1 ? [0] : alignByNumbers(a, aRoots, b, bRoots), aRoots.length, bRoots.length, (i, j) =>
    add(roots, 0, i === undefined ? undefined : { document: before, node: aRoots[i] as number, key: null }, j === undefined ? undefined : { document: after, node: bRoots[j] as number, key: null }),
  );
  for (let pair = waiting.pop(), turns = 0; pair !== undefined; pair = waiting.pop()) {
    const { into, depth } = pair;
    const [left, right] = [childrenOf(before, pair.a), childrenOf(after, pair.b)];
    const isObject = after.kindOf(pair.b) === OBJECT;
    // Each pass over a long list is a piece by itself.
    const isLong = left.length + right.length >= NODES_A_TURN;
    if (isLong) yield 1;
    const partners = isObject ? alignByKey(before, left, after, right) : (alignByIdentity(before, a, left, after, b, right) ?? alignByNumbers(a, left, b, right));
    if (isLong) yield 1;
    const keyIn = (document: ValueDocument, nodes: readonly number[], place: number): string => (isObject ? (document.keyOf(nodes[place] as number) ?? "") : String(place));
    pairUp(partners, left.length, right.length, (i, j) =>
      add(
        into,
        depth,
        i === undefined ? undefined : { document: before, node: left[i] as number, key: keyIn(before, left, i) },
        j === undefined ? undefined : { document: after, node: right[j] as number, key: keyIn(after, right, j) },
      ),
    );
    turns += left.length + right.length + 1;
    if (turns >= NODES_A_TURN) {
      turns = 0;
      yield 1;
    }
  }
  return new Difference(roots, changes);
}

/** Each value's number: two have the same where they are equal, whatever the order of their keys. */
class Numbers {
  readonly #known = new Map<string, number>();

  /** By node. Yields the share of `total` that is done. */
  *of(document: ValueDocument, done: number, total: number): Generator<number, Uint32Array> {
    const numbers = new Uint32Array(document.count);
    // What a container holds stands behind it: read from the end, its entries have their numbers.
    for (let node = document.count - 1; node >= 0; node--) {
      numbers[node] = this.#number(document.isContainer(node) ? containerText(document, node, numbers) : scalarText(document, node));
      if (node % NODES_A_TURN === 0) yield (done + document.count - node) / total;
    }
    return numbers;
  }

  #number(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.#known.size;
    this.#known.set(text, number);
    return number;
  }
}

/** A text is its characters, however they were escaped. */
function scalarText(document: ValueDocument, node: number): string {
  const kind = document.kindOf(node);
  return `${VALUE_KINDS[kind] ?? ""} ${kind === BYTES ? document.jsonOf(node) : document.textOf(node)}`;
}

function containerText(document: ValueDocument, node: number, numbers: Uint32Array): string {
  const children = childrenOf(document, node);
  if (document.kindOf(node) !== OBJECT) return `[${children.map((child) => numbers[child]).join()}]`;
  // Sorting is stable: of a key that comes twice, its values stay in their order.
  const entries = children.map((child) => ({ name: nameOf(document, child), number: numbers[child] })).toSorted((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : 0));
  return `{${entries.map(({ name, number }) => `${JSON.stringify(name)}${number}`).join()}}`;
}

/** A key and whether it is a text: 1 and "1" are two keys. */
const nameOf = (document: ValueDocument, node: number): string => `${document.hasOddKey(node) ? "=" : ":"}${document.keyOf(node) ?? ""}`;

function rootsOf(document: ValueDocument): number[] {
  const roots: number[] = [];
  for (let root = 0; root < document.count; root = document.endOf(root)) roots.push(root);
  return roots;
}

function childrenOf(document: ValueDocument, node: number): number[] {
  const children: number[] = [];
  for (let child = node + 1; child < document.endOf(node); child = document.endOf(child)) children.push(child);
  return children;
}

/** By their keys; of a key that comes twice the first with the first. */
function alignByKey(before: ValueDocument, left: readonly number[], after: ValueDocument, right: readonly number[]): readonly number[] {
  const places = new Map<string, number[]>();
  left.forEach((node, i) => {
    const name = nameOf(before, node);
    const known = places.get(name);
    if (known === undefined) places.set(name, [i]);
    else known.push(i);
  });
  for (const known of places.values()) known.reverse();
  return right.map((node) => places.get(nameOf(after, node))?.pop() ?? NO_PARTNER);
}

/** Entries of two lists by what they are known by; undefined where they are not known by anything. */
function alignByIdentity(before: ValueDocument, a: Uint32Array, left: readonly number[], after: ValueDocument, b: Uint32Array, right: readonly number[]): readonly number[] | undefined {
  for (const name of IDENTITIES) {
    const places = identities(before, a, left, name);
    const names = places && identities(after, b, right, name);
    if (places !== undefined && names !== undefined) return [...names.keys()].map((number) => places.get(number) ?? NO_PARTNER);
  }
  return undefined;
}

/** The place of each entry by the number of what it is known by; undefined where an entry has none, or two have the same. */
function identities(document: ValueDocument, numbers: Uint32Array, entries: readonly number[], name: string): ReadonlyMap<number, number> | undefined {
  const places = new Map<number, number>();
  for (const [place, entry] of entries.entries()) {
    if (document.kindOf(entry) !== OBJECT) return undefined;
    let found: number | undefined;
    for (let child = entry + 1; child < document.endOf(entry) && found === undefined; child = document.endOf(child)) {
      if (document.keyOf(child, name.length + 8) === name && !document.isContainer(child)) found = numbers[child];
    }
    if (found === undefined || places.has(found)) return undefined;
    places.set(found, place);
  }
  return places.size === 0 ? undefined : places;
}

/** By what is the same; what is left between two that are, one after another. */
function alignByNumbers(a: Uint32Array, left: readonly number[], b: Uint32Array, right: readonly number[]): readonly number[] {
  const partners = Array.from(matchSequences(Uint32Array.from(left, (node) => a[node] as number), Uint32Array.from(right, (node) => b[node] as number)));
  for (let j = 0, next = 0; j < partners.length; ) {
    let end = j;
    while (end < partners.length && partners[end] === NO_PARTNER) end++;
    // What of `a` is free before the next pair.
    const limit = partners[end] ?? left.length;
    while (j < end && next < limit) partners[j++] = next++;
    next = limit + 1;
    j = end + 1;
  }
  return partners;
}

const isSameContainer = (before: ValueDocument, a: number, after: ValueDocument, b: number): boolean => before.isContainer(a) && before.kindOf(a) === after.kindOf(b);

/** A value that is the same, or altogether another, with all that it holds below it. */
function wholeItem({ document, node, key }: Place, state: "same" | "added" | "removed", depth: number, other: Place | undefined): DifferenceItem {
  return {
    state,
    depth,
    children: document.childrenOf(node),
    line: (isWhole = false) => ({ key, kind: jsonKind(document, node), ...(isWhole ? { text: toJson(document, node), differs: null } : lineText(document, node, other)) }),
    below: () => childrenOf(document, node).map((child, i) => wholeItem({ document, node: child, key: document.keyOf(child) ?? String(i) }, state, depth + 1, undefined)),
  };
}

function lineText(document: ValueDocument, node: number, other: Place | undefined): { readonly text: string; readonly differs: { readonly from: number; readonly to: number } | null } {
  if (document.isContainer(node)) return { text: shortForm(document, node), differs: null };
  const text = document.jsonOf(node);
  if (other === undefined || other.document.isContainer(other.node)) return { text: cut(text, 0), differs: null };
  const { from, aTo } = differingPart(text, other.document.jsonOf(other.node));
  const start = text.length <= LINE_LENGTH ? 0 : Math.max(0, from - BEFORE_DIFFERENCE);
  const shown = cut(text, start);
  const shift = start === 0 ? 0 : start - 1;
  return { text: shown, differs: { from: from - shift, to: Math.min(shown.length, aTo - shift) } };
}

function cut(text: string, start: number): string {
  const head = start === 0 ? "" : "…";
  const rest = text.slice(start, start + LINE_LENGTH);
  return `${head}${rest}${start + LINE_LENGTH < text.length ? "…" : ""}`;
}

const shortForm = (document: ValueDocument, node: number): string => (document.kindOf(node) === ARRAY ? `Array(${document.childrenOf(node)})` : `{${document.childrenOf(node)}}`);

