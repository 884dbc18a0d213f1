import { BYTES, STRING, type ValueDocument } from "../model/value-document.ts";
import { beginsLikeValue, innerText, innerValue, mayHoldValue, readInner } from "./string-readings.ts";

/** Where something stands in a value: a node, and of a text that holds a value the node of that behind it, and so on. */
export type ValuePlace = readonly number[];

/** Bytes of a text that is looked at for a value that it holds: longer ones are texts. */
export const MOST_TEXT = 1 << 18;

/** The value that a text holds (see `innerValue`); undefined of a longer one, and of what is no text. */
export const innerValueOf = (document: ValueDocument, node: number): ValueDocument | undefined => (isReadable(document, node) ? innerValue(document.textOf(node)) : undefined);

const isReadable = (document: ValueDocument, node: number): boolean => document.kindOf(node) === STRING && !isTooLong(document, node);
const isTooLong = (document: ValueDocument, node: number): boolean => document.toOf(node) - document.fromOf(node) > MOST_TEXT;

/** Characters of values in texts that one search reads at most: who looks for something waits for it, a tenth of a second where nothing else runs. */
const MOST_READ = 1 << 22;

export interface FoundPlaces {
  readonly places: readonly ValuePlace[];
  /** False where a text that may hold a value was looked through as its characters alone: it is too long, or the search had read enough. */
  readonly isWhole: boolean;
}

/**
 * The keys and scalars with some characters, whatever their case, in their order; `most` of them at most. A text in whose value they
 * stand is found there, not as a text, as far as `mostRead` reaches. Cost: all is read once, and what texts hold where they may stand in it.
 */
export function findInValue(document: ValueDocument, sought: string, most: number, mostRead = MOST_READ): FoundPlaces {
  let left = mostRead;
  let isWhole = true;
  const lower = sought.toLowerCase();
  const has = (text: string): boolean => text.toLowerCase().includes(lower);
  const find = (within: ValueDocument, room: number): ValuePlace[] => {
    const places: ValuePlace[] = [];
    for (let node = 0; node < within.count && places.length < room; node++) {
      const key = within.keyOf(node, MOST_KEY_BYTES);
      const isKey = key !== undefined && has(key);
      if (isKey) places.push([node]);
      if (within.isContainer(node)) continue;
      const text = within.kindOf(node) === BYTES ? within.jsonOf(node) : within.textOf(node);
      const deeper = isReadable(within, node) ? findInText(text, room - places.length) : [];
      if (within.kindOf(node) === STRING && isTooLong(within, node) && beginsLikeValue(text)) isWhole = false;
      for (const place of deeper) places.push([node, ...place]);
      if (!isKey && deeper.length === 0 && has(text)) places.push([node]);
    }
    return places;
  };
  const findInText = (text: string, room: number): ValuePlace[] => {
    const isTooMuch = text.length > left;
    if (isTooMuch && mayHoldValue(text)) isWhole = false;
    const inner = isTooMuch ? undefined : innerText(text);
    if (inner === undefined) return [];
    // It was decoded.
    if (inner.text !== text) left -= text.length;
    if (!has(inner.text) && !MAY_HOLD_OTHER.test(inner.text)) return [];
    left -= inner.text.length;
    const value = readInner(inner);
    return value === undefined ? [] : find(value, room);
  };
  return { places: find(document, most), isWhole };
}

/** JSON says what it says as it stands, but for escapes, and for what a text in it holds in base64. */
const MAY_HOLD_OTHER = /\\|[\w+/-]{16}/;

/** Negative where the first stands before the second. */
export function comparePlaces(first: ValuePlace, second: ValuePlace): number {
  const at = first.findIndex((node, i) => node !== second[i]);
  return at < 0 ? first.length - second.length : (first[at] as number) - (second[at] ?? -1);
}

/** Of a key that is read for a line that is not its own: a list has many, and each would cost its whole key. */
export const MOST_KEY_BYTES = 256;
