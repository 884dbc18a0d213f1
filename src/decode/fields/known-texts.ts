/** Places of texts, a power of two. */
const PLACES = 256;
/** Bytes of the longest text that is kept. */
const LONGEST = 64;

interface KnownText {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Texts by their bytes: one that came before is that very text, and none is made again. */
export class KnownTexts {
  readonly #texts: (KnownText | undefined)[] = Array.from({ length: PLACES });
  readonly #make: (bytes: Uint8Array, from: number, to: number) => string;

  /** `make`: the text of bytes, whatever they are; of the same bytes it is the same. */
  constructor(make: (bytes: Uint8Array, from: number, to: number) => string) {
    this.#make = make;
  }

  textOf(bytes: Uint8Array, from: number, to: number): string {
    if (to - from > LONGEST) return this.#make(bytes, from, to);
    const place = hashOf(bytes, from, to, 0) & (PLACES - 1);
    const known = this.#texts[place];
    if (known !== undefined && isSame(bytes, from, to, known.bytes)) return known.text;
    const text = this.#make(bytes, from, to);
    this.#texts[place] = { bytes: bytes.slice(from, to), text };
    return text;
  }
}

export function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  return hash;
}

/** Whether these bytes stand between the places. */
export function isSame(bytes: Uint8Array, from: number, to: number, known: Uint8Array): boolean {
  const { length } = known;
  if (to - from !== length) return false;
  for (let i = 0; i < length; i++) if (bytes[from + i] !== known[i]) return false;
  return true;
}
