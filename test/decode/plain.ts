import { ARRAY, BOOLEAN, BYTES, NULL, NUMBER, OBJECT, type ValueDocument } from "../../src/model/value-document.ts";

/**
 * A document's value as JavaScript has it, for comparing: integers that a double rounds as bigints, bytes as bytes, of a
 * key that comes twice the last. Several roots are no value.
 */
export function plain(document: ValueDocument | undefined, node = 0): unknown {
  if (document === undefined) return undefined;
  switch (document.kindOf(node)) {
    case OBJECT:
      return Object.fromEntries(childrenOf(document, node).map((child) => [document.keyOf(child) ?? "", plain(document, child)]));
    case ARRAY:
      return childrenOf(document, node).map((child) => plain(document, child));
    case NUMBER: {
      const literal = document.textOf(node);
      return /^-?\d+$/.test(literal) && !Number.isSafeInteger(Number(literal)) ? BigInt(literal) : Number(literal);
    }
    case BOOLEAN:
      return document.textOf(node) === "true";
    case NULL:
      return null;
    case BYTES:
      return document.bytesOf(node);
    default:
      return document.textOf(node);
  }
}

/** The same with a double for each bigint, as `JSON.parse` has it. */
export function asDoubles(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(asDoubles);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, asDoubles(entry)]));
}

export function childrenOf(document: ValueDocument, node: number): number[] {
  const children: number[] = [];
  for (let child = node + 1; child < document.endOf(node); child = document.endOf(child)) children.push(child);
  return children;
}

/** Every key and scalar, in order, as `key: JSON`, entries of arrays by their JSON alone; containers as `{n` or `[n`. */
export function entriesOf(document: ValueDocument): string[] {
  return Array.from({ length: document.count }, (_, node) => {
    const key = document.keyOf(node);
    const value = document.isContainer(node) ? `${document.kindOf(node) === OBJECT ? "{" : "["}${document.childrenOf(node)}` : document.jsonOf(node);
    return key === undefined ? value : `${key}: ${value}`;
  });
}
