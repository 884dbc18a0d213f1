import { OBJECT, type ValueDocument } from "../model/value-document.ts";

/** A deep value would be nothing but indentation: from some level on it grows no more. */
const INDENT = "  ";
const DEEPEST_INDENT = 100;

/**
 * A value, or all of a document's, as JSON that a person reads: an entry a line, every digit as it was sent. Cost: one
 * walk, with a stack of its own.
 */
export function toPrettyJson(document: ValueDocument, root?: number): string {
  const parts: string[] = [];
  if (root !== undefined) write(document, root, parts);
  else {
    for (let next = 0; next < document.count; next = document.endOf(next)) {
      if (next > 0) parts.push("\n");
      write(document, next, parts);
    }
  }
  return parts.join("");
}

function write(document: ValueDocument, root: number, parts: string[]): void {
  const open: number[] = [];
  const closeBefore = (node: number): void => {
    for (let around = open.at(-1); around !== undefined && document.endOf(around) <= node; around = open.at(-1)) {
      open.pop();
      parts.push(lineStart(open.length), document.kindOf(around) === OBJECT ? "}" : "]");
    }
  };
  for (let node = root; node < document.endOf(root); node++) {
    closeBefore(node);
    const around = open.at(-1);
    if (around !== undefined) parts.push(node > around + 1 ? "," : "", lineStart(open.length));
    const key = node === root ? undefined : document.keyOf(node);
    if (key !== undefined) parts.push(JSON.stringify(key), ": ");
    if (!document.isContainer(node)) {
      parts.push(document.jsonOf(node));
      continue;
    }
    const isObject = document.kindOf(node) === OBJECT;
    if (document.childrenOf(node) === 0) parts.push(isObject ? "{}" : "[]");
    else {
      parts.push(isObject ? "{" : "[");
      open.push(node);
    }
  }
  closeBefore(document.endOf(root));
}

const LINE_STARTS = Array.from({ length: DEEPEST_INDENT + 1 }, (_, depth) => `\n${INDENT.repeat(depth)}`);
const lineStart = (depth: number): string => LINE_STARTS[Math.min(depth, DEEPEST_INDENT)] as string;
