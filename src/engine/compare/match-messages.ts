import { matchSequences, NO_PARTNER, pairUp } from "./match-sequences.ts";

/** The messages of one connection in their order, by numbers: two are of one type, or the same, where theirs are. */
export interface NumberedMessages {
  readonly types: Uint32Array;
  readonly contents: Uint32Array;
}

/**
 * Walks the messages of two connections: first what is the same on both finds itself, then between that what is of one
 * type. Each message is met once, in an order that keeps that of both sides.
 */
export function matchMessages(before: NumberedMessages, after: NumberedMessages, meet: (before: number | undefined, after: number | undefined) => void): void {
  const partners = matchSequences(before.contents, after.contents);
  let a = 0;
  for (let b = 0; b < partners.length; ) {
    let end = b;
    while (end < partners.length && partners[end] === NO_PARTNER) end++;
    const limit = end < partners.length ? (partners[end] as number) : before.types.length;
    const between = matchSequences(before.types.subarray(a, limit), after.types.subarray(b, end));
    for (const [i, partner] of between.entries()) if (partner !== NO_PARTNER) partners[b + i] = a + partner;
    a = limit + 1;
    b = end + 1;
  }
  pairUp(partners, before.types.length, after.types.length, meet);
}
