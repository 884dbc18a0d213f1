import type { PlainObject } from "../plain-value.ts";

/**
 * The entries of a JSON object that stand whole at the head of its text, for a message too long to be parsed: its
 * `type` and `id` mostly come first. Undefined where the text begins no object. Values that are objects or arrays are
 * read where they end within the head. Cost: two passes over the head.
 */
export function readJsonHead(head: string): PlainObject | undefined {
  const start = /^[ \t\r\n]*\{/.exec(head);
  if (start === null) return undefined;
  let end = start[0].length;
  for (let at = end; ; ) {
    ENTRY.lastIndex = at;
    const entry = ENTRY.exec(head);
    if (entry === null) break;
    at = passValue(head, ENTRY.lastIndex);
    // A scalar at the very end may go on behind it.
    if (at === CUT || at >= head.length) break;
    end = at;
  }
  try {
    return JSON.parse(`${head.slice(0, end)}}`) as PlainObject;
  } catch {
    return undefined;
  }
}

const CUT = -1;
/** A comma where one is due, a key and its colon. */
const ENTRY = /[ \t\r\n]*,?[ \t\r\n]*"(?:[^"\\]|\\.)*"[ \t\r\n]*:[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /[^,\]}\s]+/y;

/** Where the value at `at` ends; `CUT` where it does not. Whether it is valid is left to `JSON.parse`. */
function passValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return passPattern(STRING, text, at);
  if (first !== "{" && first !== "[") return passPattern(SCALAR, text, at);
  let depth = 0;
  for (let place = at; place < text.length; place++) {
    const character = text[place];
    if (character === '"') {
      place = passPattern(STRING, text, place) - 1;
      if (place < at) return CUT;
    } else if (character === "{" || character === "[") {
      depth++;
    } else if ((character === "}" || character === "]") && --depth === 0) {
      return place + 1;
    }
  }
  return CUT;
}

function passPattern(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : CUT;
}
