/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Natives } from "./take-natives.ts";

/** What `model/message-rule.ts` calls a pattern's program. */
export interface Program {
  readonly flags: string;
  readonly steps: { readonly length: number; readonly [at: number]: { readonly kind: string; readonly atom: number; readonly place: string; readonly to: number; readonly or: number } };
  readonly begin: number;
  readonly atoms: { readonly length: number; readonly [at: number]: string };
}

type Step = Program["steps"][number];
type Places = Record<number, number>;

/**
 * Makes tests of patterns: each goes over a text once, with all ways to match side by side, so that none takes longer than
 * the text and the pattern are long. `most`: steps that one test may take; it throws `"slow"` then.
 */
export function matchPatterns({ apply, exec, indexOf, Pattern }: Natives, most: number): (program: Program) => (text: string) => boolean {
  // No more is said than that it was: an error is the page's own, if it replaced what makes one.
  const SLOW = "slow";
  return ({ flags, steps, begin, atoms }) => {
    const has = (flag: string): boolean => apply(indexOf, flags, [flag]) >= 0;
    const isUnicode = has("u");
    const isMultiline = has("m");
    const own = (has("i") ? "i" : "") + (isUnicode ? "u" : "") + (has("s") ? "s" : "");
    const patternOf = (source: string): RegExp => new Pattern(`^(?:${source})$`, own);
    const patterns = { __proto__: null } as unknown as Record<number, RegExp>;
    /** What each character of ASCII matches, once it was asked. */
    const known = { __proto__: null } as unknown as Record<number, Record<string, boolean>>;
    for (let i = 0; i < atoms.length; i++) {
      patterns[i] = patternOf(atoms[i] as string);
      known[i] = { __proto__: null } as unknown as Record<string, boolean>;
    }
    const word = patternOf(String.raw`\w`);
    const fits = (atom: number, character: string): boolean => {
      const of = known[atom] as Record<string, boolean>;
      const answer = of[character];
      if (answer !== undefined) return answer;
      const found = apply(exec, patterns[atom] as RegExp, [character]) !== null;
      if (character.length === 1 && character < "\u0080") of[character] = found;
      return found;
    };
    const isLineEnd = (unit: string | undefined): boolean => unit === "\n" || unit === "\r" || unit === "\u2028" || unit === "\u2029";
    const isWord = (unit: string | undefined): boolean => unit !== undefined && apply(exec, word, [unit]) !== null;
    const holds = (place: string, text: string, at: number): boolean => {
      if (place === "begin") return at === 0 || (isMultiline && isLineEnd(text[at - 1]));
      if (place === "end") return at === text.length || (isMultiline && isLineEnd(text[at]));
      return (isWord(text[at - 1]) !== isWord(text[at])) === (place === "word");
    };
    /** When each step was last reached. */
    const reached = { __proto__: null } as unknown as Places;
    const waiting = { __proto__: null } as unknown as Places;
    let turn = 0;
    let taken = 0;
    for (let i = 0; i < steps.length; i++) reached[i] = 0;
    let live = { __proto__: null } as unknown as Places;
    let next = { __proto__: null } as unknown as Places;
    /** Adds where a step leads to without a character; answers how many are live then, below 0 where it has matched. */
    const reach = (from: number, into: Places, count: number, text: string, at: number): number => {
      let size = count;
      let left = 1;
      waiting[0] = from;
      while (left > 0) {
        const place = waiting[--left] as number;
        if (reached[place] === turn) continue;
        reached[place] = turn;
        if (++taken > most) throw SLOW;
        const step = steps[place] as Step;
        if (step.kind === "done") return -1;
        if (step.kind === "one") into[size++] = place;
        else if (step.kind === "either") {
          waiting[left++] = step.or;
          waiting[left++] = step.to;
        } else if (holds(step.place, text, at)) waiting[left++] = step.to;
      }
      return size;
    };
    /** With nothing live, a match begins only at a character that a first step fits; undefined: it may begin anywhere. */
    let first: Places | undefined = { __proto__: null } as unknown as Places;
    let firsts = 0;
    for (let i = 0; i < steps.length; i++) if ((steps[i] as Step).kind === "at") first = undefined;
    if (first !== undefined) {
      turn++;
      firsts = reach(begin, first, 0, "", 0);
      if (firsts < 0) return () => true;
    }
    const mayBegin = (character: string): boolean => {
      for (let i = 0; i < firsts; i++) if (fits((steps[(first as Places)[i] as number] as Step).atom, character)) return true;
      return false;
    };
    const characterAt = (text: string, at: number): string => {
      const unit = text[at] as string;
      const low = text[at + 1];
      return isUnicode && unit >= "\ud800" && unit <= "\udbff" && low !== undefined && low >= "\udc00" && low <= "\udfff" ? unit + low : unit;
    };
    return (text) => {
      taken = 0;
      let count = 0;
      for (let at = 0; ; ) {
        let character = at < text.length ? characterAt(text, at) : "";
        if (count === 0 && first !== undefined) {
          while (at < text.length && !mayBegin(character)) {
            at += character.length;
            character = at < text.length ? characterAt(text, at) : "";
          }
          if (at >= text.length) return false;
        }
        // What is live was reached in this turn, at this place.
        if (count === 0) turn++;
        count = reach(begin, live, count, text, at);
        if (count < 0) return true;
        if (at >= text.length) return false;
        at += character.length;
        turn++;
        let size = 0;
        for (let i = 0; i < count; i++) {
          const { atom, to } = steps[live[i] as number] as Step;
          if (++taken > most) throw SLOW;
          if (!fits(atom, character)) continue;
          size = reach(to, next, size, text, at);
          if (size < 0) return true;
        }
        const before = live;
        live = next;
        next = before;
        count = size;
      }
    };
  };
}
