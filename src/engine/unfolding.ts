/** Frames of one view that are unfolded at once: past so many, the one unfolded first is folded. */
const MOST_UNFOLDED = 100;

/** An unfolded frame: where it stands among the rows without messages, and how many rows its messages take. */
interface Spot {
  readonly frame: number;
  readonly position: number;
  readonly count: number;
  /** Rows of messages that stand above it. */
  readonly above: number;
}

/** A row of a view: a position among its frames, and of a message's row its place in the frame. */
export interface UnfoldedPlace {
  readonly position: number;
  readonly message: number | undefined;
}

/**
 * The frames of a view whose messages stand below them as rows of their own: tells places, which count those rows, from
 * positions, which do not.
 */
export class Unfolding {
  readonly #counts = new Map<number, number>();
  #spots: readonly Spot[] = [];

  /** Rows of messages. */
  get extra(): number {
    const last = this.#spots.at(-1);
    return last === undefined ? 0 : last.above + last.count;
  }

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  /** Whether an unfolded frame was not among the rows when they were laid out. */
  get isIncomplete(): boolean {
    return this.#spots.length < this.#counts.size;
  }

  has(frame: number): boolean {
    return this.#counts.has(frame);
  }

  /** `count`: its messages. Call `layOut` after it. */
  unfold(frame: number, count: number): void {
    this.#counts.delete(frame);
    this.#counts.set(frame, count);
    if (this.#counts.size > MOST_UNFOLDED) this.#counts.delete(this.#counts.keys().next().value as number);
  }

  /** Call `layOut` after it. */
  fold(frame: number): void {
    this.#counts.delete(frame);
  }

  /** Forgets all. */
  clear(): void {
    this.#counts.clear();
    this.#spots = [];
  }

  /** `positionOf`: where a frame stands now; undefined where the view does not show it. */
  layOut(positionOf: (frame: number) => number | undefined): void {
    const found: Omit<Spot, "above">[] = [];
    for (const [frame, count] of this.#counts) {
      const position = positionOf(frame);
      if (position !== undefined) found.push({ frame, position, count });
    }
    let above = 0;
    this.#spots = found
      .toSorted((a, b) => a.position - b.position)
      .map((spot) => {
        const at = { ...spot, above };
        above += spot.count;
        return at;
      });
  }

  at(place: number): UnfoldedPlace {
    const spot = this.#spots.findLast(({ position, above }) => position + above < place);
    if (spot === undefined) return { position: place, message: undefined };
    const message = place - spot.position - spot.above - 1;
    if (message < spot.count) return { position: spot.position, message };
    return { position: place - spot.above - spot.count, message: undefined };
  }

  /** Of a message of a frame that is folded: the frame's place. */
  placeOf(position: number, message?: number): number {
    const spot = this.#spots.findLast((one) => one.position <= position);
    if (spot === undefined) return position;
    if (spot.position < position) return position + spot.above + spot.count;
    return position + spot.above + (message === undefined ? 0 : Math.min(message, spot.count - 1) + 1);
  }
}
