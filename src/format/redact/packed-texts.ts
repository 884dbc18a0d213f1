import type { Found } from "./secret-kind.ts";

/** What stands at a place of packed bytes: a text, how many values follow within it, or neither. */
interface Item {
  readonly end: number;
  readonly isText: boolean;
  /** Values that it holds, which stand behind its head; `UNTOLD`: until a break. */
  readonly holds: number;
}

type ReadItem = (bytes: Uint8Array, at: number) => Item | "break" | undefined;

const UNTOLD = -1;
const MOST_DEPTH = 1000;

/** The texts of bytes that are maps and lists of MessagePack or CBOR from the first byte to the last; undefined for any other. Any bytes, no throw. */
export function packedTexts(bytes: Uint8Array): readonly Found[] | undefined {
  const head = bytes[0] ?? 0;
  // Maps and lists of either; those of the other are texts, or never used.
  return (isMessagePackContainer(head) ? textsOf(bytes, messagePackItem) : undefined) ?? (head >> 5 === 4 || head >> 5 === 5 || head >> 5 === 6 ? textsOf(bytes, cborItem) : undefined);
}

const isMessagePackContainer = (head: number): boolean => (head >= 0x80 && head < 0xa0) || (head >= 0xdc && head < 0xe0);

function textsOf(bytes: Uint8Array, read: ReadItem): readonly Found[] | undefined {
  const texts: Found[] = [];
  /** Of what is open: how many values are still to come. */
  const left: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    const item = read(bytes, at);
    if (item === undefined) return undefined;
    if (item === "break") {
      if (left.pop() !== UNTOLD) return undefined;
      at += 1;
    } else {
      if (item.end > bytes.length || (left.length === 0 && !item.isText && item.holds === 0 && at === 0)) return undefined;
      if (item.isText) texts.push({ from: item.end - item.holds, to: item.end });
      at = item.end;
      if (!item.isText && item.holds !== 0) {
        if (left.length >= MOST_DEPTH) return undefined;
        left.push(item.holds);
        continue;
      }
    }
    // One value is whole: so are those that end with it.
    while (left.length > 0 && left.at(-1) !== UNTOLD) {
      const more = (left.pop() as number) - 1;
      if (more > 0) {
        left.push(more);
        break;
      }
    }
  }
  return left.length === 0 ? texts : undefined;
}

const text = (from: number, length: number): Item => ({ end: from + length, isText: true, holds: length });
const plain = (end: number): Item => ({ end, isText: false, holds: 0 });
const container = (end: number, holds: number): Item => ({ end, isText: false, holds });

/** The MessagePack specification, "Formats". */
function messagePackItem(bytes: Uint8Array, at: number): Item | undefined {
  const head = bytes[at] as number;
  if (head < 0x80 || head >= 0xe0) return plain(at + 1);
  if (head < 0x90) return container(at + 1, (head & 0x0f) * 2);
  if (head < 0xa0) return container(at + 1, head & 0x0f);
  if (head < 0xc0) return text(at + 1, head & 0x1f);
  switch (head) {
    case 0xc0:
    case 0xc2:
    case 0xc3:
      return plain(at + 1);
    case 0xc4:
    case 0xc5:
    case 0xc6: {
      const count = 1 << (head - 0xc4);
      return plain(at + 1 + count + sizeAt(bytes, at + 1, count));
    }
    case 0xc7:
    case 0xc8:
    case 0xc9: {
      const count = 1 << (head - 0xc7);
      return plain(at + 2 + count + sizeAt(bytes, at + 1, count));
    }
    case 0xd9:
    case 0xda:
    case 0xdb: {
      const count = 1 << (head - 0xd9);
      return text(at + 1 + count, sizeAt(bytes, at + 1, count));
    }
    case 0xdc:
    case 0xdd:
    case 0xde:
    case 0xdf: {
      const count = head % 2 === 0 ? 2 : 4;
      return container(at + 1 + count, sizeAt(bytes, at + 1, count) * (head >= 0xde ? 2 : 1));
    }
    default: {
      const fixed = FIXED[head];
      return fixed === undefined ? undefined : plain(at + 1 + fixed);
    }
  }
}

/** Bytes behind the head. */
const FIXED: Readonly<Record<number, number>> = { 0xca: 4, 0xcb: 8, 0xcc: 1, 0xcd: 2, 0xce: 4, 0xcf: 8, 0xd0: 1, 0xd1: 2, 0xd2: 4, 0xd3: 8, 0xd4: 2, 0xd5: 3, 0xd6: 5, 0xd7: 9, 0xd8: 17 };

/** RFC 8949 §3. */
function cborItem(bytes: Uint8Array, at: number): Item | "break" | undefined {
  const head = bytes[at] as number;
  if (head === 0xff) return "break";
  const major = head >> 5;
  const info = head & 0x1f;
  if (info === 31) return major >= 2 && major <= 5 ? container(at + 1, UNTOLD) : undefined;
  if (info > 27) return undefined;
  const count = info < 24 ? 0 : 1 << (info - 24);
  const size = count === 0 ? info : sizeAt(bytes, at + 1, count);
  const end = at + 1 + count;
  switch (major) {
    case 2:
      return plain(end + size);
    case 3:
      return text(end, size);
    case 4:
      return container(end, size);
    case 5:
      return container(end, size * 2);
    case 6:
      return container(end, 1);
    default:
      return plain(end);
  }
}

function sizeAt(bytes: Uint8Array, at: number, count: number): number {
  let size = 0;
  for (let i = 0; i < count; i++) size = size * 256 + (bytes[at + i] ?? 0xff);
  return size;
}
