import { xxhash32 } from "../../log/xxhash32.ts";
import { decodedUri } from "../percent-encoding.ts";
import { asciiBetween } from "./bytes.ts";
import type { SecretKindId } from "./registry.ts";
import { BINARY_NUMBER } from "./secret-finding.ts";

/** Different secrets that are told apart; those past it have masks without a number. */
const MOST_NUMBERED = 100_000;
/** Longer ones are told apart by their length and two checksums. */
const LONGEST_KEPT = 256;

/** A secret that is known. */
export interface Numbered {
  readonly kind: SecretKindId;
  readonly number: number;
}

/**
 * What stands in the place of secrets: `‹jwt-1***›`, as long in bytes as the secret, so that nothing else moves. Equal
 * secrets have masks of one name, wherever they stand, percent-encoded or not; different ones have others where these have room for a
 * number.
 */
export class Masks {
  readonly #known = new Map<string, Numbered>();
  readonly #counts = new Map<SecretKindId, number>();

  /** Different secrets of a kind. */
  distinct(kind: SecretKindId): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** Knows a secret from now on. `bytes`: where its value stands. */
  number(kind: SecretKindId, bytes: Uint8Array, from: number, to: number): Numbered {
    const value = to - from <= LONGEST_KEPT ? keyOf(asciiBetween(bytes, from, to)) : checksumOf(bytes.subarray(from, to));
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const number = this.distinct(kind) + 1;
    this.#counts.set(kind, number);
    const numbered = { kind, number: this.#known.size < MOST_NUMBERED ? number : 0 };
    if (numbered.number > 0) this.#known.set(value, numbered);
    return numbered;
  }
}

/** The same secret may be percent-encoded in one place and not in another. */
const keyOf = decodedUri;

const checksumOf = (bytes: Uint8Array): string => `${bytes.length}/${xxhash32(bytes)}/${xxhash32(bytes, 1)}`;

/** Writes a mask over bytes. `bare`: see `SecretFinding`; in the place of a number stands a string, or another number. */
export function writeMask(into: Uint8Array, from: number, to: number, { kind, number }: Numbered, bare?: number): void {
  if (bare === BINARY_NUMBER) return void into.fill(0, from, to);
  if (bare !== undefined) {
    const quoted = 2 * (bare + 1);
    // Too short for quotes: 0, 10, 100.
    if (to - from < quoted) return void into.fill(ZERO, from, to).fill(to - from > 1 ? ZERO + 1 : ZERO, from, from + 1);
    for (const at of [from, to - bare - 1]) {
      into.fill(BACKSLASH, at, at + bare);
      into[at + bare] = QUOTE;
    }
    return writeMask(into, from + bare + 1, to - bare - 1, { kind, number });
  }
  const room = to - from - OPEN.length - CLOSE.length;
  const text = [`${kind}-${number}`, `${number}`].find(({ length }) => number > 0 && length <= room);
  into.fill(STAR, from, to);
  if (text === undefined) return;
  into.set(OPEN, from);
  for (let i = 0; i < text.length; i++) into[from + OPEN.length + i] = text.charCodeAt(i);
  into.set(CLOSE, to - CLOSE.length);
}

/** What a mask calls the secret that it hides; undefined for a text that is none, or has no room for it. */
export const maskName = (text: string): string | undefined => /^‹([a-z]+-[1-9]\d*)\**›$/.exec(text)?.[1];

const OPEN = Uint8Array.of(0xe2, 0x80, 0xb9); // ‹
const CLOSE = Uint8Array.of(0xe2, 0x80, 0xba); // ›
const STAR = 0x2a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
