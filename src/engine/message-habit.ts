import type { Span } from "../contract/timeline.ts";
import { milliseconds } from "../model/units.ts";

/** Pauses between messages that tell what is usual. */
const LEAST_PAUSES = 20;
/** Shorter ones nobody waits for, in milliseconds. */
const SHORTEST_MS = 1000;
/** So many times as long as all but one in twenty. */
const TIMES_USUAL = 5;
const USUAL_SHARE = 0.95;
const MOST_KEPT = 100;
/** The habit is counted anew as there is so much more of it. */
const GROWN = 1.2;

/** Pauses that cannot make any silence longer than the shortest are one; the others are counted by how long they are, in steps. */
const QUICK_MS = SHORTEST_MS / TIMES_USUAL;
const STEP = Math.log(1.1);
/** From 0.2 s to over an hour. */
const STEPS = 104;

/** How long it is from one message to the next, and the stretches that are far longer. Under 3 kB, however many messages there are. */
export class MessageHabit {
  /** Made with the first pause that is not quick: most connections have none. */
  #slow: Uint32Array | undefined;
  #count = 0;
  /** The longest so far. */
  #longest: Span[] = [];
  /** Those of them that are silences; undefined where that is to be found out anew. */
  #told: readonly Span[] | undefined;
  #last: number | undefined;
  #habit = { of: 0, usual: 0 };

  /** Takes in that a message came. `unheard`: until then nobody listened, in the same milliseconds. */
  message(time: number, unheard = -Infinity): void {
    if (this.#last !== undefined && time > this.#last) {
      if (unheard > this.#last) this.#keep(unheard, time);
      else {
        this.#add(time - this.#last);
        this.#keep(this.#last, time);
      }
    }
    // Targets have their own pace: what comes a little early is no new silence.
    this.#last = Math.max(this.#last ?? time, time);
  }

  /** Takes in that what came before is not gone on with. */
  begin(): void {
    this.#last = undefined;
  }

  /** Takes in that nothing more is to come, until something does. */
  end(time: number, unheard = -Infinity): void {
    if (this.#last !== undefined) this.#keep(Math.max(this.#last, unheard), time);
    this.#last = undefined;
  }

  /** Enough is known of it to tell what a silence is. */
  get isKnown(): boolean {
    return this.#count >= LEAST_PAUSES;
  }

  /** The silences that reach into a stretch of time, in their order. `now`: until when one more message was to be expected; null where none was. */
  within({ from, to }: Span, now: number | null = null, unheard = -Infinity): readonly Span[] {
    if (!this.isKnown) return NONE;
    const over = this.#over();
    const lasting = now !== null && this.isSilent(now, unheard) ? [spanOf(Math.max(this.#last ?? now, unheard), now)] : NONE;
    if (over.length === 0 && lasting.length === 0) return NONE;
    return [...over, ...lasting].filter((one) => one.to > from && one.from < to).toSorted((a, b) => a.from - b.from);
  }

  /** Whether it has said nothing for longer than is usual, if one more message was to be expected until `now`. Most often it has not: asked first, that costs nothing. */
  isSilent(now: number, unheard = -Infinity): boolean {
    return this.isKnown && this.#last !== undefined && now - Math.max(this.#last, unheard) >= this.#shortest();
  }

  #shortest(): number {
    return Math.max(SHORTEST_MS, this.#usual() * TIMES_USUAL);
  }

  /** Those that are over. */
  #over(): readonly Span[] {
    const shortest = this.#shortest();
    return (this.#told ??= this.#longest.filter((one) => one.to - one.from >= shortest));
  }

  #add(pause: number): void {
    this.#count++;
    if (pause < QUICK_MS) return;
    this.#slow ??= new Uint32Array(STEPS);
    const step = Math.min(STEPS - 1, Math.floor(Math.log(pause / QUICK_MS) / STEP));
    this.#slow[step] = (this.#slow[step] as number) + 1;
  }

  #keep(from: number, to: number): void {
    // What is usual now would have to become so many times rarer to be a silence later.
    if (to - from < SHORTEST_MS || to - from < this.#usual()) return;
    this.#told = undefined;
    this.#longest.push(spanOf(from, to));
    if (this.#longest.length >= 2 * MOST_KEPT) this.#longest = this.#longest.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MOST_KEPT);
  }

  /** What all pauses but one in twenty are shorter than; a little more, never less. */
  #usual(): number {
    if (!this.isKnown || this.#count <= this.#habit.of * GROWN) return this.#habit.usual;
    this.#told = undefined;
    this.#habit = { of: this.#count, usual: this.#countUsual() };
    return this.#habit.usual;
  }

  #countUsual(): number {
    if (this.#slow === undefined) return 0;
    let longer = 0;
    for (let step = STEPS - 1; step >= 0; step--) {
      longer += this.#slow[step] as number;
      if (longer > this.#count * (1 - USUAL_SHARE)) return step === STEPS - 1 ? Infinity : QUICK_MS * Math.exp(STEP * (step + 1));
    }
    return 0;
  }
}

const NONE: readonly never[] = [];

const spanOf = (from: number, to: number): Span => ({ from: milliseconds(from), to: milliseconds(to) });
