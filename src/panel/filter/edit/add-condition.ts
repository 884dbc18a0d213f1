import type { SyntaxNode } from "@lezer/common";
import { parser } from "../../../query/grammar/query-parser.ts";

/**
 * The filter with one more condition. One that is there already is not added again, and its opposite gives way to it. A
 * filter half typed keeps what is wrong in it.
 */
export function addCondition(filter: string, condition: string, isNegated: boolean): string {
  const added = isNegated ? `-${condition}` : condition;
  const text = filter.trimEnd();
  if (text.trim() === "") return added;
  const top = parser.parse(text).topNode.firstChild;
  if (top === null || top.type.isError) return `${text} ${added}`;
  if (top.name === "Or" && top.from === text.search(/\S/) && top.to === text.length) return `(${text.trim()}) ${added}`;
  for (const part of partsOf(top)) {
    const isOpposite = part.name === "Not";
    const inner = isOpposite ? (part.lastChild ?? part) : part;
    if (text.slice(inner.from, inner.to) !== condition) continue;
    return isOpposite === isNegated ? text : `${text.slice(0, part.from)}${added}${text.slice(part.to)}`;
  }
  return `${text} ${added}`;
}

/** The conditions that all hold. */
function partsOf(top: SyntaxNode): readonly SyntaxNode[] {
  if (top.name !== "And") return [top];
  const parts: SyntaxNode[] = [];
  for (let child = top.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "AndOperator") parts.push(child);
  }
  return parts;
}
