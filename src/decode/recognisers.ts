import { OPCODE_TEXT } from "../model/frame.ts";
import { RECOGNISED_BYTES, type Decoder, type FrameToDecode } from "./decoder.ts";

/** The protocols of a list of decoders, and which of them are worth asking whether they recognise a message. */
export class Recognisers {
  readonly protocols: readonly Decoder[];
  /** Those without a mark are asked for each message. */
  readonly #unmarked: readonly Decoder[];
  readonly #finder: MarkFinder;

  constructor(decoders: readonly Decoder[]) {
    this.protocols = decoders.filter(({ claims }) => claims === "connection");
    this.#unmarked = this.protocols.filter((decoder) => decoder.marks === undefined && decoder.recognises !== undefined);
    this.#finder = new MarkFinder(this.protocols);
  }

  /** In the order of the list. Cost: a pass over the head. */
  candidates({ bytes, opcode }: FrameToDecode): readonly Decoder[] {
    const marked = opcode === OPCODE_TEXT ? this.#finder.find(bytes, RECOGNISED_BYTES) : NONE;
    if (marked.size === 0) return this.#unmarked;
    return this.protocols.filter((decoder) => decoder.marks === undefined || marked.has(decoder));
  }
}

const known = new WeakMap<readonly Decoder[], Recognisers>();

/** Made once for a list. */
export function recognisersAmong(decoders: readonly Decoder[]): Recognisers {
  const made = known.get(decoders) ?? new Recognisers(decoders);
  known.set(decoders, made);
  return made;
}

const NONE: ReadonlySet<Decoder> = new Set();

/**
 * Finds which of many decoders have a mark in a text, in one pass, however many there are (Aho and Corasick's automaton,
 * over ASCII).
 */
class MarkFinder {
  /** By state and byte, the next state. */
  readonly #next: Uint16Array;
  /** By state, decoders of which a mark ends there. */
  readonly #found: (readonly Decoder[])[];

  constructor(decoders: readonly Decoder[]) {
    const children: Map<number, number>[] = [new Map()];
    const found: Decoder[][] = [[]];
    for (const decoder of decoders) {
      for (const mark of decoder.marks ?? []) {
        let state = 0;
        for (let i = 0; i < mark.length; i++) {
          const byte = mark.charCodeAt(i) & (SYMBOLS - 1);
          const child = children[state]?.get(byte) ?? children.length;
          if (child === children.length) {
            children.push(new Map());
            found.push([]);
          }
          children[state]?.set(byte, child);
          state = child;
        }
        found[state]?.push(decoder);
      }
    }
    const next = new Uint16Array(children.length * SYMBOLS);
    const failure = new Uint16Array(children.length);
    const queue: number[] = [0];
    for (let at = 0; at < queue.length; at++) {
      const state = queue[at] as number;
      const fallback = failure[state] as number;
      if (state !== 0) {
        found[state]?.push(...(found[fallback] ?? []));
        next.copyWithin(state * SYMBOLS, fallback * SYMBOLS, (fallback + 1) * SYMBOLS);
      }
      for (const [byte, child] of children[state] ?? []) {
        failure[child] = state === 0 ? 0 : (next[fallback * SYMBOLS + byte] as number);
        next[state * SYMBOLS + byte] = child;
        queue.push(child);
      }
    }
    this.#next = next;
    this.#found = found;
  }

  find(bytes: Uint8Array, most: number): ReadonlySet<Decoder> {
    let all: Set<Decoder> | undefined;
    const end = Math.min(bytes.length, most);
    for (let at = 0, state = 0; at < end; at++) {
      const byte = bytes[at] as number;
      state = byte < SYMBOLS ? (this.#next[state * SYMBOLS + byte] as number) : 0;
      const found = this.#found[state] as readonly Decoder[];
      if (found.length === 0) continue;
      all ??= new Set();
      for (const decoder of found) all.add(decoder);
    }
    return all ?? NONE;
  }
}

const SYMBOLS = 128;
