import type { TextSelection } from "./text-selection.ts";

/**
 * What is selected of a text, where keys ask for what is known only later: each goes on from what those before it select, a copy is
 * of what was selected last, answered or not, and the pointer, which selects at once, overtakes all that is not answered yet.
 */
export class AskedSelection {
  readonly #draw: (selection: TextSelection) => void;
  #now: TextSelection | null = null;
  #newest: Promise<TextSelection | null> | undefined;
  #presses = 0;

  constructor(draw: (selection: TextSelection) => void) {
    this.#draw = draw;
  }

  /** As it is drawn. */
  get now(): TextSelection | null {
    return this.#now;
  }

  /** Something is selected, or asked for. */
  get isAny(): boolean {
    return this.#newest !== undefined;
  }

  /** As it is once all is answered that is asked for by now. */
  newest(): Promise<TextSelection | null> {
    return this.#newest ?? Promise.resolve(null);
  }

  /** At once. */
  pick(selection: TextSelection): void {
    this.#presses++;
    this.#newest = Promise.resolve(selection);
    this.#show(selection);
  }

  /** Once what was asked for before is answered. `find` does not reject; null: the selection stays. Answers whether it was drawn. */
  async goOn(find: (before: TextSelection | null) => Promise<TextSelection | null>): Promise<boolean> {
    const presses = this.#presses;
    let isDrawn = false;
    this.#newest = this.newest().then(async (before) => {
      const next = await find(before);
      isDrawn = next !== null && presses === this.#presses;
      if (next !== null && isDrawn) this.#show(next);
      return next ?? before;
    });
    await this.#newest;
    return isDrawn;
  }

  #show(selection: TextSelection): void {
    this.#now = selection;
    this.#draw(selection);
  }
}
