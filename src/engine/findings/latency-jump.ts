import type { LatencyBlock } from "./gather/requests.ts";

/** So many blocks before the jump, and behind it. */
const BEFORE = 2;
const BEHIND = 2;
const TIMES = 4;
const LEAST_MS = 100;

/** Where the median rises and stays. Of a type there are up to a thousand blocks. */
export function jumpIn(blocks: readonly LatencyBlock[]): { readonly at: LatencyBlock; readonly before: number; readonly after: number } | undefined {
  /** The medians before, rising: to sort them anew at each place takes a thousand times as long. */
  const sorted: number[] = [];
  for (const [place, at] of blocks.entries()) {
    if (place + BEHIND > blocks.length) return undefined;
    if (place >= BEFORE) {
      const before = sorted[Math.floor(sorted.length / 2)] ?? 0;
      const least = Math.min(...blocks.slice(place, place + BEHIND).map(({ median }) => median));
      if (least >= before * TIMES && least >= before + LEAST_MS) return { at, before, after: least };
    }
    sorted.splice(placeIn(sorted, at.median), 0, at.median);
  }
  return undefined;
}

/** Behind those of a rising list that are no more. */
function placeIn(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
