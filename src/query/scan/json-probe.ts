import type { PathStep, ValueQuery, ValueTest } from "../query.ts";
import { NUMERIC, valueTest } from "../value-test.ts";
import type { Block } from "./block.ts";
import type { Probe } from "./probe.ts";

/**
 * Finds rows of plain JSON whose text could hold the value that a path asks for, without parsing it: the path's last key
 * must stand there in quotes, and where the path ends in it, a fitting value behind its colon. JSON can write any
 * character of a string as an escape, so a row with a backslash is always marked.
 */
export class JsonProbe implements Probe {
  readonly rank = 5;
  readonly isExact = false;
  /** As JSON writes it, without the quote before it: of all characters that is the one a search would stop at most. */
  readonly #key: string;
  readonly #fits: Fits;

  static of({ path, test }: ValueQuery): JsonProbe | undefined {
    const key = path.findLast((step): step is PathStep & { readonly kind: "key" } => step.kind === "key");
    if (key === undefined) return undefined;
    return new JsonProbe(key.key, key === path.at(-1) ? fittingText(test) : ANYTHING);
  }

  private constructor(key: string, fits: Fits) {
    this.#key = JSON.stringify(key).slice(1);
    this.#fits = fits;
  }

  holdsFor(): boolean {
    return true;
  }

  mark(block: Block, marks: Uint8Array, isPlainJson: (row: number) => boolean): void {
    for (let row = 0; row < block.count; row++) if (!isPlainJson(row)) marks[row] = 1;
    markRows(block, marks, "\\", () => true);
    markRows(block, marks, this.#key, (text, at) => text.charCodeAt(at - this.#key.length - 1) === QUOTE && this.#fits(text, at));
  }
}

type Fits = (text: string, at: number) => boolean;

/** `fits` is asked with the place behind each find. */
function markRows(block: Block, marks: Uint8Array, sought: string, fits: Fits): void {
  const { text } = block;
  let row = 0;
  for (let at = text.indexOf(sought); at >= 0; ) {
    const { ends } = block;
    while ((ends[row] as number) <= at) row++;
    // Whether it runs over the row's end does not matter: the row is tested itself.
    if (marks[row] === 1 || fits(text, at + sought.length)) {
      marks[row] = 1;
      at = text.indexOf(sought, ends[row]);
    } else {
      at = text.indexOf(sought, at + sought.length);
    }
  }
}

const ANYTHING: Fits = () => true;

/** Whether what stands behind a key, from its colon on, could be a value that passes. */
function fittingText(test: ValueTest | null): Fits {
  if (test === null) return (text, at) => valueStart(text, at) >= 0;
  if (test.operator === "~" || test.operator === "!=") return ANYTHING;
  if (test.operator === "=" && test.operand.kind !== "number") {
    const wanted = JSON.stringify(test.operand.kind === "string" ? test.operand.text : test.operand.value);
    return (text, at) => text.startsWith(wanted, valueStart(text, at));
  }
  if (test.operand.kind !== "number") return ANYTHING;
  const passes = valueTest(test);
  return (text, at) => {
    const start = valueStart(text, at);
    if (start < 0) return false;
    const isQuoted = text.charCodeAt(start) === QUOTE;
    const from = isQuoted ? start + 1 : start;
    let to = from;
    while (isNumberCode(text.charCodeAt(to))) to++;
    if (to === from) return false;
    const literal = text.slice(from, to);
    // A literal with many digits may be a bigint, which compares in another way than its double.
    if (to - from >= LONG) return true;
    return isQuoted ? NUMERIC.test(literal) && passes(literal) : passes(Number(literal));
  };
}

const LONG = 16;
const QUOTE = 34;
const COLON = 58;

/** The place of the value behind a key that ends at `at`; -1 where no colon follows. */
function valueStart(text: string, at: number): number {
  let place = skipSpace(text, at);
  if (text.charCodeAt(place) !== COLON) return -1;
  place = skipSpace(text, place + 1);
  return place;
}

function skipSpace(text: string, at: number): number {
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
  }
}

/** Digits, sign, point and exponent. */
function isNumberCode(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 46 || code === 45 || code === 43 || code === 101 || code === 69;
}
