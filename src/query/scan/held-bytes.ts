import { assertNever } from "../../model/assert-never.ts";
import type { Query } from "../query.ts";

/** Bytes that follow one another: each is that of `lower`, or that of `upper`. */
export interface HeldBytes {
  readonly lower: Uint8Array<ArrayBuffer>;
  readonly upper: Uint8Array<ArrayBuffer>;
}

/**
 * Bytes of which the payload of every row that a query finds by its payload holds one run at least; undefined where
 * nothing of the sort can be said. Rows that are found by their connection's URL, by what a message was put together to, or
 * by the words of a row that is stored as a code need not hold any.
 */
export function heldBytes(query: Query): readonly HeldBytes[] | undefined {
  switch (query.kind) {
    case "text": {
      const run = longestRun(query.text);
      return run === undefined ? undefined : [run];
    }
    case "and":
      return query.parts.reduce((best: readonly HeldBytes[] | undefined, part) => surer(best, heldBytes(part)), undefined);
    case "or": {
      const all = query.parts.map(heldBytes);
      return all.every((runs) => runs !== undefined) ? all.flat() : undefined;
    }
    case "everything":
    case "not":
    case "pattern":
    case "field":
    case "value":
      return undefined;
    default:
      return assertNever(query);
  }
}

/** The longer a run is, the fewer rows hold it by chance. */
function surer(a: readonly HeldBytes[] | undefined, b: readonly HeldBytes[] | undefined): readonly HeldBytes[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const shortest = (runs: readonly HeldBytes[]): number => Math.min(...runs.map(({ lower }) => lower.length));
  return shortest(a) >= shortest(b) ? a : b;
}

/** A shorter one stands everywhere. */
const SHORTEST = 2;

/** The longest part of a text that stands in a payload as these bytes and no others, but for upper and lower case of ASCII. */
function longestRun(text: string): HeldBytes | undefined {
  let longest = { lower: "", upper: "" };
  let run = longest;
  for (const character of text) {
    const forms = formsOf(character);
    run = forms === undefined ? { lower: "", upper: "" } : { lower: run.lower + forms.lower, upper: run.upper + forms.upper };
    if (run.lower.length > longest.lower.length) longest = run;
  }
  const encoder = new TextEncoder();
  const held = { lower: encoder.encode(longest.lower), upper: encoder.encode(longest.upper) };
  return held.lower.length < SHORTEST ? undefined : held;
}

/**
 * How a character may stand where a text is looked for (`textPattern`). Undefined where simple case folding has other bytes
 * for it than ASCII's two: U+212A is a K, U+017F an S; and U+FFFD is any bytes that are no UTF-8.
 */
function formsOf(character: string): { readonly lower: string; readonly upper: string } | undefined {
  if (/^[ks]$/iu.test(character)) return undefined;
  // Letters without case, as Chinese has, fold to nothing else.
  if (character >= "\u0080") return /^\p{Lo}$/u.test(character) ? { lower: character, upper: character } : undefined;
  return { lower: character.toLowerCase(), upper: character.toUpperCase() };
}
