/**
 * Numbers compared by all their digits, however many there are: a double would take two long ids for one, and 1e400 for
 * infinity. Infinities compare as such; NaN and what is no number compare with nothing.
 */

/** Compares numbers with one that is made ready. Negative: smaller than it; NaN: not comparable. */
export interface DecimalComparison {
  /** With a number as JSON writes it, or `Infinity`. Cost: the literal's length where it is long. */
  literal(text: string): number;
  /** With a whole number below 2^53. */
  whole(value: number): number;
}

/** Two decimals that differ within so many digits are different doubles; an exponent could take them out of range. */
const SHORT = 15;
const EXPONENT = /[eE]/;

export function comparedWith(wanted: string): DecimalComparison {
  const exact = readDecimal(wanted);
  const double = Number(wanted);
  const isShort = isShortLiteral(wanted);
  const literal = (text: string): number => {
    if (isShort && isShortLiteral(text)) return Number(text) - double;
    const other = readDecimal(text);
    return exact === undefined || other === undefined ? Number.NaN : compare(other, exact);
  };
  return { literal, whole: (value) => (isShort ? value - double : literal(String(value))) };
}

const isShortLiteral = (text: string): boolean => text.length <= SHORT && !EXPONENT.test(text) && !text.endsWith("y");

interface Decimal {
  /** -1, 0 or 1. */
  readonly sign: number;
  /** Without zeros at either end. */
  readonly digits: string;
  /** Where the point stands, from before the first digit. */
  readonly point: number | bigint;
}

/** As JSON writes a number; the filter language lets the zero before a point be left out. */
const DECIMAL = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

function readDecimal(text: string): Decimal | undefined {
  if (text === "Infinity") return { sign: 1, digits: "1", point: Infinity };
  if (text === "-Infinity") return { sign: -1, digits: "1", point: Infinity };
  const found = DECIMAL.exec(text);
  if (found === null) return undefined;
  const [, minus, whole = "", fraction = "", exponent = "0"] = found;
  const all = whole + fraction;
  const first = all.search(/[1-9]/);
  if (first < 0) return all === "" ? undefined : { sign: 0, digits: "", point: 0 };
  let end = all.length;
  while (all.charCodeAt(end - 1) === ZERO) end--;
  const moved = whole.length - first;
  // An exponent that a double cannot count with.
  const point = exponent.length <= SHORT ? Number(exponent) + moved : BigInt(exponent) + BigInt(moved);
  return { sign: minus === "-" ? -1 : 1, digits: all.slice(first, end), point };
}

const ZERO = 48;

function compare(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign || a.sign === 0) return a.sign - b.sign;
  if (a.point !== b.point) return a.point < b.point ? -a.sign : a.point > b.point ? a.sign : 0;
  // Without zeros at the end, the text that another begins with is the smaller.
  return a.digits === b.digits ? 0 : a.digits < b.digits ? -a.sign : a.sign;
}
