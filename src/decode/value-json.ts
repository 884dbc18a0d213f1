import { NO_NODE, OBJECT, type ValueDocument } from "../model/value-document.ts";

/**
 * A value of any encoding as JSON text, every key and digit of it; what JSON has no word for becomes what docs/decoders.md
 * says. `instead`: the JSON in the place of a value. Cost: one walk, with a stack of its own, so that depth is bounded by memory only.
 */
export function toJson(document: ValueDocument, root = 0, instead: (node: number) => string | undefined = () => undefined): string {
  const parts: string[] = [];
  /** Open containers. */
  const open: number[] = [];
  for (let node = root; node < document.endOf(root); ) {
    closeUntil(document, node, open, parts);
    const around = open.at(-1) ?? NO_NODE;
    if (around !== NO_NODE && node > around + 1) parts.push(",");
    const key = node === root ? undefined : document.keyOf(node);
    if (key !== undefined) parts.push(JSON.stringify(key), ":");
    const other = instead(node);
    if (other !== undefined) {
      parts.push(other);
      node = document.endOf(node);
      continue;
    }
    if (document.isContainer(node)) {
      parts.push(document.kindOf(node) === OBJECT ? "{" : "[");
      open.push(node);
    } else parts.push(document.jsonOf(node));
    node++;
  }
  closeUntil(document, document.endOf(root), open, parts);
  return parts.join("");
}

/** All values of a document, each on a line of its own. */
export function toJsonLines(document: ValueDocument): string {
  const lines: string[] = [];
  for (let root = 0; root < document.count; root = document.endOf(root)) lines.push(toJson(document, root));
  return lines.join("\n");
}

/** Ends the containers that end before a node. */
function closeUntil(document: ValueDocument, node: number, open: number[], parts: string[]): void {
  for (let around = open.at(-1); around !== undefined && document.endOf(around) <= node; around = open.at(-1)) {
    parts.push(document.kindOf(around) === OBJECT ? "}" : "]");
    open.pop();
  }
}
