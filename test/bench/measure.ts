/** One line of docs/performance.md. */
export interface BenchRow {
  readonly name: string;
  readonly yardstick: string;
  /** Subject over yardstick, or a figure in `unit`. */
  readonly value: number;
  readonly limit: number;
  readonly unit: "x" | "ms" | "B";
  /** What was measured, for the reader: medians in milliseconds, counts. */
  readonly detail: string;
  /** What else was promised in this row and is not kept. */
  readonly breach?: string | undefined;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/**
 * Runs subject and yardstick in turns and answers the ratio of their medians: on a shared machine both meet the same
 * weather. `rounds`: after one that warms up.
 */
export function compare(rounds: number, subject: () => number, yardstick: () => number): { ratio: number; subject: number; yardstick: number } {
  const subjects: number[] = [];
  const yardsticks: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const y = yardstick();
    const s = subject();
    if (round === 0) continue;
    yardsticks.push(y);
    subjects.push(s);
  }
  return { ratio: median(subjects) / median(yardsticks), subject: median(subjects), yardstick: median(yardsticks) };
}

export function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Payloads of `size` bytes of JSON, as a market feed sends them; the same index gives the same text. */
export function feedText(index: number, size: number): string {
  const symbol = ["BTC-USD", "ETH-USD", "SOL-USD"][index % 3] as string;
  const head = `{"type":"tick","seq":${index},"sym":"${symbol}","px":${63_000 + (index * 37) % 2000},"qty":0.${index % 100},"note":"`;
  return `${head.padEnd(size - 2, "lorem ipsum dolor ")}"}`;
}

/** How far over its limit a ratio of times may be before it is no noise any more; memory makes none. */
const SLACK = 2.5;

/** The rows that are too far over their limits for a busy machine to be the reason. Times alone, without a yardstick, are for the reader. */
export function brokenPromises(rows: readonly BenchRow[]): string[] {
  const isBroken = ({ value, limit, unit }: BenchRow): boolean => (unit === "x" ? value > limit * SLACK : unit === "B" && value > limit);
  return rows.filter(isBroken).map(({ name, value, unit, detail }) => `${name}: ${value.toFixed(2)} ${unit} (${detail})`);
}
