/** As many as say what led to an error. */
const MOST = 40;

/** What happened last in this view, for the report of an error: words of the inside, and nothing of what was captured. */
export class Happenings {
  readonly #now: () => number;
  /** The oldest first. */
  readonly list: { readonly at: number; readonly what: string }[] = [];

  /** `now`: milliseconds since the view began. */
  constructor(now: () => number) {
    this.#now = now;
  }

  note(what: string): void {
    if (this.list.length === MOST) this.list.shift();
    this.list.push({ at: this.#now(), what });
  }
}
