/**
 * An id of a message: a whole number below 2³¹ by itself, any other as its text. A text that such a number gives back to the
 * letter is that number, so that one id has one form. Ids are mostly counted, and a number costs no text.
 */
export type MessageId = string | number;

export const messageId = (text: string): MessageId => wholeNumberIn(text) ?? text;

/** The number that a text is to the letter; undefined where it is none below 2³¹. */
export function wholeNumberIn(text: string): number | undefined {
  const { length } = text;
  if (length === 0 || length > MOST_DIGITS || (length > 1 && text.charCodeAt(0) === ZERO)) return undefined;
  let number = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number < END_OF_NUMBERS ? number : undefined;
}

/** The same of ASCII digits between two places; negative where they are no such number. */
export function wholeNumberAt(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length <= 0 || length > MOST_DIGITS || (length > 1 && bytes[from] === ZERO)) return -1;
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number < END_OF_NUMBERS ? number : -1;
}

const END_OF_NUMBERS = 2 ** 31;
const MOST_DIGITS = 10;
const ZERO = 0x30;
