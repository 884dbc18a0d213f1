/**
 * Counts at the places of a list that grows at its end (a Fenwick tree): how much stands before a place, and at which
 * place the n-th stands. Each costs the logarithm of the list's length, a change too.
 */
export class CountTree {
  /** Entry `i - 1` sums the counts of the places below `i` that the lowest bit of `i` spans. */
  readonly #sums: number[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  push(count: number): void {
    const end = this.#sums.length + 1;
    let sum = count;
    for (let bit = 1; bit < (end & -end); bit <<= 1) sum += this.#sums[end - bit - 1] as number;
    this.#sums.push(sum);
    this.#total += count;
  }

  /** Changes the count at a place that is there. */
  add(place: number, by: number): void {
    for (let end = place + 1; end <= this.#sums.length; end += end & -end) this.#sums[end - 1] = (this.#sums[end - 1] as number) + by;
    this.#total += by;
  }

  /** The sum of all counts before a place. */
  before(place: number): number {
    let sum = 0;
    for (let end = place; end > 0; end -= end & -end) sum += this.#sums[end - 1] as number;
    return sum;
  }

  /** The place at which the `n`-th of all stands, from 0; `n` is below `total`. */
  placeOf(n: number): number {
    let place = 0;
    let left = n;
    for (let bit = 1 << (31 - Math.clz32(this.#sums.length)); bit > 0; bit >>>= 1) {
      const sum = this.#sums[place + bit - 1];
      if (sum === undefined || sum > left) continue;
      place += bit;
      left -= sum;
    }
    return place;
  }
}
