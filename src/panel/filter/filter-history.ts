/** Going back and forth through the filters used before, from the box. */
export class FilterHistory {
  /** Place in the list; -1: what the user typed. */
  #at = -1;
  #typed = "";

  get isBrowsing(): boolean {
    return this.#at >= 0;
  }

  /** The one used before what the box holds now; null where there is none. */
  older(used: readonly string[], text: string): string | null {
    if (!this.isBrowsing) this.#typed = text;
    // The text in the box may be the latest one itself.
    const next = used.findIndex((other, place) => place > this.#at && other !== text);
    if (next === -1) return null;
    this.#at = next;
    return used[next] ?? null;
  }

  /** The one used after, at last what the user typed. */
  newer(used: readonly string[]): string | null {
    if (!this.isBrowsing) return null;
    this.#at--;
    return this.#at === -1 ? this.#typed : (used[this.#at] ?? this.#typed);
  }

  /** The user typed: the next step back begins at the latest again. */
  typed(): void {
    this.#at = -1;
  }
}
