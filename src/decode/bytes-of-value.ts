import { bytesIfBase64 } from "../model/base64.ts";
import { BYTES, NO_NODE, NUMBER, OBJECT, sought, STRING, type ValueDocument } from "../model/value-document.ts";

/**
 * The bytes that a value stands for: of an encoding that has bytes itself, or in the form in which JSON tells them,
 * `{"$bytes":"<base64>","length":3}` (docs/decoders.md), which an edited text has.
 */
export function bytesAt(document: ValueDocument, node: number): Uint8Array | undefined {
  if (document.kindOf(node) === BYTES) return document.bytesOf(node);
  if (document.kindOf(node) !== OBJECT || document.childrenOf(node) !== 2) return undefined;
  const base64 = document.find(node, DATA);
  const length = document.find(node, LENGTH);
  if (base64 === NO_NODE || length === NO_NODE || document.kindOf(base64) !== STRING || document.kindOf(length) !== NUMBER) return undefined;
  const bytes = bytesIfBase64(document.textOf(base64));
  return bytes !== undefined && String(bytes.length) === document.textOf(length) ? bytes : undefined;
}

const DATA = sought("$bytes");
const LENGTH = sought("length");
