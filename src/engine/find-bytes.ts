/** Bytes that are searched before other work gets its turn. */
const PIECE = 1 << 20;

/**
 * Where some bytes stand in others, from a place on or before it; undefined where they do not. `read` answers a range of
 * them. Yields between turns, with the share that is done.
 */
export function* findBytes(read: (from: number, to: number) => Uint8Array, size: number, sought: Uint8Array, from: number, backwards: boolean): Generator<number, number | undefined> {
  if (sought.length === 0) return undefined;
  const last = size - sought.length;
  if (backwards) {
    for (let end = Math.min(from - 1, last); end >= 0; end -= PIECE) {
      const start = Math.max(0, end - PIECE + 1);
      const found = lastIn(read(start, end + sought.length), sought);
      if (found !== undefined) return start + found;
      yield 1 - start / size;
    }
    return undefined;
  }
  for (let start = Math.max(0, from); start <= last; start += PIECE) {
    const found = firstIn(read(start, Math.min(size, start + PIECE + sought.length - 1)), sought);
    if (found !== undefined) return start + found;
    yield start / size;
  }
  return undefined;
}

/** The first place of bytes in others. */
export function firstIn(bytes: Uint8Array, sought: Uint8Array): number | undefined {
  const [first = 0] = sought;
  for (let at = bytes.indexOf(first); at >= 0 && at + sought.length <= bytes.length; at = bytes.indexOf(first, at + 1)) if (isAt(bytes, at, sought)) return at;
  return undefined;
}

function lastIn(bytes: Uint8Array, sought: Uint8Array): number | undefined {
  const [first = 0] = sought;
  for (let at = bytes.lastIndexOf(first, bytes.length - sought.length); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(first, at - 1)) if (isAt(bytes, at, sought)) return at;
  return undefined;
}

function isAt(bytes: Uint8Array, at: number, sought: Uint8Array): boolean {
  for (let i = 0; i < sought.length; i++) if (bytes[at + i] !== sought[i]) return false;
  return true;
}
