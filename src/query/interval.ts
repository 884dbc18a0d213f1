/** Numbers between two ends. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Whether the ends themselves are outside. */
  readonly isLowOpen: boolean;
  readonly isHighOpen: boolean;
}

const COMPARISON = /^(<=|>=|<|>|=)(.*)$/su;

/**
 * Reads `>1kb`, `<=4`, `200..4k`, `200..`, `..4k`, `200`. `readNumber` reads one end; undefined where it cannot, and
 * then so is the answer.
 */
export function readInterval(text: string, readNumber: (text: string) => number | undefined): Interval | undefined {
  const comparison = COMPARISON.exec(text);
  if (comparison !== null) {
    const end = readNumber(comparison[2] as string);
    return end === undefined ? undefined : COMPARED[comparison[1] as "<" | "<=" | ">" | ">=" | "="](end);
  }
  const dots = text.indexOf("..");
  if (dots < 0) {
    const only = readNumber(text);
    return only === undefined ? undefined : COMPARED["="](only);
  }
  const [from, to] = [text.slice(0, dots), text.slice(dots + 2)];
  if (from === "" && to === "") return undefined;
  const low = from === "" ? -Infinity : readNumber(from);
  const high = to === "" ? Infinity : readNumber(to);
  return low === undefined || high === undefined ? undefined : { low, high, isLowOpen: false, isHighOpen: false };
}

const COMPARED = {
  "<": (end: number): Interval => ({ low: -Infinity, high: end, isLowOpen: false, isHighOpen: true }),
  "<=": (end: number): Interval => ({ low: -Infinity, high: end, isLowOpen: false, isHighOpen: false }),
  ">": (end: number): Interval => ({ low: end, high: Infinity, isLowOpen: true, isHighOpen: false }),
  ">=": (end: number): Interval => ({ low: end, high: Infinity, isLowOpen: false, isHighOpen: false }),
  "=": (end: number): Interval => ({ low: end, high: end, isLowOpen: false, isHighOpen: false }),
};

export function isWithin(value: number, { low, high, isLowOpen, isHighOpen }: Interval): boolean {
  return (isLowOpen ? value > low : value >= low) && (isHighOpen ? value < high : value <= high);
}
