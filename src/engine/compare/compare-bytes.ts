import { Difference, foldEqual, type DifferenceItem } from "./difference.ts";
import { matchSequences, NO_PARTNER } from "./match-sequences.ts";

/** Bytes in a line: as many as the narrowest inspector has room for. */
const LINE_BYTES = 8;
/** What differs is matched byte by byte up to so many; of more, what is equal at both ends stays, and the rest is another. */
const MOST_MATCHED = 1 << 16;
/** Fewer equal bytes between two changes are chance: they are a part of the change. */
const LEAST_EQUAL = 4;
const LINES_A_TURN = 4096;

/** What changed from some bytes to others: a stretch that was put in, or left out, moves what stands behind it. Yields between turns. */
export function* compareBytes(before: Uint8Array, after: Uint8Array): Generator<number, Difference> {
  const items: DifferenceItem[] = [];
  let changes = 0;
  for (const { from, to, start, end } of stretches(before, after)) {
    const isSame = to - from === end - start && isEqual(before.subarray(from, to), after.subarray(start, end));
    if (!isSame) changes++;
    const all: { readonly state: "same" | "added" | "removed"; readonly bytes: Uint8Array; readonly from: number; readonly to: number }[] = isSame
      ? [{ state: "same", bytes: after, from: start, to: end }]
      : [
          { state: "removed", bytes: before, from, to },
          { state: "added", bytes: after, from: start, to: end },
        ];
    for (const one of all) {
      for (let at = one.from, lines = 0; at < one.to; at += LINE_BYTES) {
        items.push(bytesItem(one.state, one.bytes, at, Math.min(one.to, at + LINE_BYTES)));
        if (++lines % LINES_A_TURN === 0) yield at / (one.bytes.length + 1);
      }
    }
  }
  return new Difference(foldEqual(items), changes);
}

/** Bytes `from` up to `to` of the first stand where `start` up to `end` of the second do. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

function stretches(a: Uint8Array, b: Uint8Array): Stretch[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const found: Stretch[] = [{ from: 0, to: head, start: 0, end: head }];
  const [left, right] = [a.subarray(head, a.length - tail), b.subarray(head, b.length - tail)];
  if (left.length > MOST_MATCHED || right.length > MOST_MATCHED) found.push({ from: head, to: head + left.length, start: head, end: head + right.length });
  else for (const { from, to, start, end } of inner(left, right)) found.push({ from: from + head, to: to + head, start: start + head, end: end + head });
  found.push({ from: a.length - tail, to: a.length, start: b.length - tail, end: b.length });
  return found.filter(({ from, to, start, end }) => to > from || end > start);
}

/** Equal and changed stretches in turns. */
function inner(a: Uint8Array, b: Uint8Array): Stretch[] {
  const partners = matchSequences(Uint32Array.from(a), Uint32Array.from(b));
  const equal: Stretch[] = [];
  for (let j = 0; j < b.length; ) {
    const from = partners[j] as number;
    if (from === NO_PARTNER) {
      j++;
      continue;
    }
    let length = 1;
    while (j + length < b.length && partners[j + length] === from + length) length++;
    if (length >= LEAST_EQUAL) equal.push({ from, to: from + length, start: j, end: j + length });
    j += length;
  }
  const all: Stretch[] = [];
  let [from, start] = [0, 0];
  for (const one of [...equal, { from: a.length, to: a.length, start: b.length, end: b.length }]) {
    all.push({ from, to: one.from, start, end: one.start }, one);
    [from, start] = [one.to, one.end];
  }
  return all;
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i]);

function bytesItem(state: "same" | "added" | "removed", bytes: Uint8Array, from: number, to: number): DifferenceItem {
  return {
    state,
    depth: 0,
    children: 0,
    below: () => [],
    line: () => {
      const part = bytes.subarray(from, to);
      const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
      const text = Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");
      return { key: from.toString(16).padStart(8, "0"), kind: null, text: `${hex.padEnd(LINE_BYTES * 3)} ${text}`, differs: null };
    },
  };
}
