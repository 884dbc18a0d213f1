import { isList, isObject, type PlainValue } from "../plain-value.ts";
import type { SocketPacket } from "./socket-packet.ts";

/** A packet whose attachments are still coming, in one direction. */
export interface AwaitedAttachments {
  readonly packet: SocketPacket;
  readonly label: string;
  /** Those that came; one that was too long to keep is undefined. */
  readonly came: (Uint8Array | undefined)[];
  keptBytes: number;
}

/** Keeps a copy, because the bytes belong to the log, up to `maxBytes` a packet. */
export function addAttachment(awaited: AwaitedAttachments, bytes: Uint8Array, maxBytes: number): void {
  const isKept = awaited.keptBytes + bytes.length <= maxBytes;
  if (isKept) awaited.keptBytes += bytes.length;
  awaited.came.push(isKept ? bytes.slice() : undefined);
}

/**
 * The packet's data with its attachments in the places of `{"_placeholder":true,"num":0}`, as a copy: the packet's own
 * row shows `data` as it came. A placeholder of no attachment stays as it is. Cost: one walk, with a stack of its own.
 */
export function fillIn(data: PlainValue, attachments: readonly (Uint8Array | undefined)[]): PlainValue {
  const root: PlainValue[] = [data];
  const open: object[] = [root];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    const entries = container as Record<string, PlainValue>;
    for (const key of Object.keys(entries)) {
      const value = entries[key] as PlainValue;
      if (!isList(value) && !isObject(value)) continue;
      const filled = attachments[placeholderOf(value)] ?? (isList(value) ? value.slice() : { ...value });
      // Not an assignment: the key may be __proto__.
      Object.defineProperty(entries, key, { value: filled, enumerable: true, configurable: true, writable: true });
      if (!(filled instanceof Uint8Array)) open.push(filled);
    }
  }
  return root[0] as PlainValue;
}

const NONE = -1;

function placeholderOf(value: object): number {
  const { _placeholder, num } = value as { _placeholder?: unknown; num?: unknown };
  return _placeholder === true && typeof num === "number" ? num : NONE;
}
