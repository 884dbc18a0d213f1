import type { HeldMessage } from "../../model/rules-in-force.ts";

/** A message that waits for the user; `agent`: where, and `n` what it is called there. */
export type Held = HeldMessage & { readonly agent: string; readonly n: string };

/** Messages that wait at once. */
const MOST_HELD = 1000;
/** Of these are told, each whole, and characters of them: one at least. */
const MOST_TOLD = 20;
const MOST_TOLD_TEXT = 1_000_000;

/** Messages that wait for the user, in every document and worker together. */
export class HeldMessages {
  readonly #held = new Map<string, Held>();

  get size(): number {
    return this.#held.size;
  }

  get isFull(): boolean {
    return this.#held.size >= MOST_HELD;
  }

  /** The first of them, as a view is told. */
  get first(): readonly HeldMessage[] {
    const told: HeldMessage[] = [];
    let length = 0;
    for (const { id, rule, connection, direction, text } of this.#held.values()) {
      length += text?.length ?? 0;
      if (told.length > 0 && (told.length >= MOST_TOLD || length > MOST_TOLD_TEXT)) break;
      told.push({ id, rule, connection, direction, text });
    }
    return told;
  }

  get(id: string): Held | undefined {
    return this.#held.get(id);
  }

  add(held: Held): void {
    this.#held.set(held.id, held);
  }

  /** Those wait no more; answers whether there was any. */
  free(isFree: (held: Held) => boolean): boolean {
    const before = this.#held.size;
    for (const held of this.#held.values()) if (isFree(held)) this.#held.delete(held.id);
    return this.#held.size !== before;
  }

  clear(): void {
    this.#held.clear();
  }
}
