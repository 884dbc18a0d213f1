import type { TextStep } from "../../contract/inspect.ts";
import type { Range } from "../../contract/range.ts";

/** What is selected of a text: from the place that was picked first to that picked last, and the column that steps from row to row keep to. */
export interface TextSelection {
  readonly anchor: number;
  readonly cursor: number;
  readonly column: number;
}

export const selectedRange = ({ anchor, cursor }: TextSelection): Range => ({ from: Math.min(anchor, cursor), to: Math.max(anchor, cursor) });

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The step that a key asks for; undefined of any other. `page`: rows that the view shows. */
export function stepForTextKey({ key, ctrlKey, metaKey, altKey }: Key, page: number, column: number): TextStep | undefined {
  const isCommand = ctrlKey || metaKey;
  const row = (rows: number): TextStep | undefined => (isCommand || altKey ? undefined : { by: "row", rows, column });
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight":
      return { by: isCommand || altKey ? "word" : "character", backwards: key === "ArrowLeft" };
    case "ArrowUp":
      return row(-1);
    case "ArrowDown":
      return row(1);
    case "PageUp":
      return row(-page);
    case "PageDown":
      return row(page);
    case "Home":
    case "End":
      return { by: "edge", of: isCommand ? "text" : "row", isEnd: key === "End" };
    default:
      return undefined;
  }
}

/** The word that a place of a line is in, or the signs, or the white space. */
export function wordAt(line: string, column: number): Range {
  for (const { 0: run, index } of line.matchAll(/[\p{L}\p{N}_$]+|\s+|[^\p{L}\p{N}_$\s]+/gu)) if (column < index + run.length) return { from: index, to: index + run.length };
  return { from: line.length, to: line.length };
}
