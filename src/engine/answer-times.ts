import { MOST_DOTS, type TimelineLatency } from "../contract/timeline.ts";
import { float64Column, uint32Column } from "../log/column.ts";
import { bucketAt, type Buckets } from "./time-blocks.ts";

/** Answers in one block: as few as a bucket's edges cost, as many as passing over them costs. */
const BLOCK = 64;
/** Of more answers, the middle and the tail are told by as many, evenly chosen. */
const MOST_SORTED = 1 << 14;

/**
 * How long answers took, each at the time of its request, by blocks, so that a stretch of time costs by the blocks and by
 * the answers at the buckets' edges. It holds for any order of times. 20 bytes an answer.
 */
export class AnswerTimes {
  readonly #times = float64Column();
  readonly #latencies = float64Column();
  readonly #requests = uint32Column();
  /** Of each block: when the earliest and the latest of its requests were, the quickest answer, and which was the slowest. */
  readonly #earliest = float64Column();
  readonly #latest = float64Column();
  readonly #least = float64Column();
  readonly #slowest = uint32Column();

  /** Milliseconds since the log's first row, and until the answer. */
  add(time: number, latency: number, request: number): void {
    this.#times.push(time);
    this.#latencies.push(latency);
    this.#requests.push(request);
    if (this.#times.length % BLOCK === 0) this.#addBlock(this.#times.length - BLOCK);
  }

  /** What lies in the buckets; null without any. */
  lay(buckets: Buckets): TimelineLatency | null {
    const inside = new Inside();
    const slowest = new Int32Array(buckets.count).fill(-1);
    const addSlow = (bucket: number, point: number): void => {
      const before = slowest[bucket] as number;
      if (before < 0 || this.#latencies.at(point) > this.#latencies.at(before)) slowest[bucket] = point;
    };
    const addPoints = (from: number, to: number): void => {
      for (let point = from; point < to; point++) {
        const bucket = bucketAt(buckets, this.#times.at(point));
        if (bucket < 0 || bucket >= buckets.count) continue;
        const latency = this.#latencies.at(point);
        inside.add(point, point + 1, latency, latency);
        addSlow(bucket, point);
      }
    };
    for (let block = 0; block < this.#earliest.length; block++) {
      const [first, last] = [bucketAt(buckets, this.#earliest.at(block)), bucketAt(buckets, this.#latest.at(block))];
      if (last < 0 || first >= buckets.count) continue;
      if (first !== last) {
        addPoints(block * BLOCK, (block + 1) * BLOCK);
        continue;
      }
      const slow = this.#slowest.at(block);
      inside.add(block * BLOCK, (block + 1) * BLOCK, this.#least.at(block), this.#latencies.at(slow));
      addSlow(first, slow);
    }
    addPoints(this.#earliest.length * BLOCK, this.#times.length);
    if (inside.count === 0) return null;
    // The slowest of each bucket is always seen; of the others as many as there is room for.
    const shown = [...new Set([...inside.some(MOST_DOTS), ...slowest.filter((point) => point >= 0)])];
    const sorted = Float64Array.from(inside.some(MOST_SORTED), (point) => this.#latencies.at(point)).toSorted();
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return {
      at: Float64Array.from(shown, (point) => this.#times.at(point)),
      took: Float64Array.from(shown, (point) => this.#latencies.at(point)),
      frames: Uint32Array.from(shown, (point) => this.#requests.at(point)),
      spread: { count: inside.count, least: inside.least, median: at(0.5), p95: at(0.95), most: inside.most },
    };
  }

  #addBlock(from: number): void {
    let [earliest, latest, least, slowest] = [Infinity, -Infinity, Infinity, from];
    for (let point = from; point < from + BLOCK; point++) {
      earliest = Math.min(earliest, this.#times.at(point));
      latest = Math.max(latest, this.#times.at(point));
      least = Math.min(least, this.#latencies.at(point));
      if (this.#latencies.at(point) > this.#latencies.at(slowest)) slowest = point;
    }
    this.#earliest.push(earliest);
    this.#latest.push(latest);
    this.#least.push(least);
    this.#slowest.push(slowest);
  }
}

/** Which answers lie in a stretch of time, as runs of neighbours. */
class Inside {
  readonly #runs: { readonly from: number; to: number }[] = [];
  count = 0;
  least = Infinity;
  most = -Infinity;

  add(from: number, to: number, least: number, most: number): void {
    const before = this.#runs.at(-1);
    if (before?.to === from) before.to = to;
    else this.#runs.push({ from, to });
    this.count += to - from;
    this.least = Math.min(this.least, least);
    this.most = Math.max(this.most, most);
  }

  /** At most so many of them, evenly chosen. */
  some(most: number): number[] {
    const every = Math.ceil(this.count / most);
    const chosen: number[] = [];
    let passed = 0;
    for (const { from, to } of this.#runs) {
      for (let point = from + ((every - (passed % every)) % every); point < to; point += every) chosen.push(point);
      passed += to - from;
    }
    return chosen;
  }
}
