/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Message, MessageReader } from "./read-messages.ts";

/** A message that waits: for its time, or for the user. `Owner`: whose it is. */
export interface Waiting<Owner> {
  readonly state: Owner;
  readonly isSent: boolean;
  readonly isText: boolean;
  readonly isHeld: boolean;
  readonly rules: string;
  readonly data: unknown;
  readonly release: (data: unknown, isEdited: boolean) => void;
}

export interface WaitingList<Owner> {
  /** Whether it would be too much beside what waits already. */
  readonly isTooMuch: (message: Message) => boolean;
  readonly isEmpty: () => boolean;
  /** Keeps it for so many milliseconds, or until the user lets it go; answers its number. Where it cannot, it throws. */
  readonly wait: (item: Waiting<Owner>, milliseconds: number) => string;
  readonly get: (n: string) => Waiting<Owner> | undefined;
  readonly remove: (n: string) => void;
  readonly letGo: (n: string, data: unknown, isEdited: boolean) => void;
  /** Those of one owner, or of all (null). */
  readonly letAllGo: (state: Owner | null, sentAlone: boolean) => void;
}

/** What waits, bounded by number and size; `held` and `freed` are told of each that waits for the user. */
export function keepWaiting<Owner>(
  { sizeWaiting }: MessageReader,
  most: number,
  mostSize: number,
  later: (act: () => void, milliseconds: number) => void,
  held: (n: string, item: Waiting<Owner>) => void,
  freed: (n: string) => void,
): WaitingList<Owner> {
  const waiting = { __proto__: null } as unknown as Record<string, Waiting<Owner>>;
  let last = 0;
  let count = 0;
  let size = 0;
  const get = (n: string): Waiting<Owner> | undefined => waiting[n];
  const isTooMuch = (message: Message): boolean => count >= most || (count > 0 && size + sizeWaiting(message.isText, message.data) > mostSize);
  const remove = (n: string): void => {
    const item = waiting[n];
    if (item === undefined) return;
    delete waiting[n];
    count--;
    size -= sizeWaiting(item.isText, item.data);
  };
  const letGo = (n: string, data: unknown, isEdited: boolean): void => {
    const item = waiting[n];
    if (item === undefined) return;
    remove(n);
    if (item.isHeld) freed(n);
    try {
      item.release(data, isEdited);
    } catch {
      // The socket has ended.
    }
  };
  const wait = (item: Waiting<Owner>, milliseconds: number): string => {
    const n = `${++last}`;
    waiting[n] = item;
    count++;
    size += sizeWaiting(item.isText, item.data);
    if (item.isHeld) held(n, item);
    else {
      try {
        later(() => letGo(n, item.data, false), milliseconds);
      } catch (error) {
        // Nothing would let it go: it passes at once.
        remove(n);
        throw error;
      }
    }
    return n;
  };
  const letAllGo = (state: Owner | null, sentAlone: boolean): void => {
    for (const n in waiting) {
      const item = waiting[n] as Waiting<Owner>;
      if ((state === null || item.state === state) && (item.isSent || !sentAlone)) letGo(n, item.data, false);
    }
  };
  return { isTooMuch, isEmpty: () => count === 0, wait, get, remove, letGo, letAllGo };
}
