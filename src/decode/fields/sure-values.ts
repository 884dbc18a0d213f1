import { ARRAY, OBJECT, STRING, type ValueDocument } from "../../model/value-document.ts";

/** What tells messages of a binary encoding from other protocols' bytes that happen to read as its values. */
const MOST_KEYS = 64;
/** Entries of a container that are looked at: one with as many that is not sure yet will not be. */
export const MOST_ENTRIES = 16;
/** So many names, or so many characters in one, are no chance. */
const LEAST_NAMES = 2;
const LEAST_LENGTH = 5;

/** Whether whole values are so much like messages that they cannot be chance. */
export function areSureValues(document: ValueDocument | undefined): boolean {
  if (document === undefined) return false;
  for (let root = 0; root < document.count; root = document.endOf(root)) if (!isSureValue(document, root)) return false;
  return true;
}

/**
 * A map whose keys are all texts, or an array of several entries, with two names in it or a longer one; or an array that
 * holds such a map. Other protocols' bytes read as a map or an array now and then, but then a key is a number or not to
 * be printed, or what looks like a text is no name.
 */
export function isSureValue(document: ValueDocument, node: number): boolean {
  if (document.kindOf(node) !== ARRAY) return isTextMap(document, node) && hasEnoughNames(document, node);
  if (document.childrenOf(node) > 1 && hasEnoughNames(document, node)) return true;
  const end = readEnd(document, node);
  for (let entry = node + 1, seen = 0; entry < end && seen < MOST_ENTRIES; entry = document.endOf(entry), seen++) {
    if (isTextMap(document, entry) && hasEnoughNames(document, entry)) return true;
  }
  return false;
}

/** Of a value that is still read, what is there of it. */
const readEnd = (document: ValueDocument, node: number): number => Math.min(document.endOf(node), document.count);

/** A map whose keys are texts that can be printed, all of them. */
export function isTextMap(document: ValueDocument, node: number): boolean {
  if (document.kindOf(node) !== OBJECT || document.childrenOf(node) === 0) return false;
  const end = readEnd(document, node);
  for (let entry = node + 1, seen = 0; entry < end && seen < MOST_KEYS; entry = document.endOf(entry), seen++) {
    if (!document.hasTextKey(entry) || !isPrintable(document.keyOf(entry) ?? "")) return false;
  }
  return true;
}

/** Each key counts, and each text right in the container. */
export function hasEnoughNames(document: ValueDocument, container: number): boolean {
  let names = 0;
  const end = readEnd(document, container);
  for (let entry = container + 1, seen = 0; entry < end && seen < MOST_ENTRIES; entry = document.endOf(entry), seen++) {
    for (const text of [document.keyOf(entry), document.kindOf(entry) === STRING ? document.textOf(entry) : undefined]) {
      if (text === undefined || OWN_NAMES.has(text) || !READS_LIKE_NAME.test(text)) continue;
      names++;
      if (names >= LEAST_NAMES || text.length >= LEAST_LENGTH) return true;
    }
  }
  return false;
}

/** What a reader itself calls parts of a value. */
const OWN_NAMES: ReadonlySet<string> = new Set(["$tag", "$value", "$simple"]);
const READS_LIKE_NAME = /^[\p{L}_$@#/][\p{L}\p{N}_$@#.:/ -]*$/u;
const isPrintable = (text: string): boolean => PRINTABLE.test(text);
/** No control character, and none of the sign that stands for broken UTF-8. */
const PRINTABLE = /^[^\p{C}\uFFFD]+$/u;
