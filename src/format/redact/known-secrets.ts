import { asciiBetween, isWordByte } from "./bytes.ts";
import { isBareNumber } from "./json-values.ts";
import { escapesOf, OpenStrings } from "./json-depth.ts";
import type { Numbered } from "./masks.ts";
import { readPlain } from "./plain-reading.ts";

/** A known secret in some bytes. `bare`: see `SecretFinding`. */
export interface KnownFinding {
  readonly numbered: Numbered;
  readonly from: number;
  readonly to: number;
  readonly bare: number | undefined;
}

interface KnownSecret {
  readonly said: Uint8Array;
  readonly numbered: Numbered;
  readonly isNumber: boolean;
}

/** Shorter ones may be chance anywhere. */
const LEAST = 8;
/** Shorter ones may be chance within a longer word. */
const LEAST_IN_WORD = 16;

/** Secrets that are found by their value, whatever stands before them; without their escapes they are compared, and what they are looked for in. */
export class KnownSecrets {
  readonly #known = new Map<string, KnownSecret>();
  #search: ManySearch | undefined;

  add(secret: Uint8Array, numbered: Numbered): void {
    if (secret.length < LEAST) return;
    const { said } = readPlain(secret);
    const value = asciiBetween(said, 0, said.length);
    if (said.length < LEAST || this.#known.has(value)) return;
    this.#known.set(value, { said, numbered, isNumber: /^-?\d[\d.eE+-]*$/.test(value) });
    this.#search = undefined;
  }

  /** In order, none within another. Cost: about a pass over the bytes, however many are known. */
  find(bytes: Uint8Array): readonly KnownFinding[] {
    if (this.#known.size === 0) return [];
    this.#search ??= new ManySearch([...this.#known.values()]);
    const { said, ends } = readPlain(bytes);
    const strings = new OpenStrings(bytes);
    return this.#search.find(said).map(({ secret: { numbered, isNumber }, from: first, to: last }) => {
      const from = first === 0 ? 0 : (ends[first - 1] as number);
      const to = ends[last - 1] as number;
      return { numbered, from, to, bare: isNumber && isBareNumber(bytes, { from, to }) ? escapesOf(strings.depthAt(from)) : undefined };
    });
  }
}

interface Place {
  readonly secret: KnownSecret;
  readonly from: number;
  readonly to: number;
}

/** Looks for many values at once: Aho and Corasick's automaton (doi:10.1145/360825.360855). Memory: 21 bytes a byte of the values. */
class ManySearch {
  readonly #secrets: readonly KnownSecret[];
  /** Of each node, 0 being the root: its first child, the next child of its parent, its byte, the node of its longest ending that is one. */
  readonly #child: Int32Array;
  readonly #sibling: Int32Array;
  readonly #byte: Uint8Array;
  readonly #fail: Int32Array;
  /** One more than the place of the secret that ends there, and the longest of its endings at which one does. */
  readonly #ended: Int32Array;
  readonly #shorter: Int32Array;
  /** Most bytes lead nowhere. */
  readonly #first = new Int32Array(256);

  constructor(secrets: readonly KnownSecret[]) {
    this.#secrets = secrets;
    const most = secrets.reduce((sum, { said }) => sum + said.length, 1);
    this.#child = new Int32Array(most);
    this.#sibling = new Int32Array(most);
    this.#byte = new Uint8Array(most);
    this.#fail = new Int32Array(most);
    this.#ended = new Int32Array(most);
    this.#shorter = new Int32Array(most);
    this.#link(this.#plant());
  }

  /** Answers how many nodes there are. */
  #plant(): number {
    let nodes = 1;
    for (const [place, { said }] of this.#secrets.entries()) {
      let node = 0;
      for (const byte of said) {
        let next = this.#next(node, byte);
        if (next === 0) {
          next = nodes++;
          this.#byte[next] = byte;
          this.#sibling[next] = this.#child[node] as number;
          this.#child[node] = next;
          if (node === 0) this.#first[byte] = next;
        }
        node = next;
      }
      this.#ended[node] = place + 1;
    }
    return nodes;
  }

  /** Breadth first: the endings of a node are shorter than it. */
  #link(nodes: number): void {
    const queue = new Int32Array(nodes);
    let length = 1;
    for (let at = 0; at < length; at++) {
      const node = queue[at] as number;
      for (let child = this.#child[node] as number; child !== 0; child = this.#sibling[child] as number) {
        queue[length++] = child;
        const fail = node === 0 ? 0 : this.#after(this.#fail[node] as number, this.#byte[child] as number);
        this.#fail[child] = fail;
        this.#shorter[child] = this.#ended[fail] === 0 ? (this.#shorter[fail] as number) : fail;
      }
    }
  }

  #next(node: number, byte: number): number {
    if (node === 0) return this.#first[byte] as number;
    let child = this.#child[node] as number;
    while (child !== 0 && this.#byte[child] !== byte) child = this.#sibling[child] as number;
    return child;
  }

  /** The node that a byte leads to. */
  #after(from: number, byte: number): number {
    for (let node = from; ; node = this.#fail[node] as number) {
      const next = this.#next(node, byte);
      if (next !== 0 || node === 0) return next;
    }
  }

  /** Of what overlaps the second begins where the first ends. */
  find(said: Uint8Array): readonly Place[] {
    const found: Place[] = [];
    let node = 0;
    for (let at = 0; at < said.length; at++) {
      node = this.#after(node, said[at] as number);
      const secret = node === 0 ? undefined : this.#endedAt(node, said, at + 1);
      if (secret === undefined) continue;
      const from = at + 1 - secret.said.length;
      while (found.length > 0 && (found.at(-1) as Place).from >= from) found.pop();
      found.push({ secret, from: Math.max(from, found.at(-1)?.to ?? 0), to: at + 1 });
    }
    return found;
  }

  /** The longest that ends there and stands alone as it should. */
  #endedAt(from: number, said: Uint8Array, to: number): KnownSecret | undefined {
    for (let node = from; node !== 0; node = this.#shorter[node] as number) {
      const secret = this.#secrets[(this.#ended[node] as number) - 1];
      if (secret !== undefined && standsAlone(secret, said, to)) return secret;
    }
    return undefined;
  }
}

/** Whether what is short, or a number, is no part of a longer word or number. */
function standsAlone({ said: { length }, isNumber }: KnownSecret, said: Uint8Array, to: number): boolean {
  if (!isNumber && length >= LEAST_IN_WORD) return true;
  const before = said[to - length - 1];
  const after = said[to];
  if (isOfWord(before) || isOfWord(after)) return false;
  return !isNumber || (before !== POINT && before !== PLUS && !(after === POINT && isDigit(said[to + 1])));
}

const isOfWord = (byte: number | undefined): boolean => byte !== undefined && (isWordByte(byte) || byte === HYPHEN);
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

const PLUS = 0x2b;
const HYPHEN = 0x2d;
const POINT = 0x2e;
