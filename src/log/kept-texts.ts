import { wholeNumberIn, type MessageId } from "../model/message-id.ts";

/** A text of a row: undefined where it has none, null where it has one that was not kept, and its message has to be asked. */
export type KeptText = string | undefined | null;

/** Codes of a column of texts. From here up to `DIRECT` they are places in its names. */
export const NO_TEXT = 0;
export const NOT_KEPT = 1;
export const FIRST_NAME = 2;
/** From here on a code is a whole number itself: ids are mostly counted, and may all be different. */
export const DIRECT = 2 ** 31;

/** Bounds of one column's names, which are foreign text: how many, how long one, how long all. */
const MOST_NAMES = 1 << 16;
const MOST_LENGTH = 1024;
const MOST_CHARACTERS = 1 << 22;

/** What a code of a column says. `names` has its first at `FIRST_NAME`. */
export function textOfCode(code: number, names: readonly string[]): KeptText {
  if (code === NO_TEXT) return undefined;
  if (code === NOT_KEPT) return null;
  return code >= DIRECT ? String(code - DIRECT) : names[code];
}

/**
 * Gives texts their codes, each text once: a whole number below 2³¹ is its own code and costs nothing more, any other is
 * a name. Past the bounds a text is not kept.
 */
export class TextCodes {
  readonly #codes = new Map<string, number>();
  #characters = 0;

  /** A name that is new is added to `added`. */
  codeOf(text: MessageId | undefined, added: string[]): number {
    if (text === undefined) return NO_TEXT;
    if (typeof text === "number") return DIRECT + text;
    const number = wholeNumberIn(text);
    if (number !== undefined) return DIRECT + number;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    if (text.length > MOST_LENGTH || this.#codes.size >= MOST_NAMES || this.#characters + text.length > MOST_CHARACTERS) return NOT_KEPT;
    const code = FIRST_NAME + this.#codes.size;
    this.#codes.set(text, code);
    this.#characters += text.length;
    added.push(text);
    return code;
  }
}
