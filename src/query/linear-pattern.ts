import type { PatternProgram, PatternStep } from "../model/message-rule.ts";
import { say } from "../model/said.ts";
import type { Read } from "./query.ts";

/** Steps of a program: `a{1,500}` takes 500. */
const MOST_STEPS = 1000;
const FLAGS = /^[imsu]*$/;

type Node =
  | { readonly kind: "one"; readonly source: string }
  | { readonly kind: "at"; readonly place: "begin" | "end" | "word" | "no word" }
  | { readonly kind: "all"; readonly parts: readonly Node[] }
  | { readonly kind: "any"; readonly parts: readonly Node[] }
  | { readonly kind: "times"; readonly part: Node; readonly least: number; readonly most: number };

/** A pattern asks for what cannot be found in one pass: what it read before, or what stands around it. */
class NotLinear extends Error {}

/**
 * A pattern of JavaScript's as steps that find a match in one pass over a text, whatever the text: the time grows with its
 * length and with the steps, never faster. What one character matches stays JavaScript's own pattern. `source` is one that
 * JavaScript takes. Refused: backreferences, lookaround, modifiers, the `v` flag, and what is too long.
 */
export function linearPattern(source: string, flags: string): Read<PatternProgram> {
  if (!FLAGS.test(flags)) return { problem: say("rules.pattern-flags") };
  try {
    return { value: programOf(new PatternReader(source, flags.includes("u")).read(), flags) };
  } catch (error) {
    if (error instanceof NotLinear) return { problem: say("rules.pattern-part", { part: error.message }) };
    throw error;
  }
}

class PatternReader {
  readonly #units: readonly string[];
  readonly #isUnicode: boolean;
  #at = 0;

  constructor(source: string, isUnicode: boolean) {
    this.#units = source.match(isUnicode ? /[^]/gu : /[^]/g) ?? [];
    this.#isUnicode = isUnicode;
  }

  read(): Node {
    const node = this.#alternatives();
    if (this.#at < this.#units.length) throw new NotLinear(this.#rest());
    return node;
  }

  #alternatives(): Node {
    const parts: Node[] = [this.#sequence()];
    while (this.#take("|")) parts.push(this.#sequence());
    return parts.length === 1 ? (parts[0] as Node) : { kind: "any", parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    for (let next = this.#units[this.#at]; next !== undefined && next !== "|" && next !== ")"; next = this.#units[this.#at]) parts.push(this.#quantified());
    return { kind: "all", parts };
  }

  #quantified(): Node {
    const part = this.#term();
    const [least, most] = this.#quantifier() ?? [1, 1];
    return least === 1 && most === 1 ? part : { kind: "times", part, least, most };
  }

  #quantifier(): readonly [number, number] | undefined {
    const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(this.#rest());
    if (found === null) return undefined;
    const [all, least, comma, most] = found;
    this.#at += all.length;
    if (least !== undefined) return [Number(least), comma === undefined ? Number(least) : most === "" || most === undefined ? Infinity : Number(most)];
    return all.startsWith("*") ? [0, Infinity] : all.startsWith("+") ? [1, Infinity] : [0, 1];
  }

  #term(): Node {
    const unit = this.#units[this.#at++] as string;
    switch (unit) {
      case "^":
        return { kind: "at", place: "begin" };
      case "$":
        return { kind: "at", place: "end" };
      case "(":
        return this.#group();
      case "[":
        return { kind: "one", source: this.#class() };
      case "\\":
        return this.#escape();
      default:
        return { kind: "one", source: /[\^$.*+?()[\]{}|/\\]/.test(unit) && unit !== "." ? `\\${unit}` : unit };
    }
  }

  #group(): Node {
    if (this.#take("?")) {
      const kind = /^(?::|<[^=!>][^>]*>)/.exec(this.#rest())?.[0];
      if (kind === undefined) throw new NotLinear(`(?${this.#rest().slice(0, 2)}`);
      this.#at += this.#lengthOf(kind);
    }
    const node = this.#alternatives();
    if (!this.#take(")")) throw new NotLinear("(");
    return node;
  }

  #class(): string {
    const from = this.#at - 1;
    while (this.#units[this.#at] !== "]") {
      if (this.#units[this.#at] === undefined) throw new NotLinear("[");
      this.#at += this.#units[this.#at] === "\\" ? 2 : 1;
    }
    return this.#units.slice(from, ++this.#at).join("");
  }

  #escape(): Node {
    const unit = this.#units[this.#at++] as string;
    if (unit === "b" || unit === "B") return { kind: "at", place: unit === "b" ? "word" : "no word" };
    // A name, or a number, of a group; without the `u` flag it may be an old form of a character.
    if (/[1-9k]/.test(unit)) throw new NotLinear(`\\${unit}`);
    const rest = this.#rest();
    const long = this.#isUnicode ? /^(?:u\{[\da-f]+\}|ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|p\{[^}]*\})/i : /^(?:u[\da-f]{4}|x[\da-f]{2}|c[a-z])/i;
    const more = long.exec(`${unit}${rest}`)?.[0] ?? unit;
    this.#at += this.#lengthOf(more) - 1;
    return { kind: "one", source: `\\${more}` };
  }

  #lengthOf(text: string): number {
    return this.#isUnicode ? Array.from(text).length : text.length;
  }

  #rest(): string {
    return this.#units.slice(this.#at).join("");
  }

  #take(unit: string): boolean {
    if (this.#units[this.#at] !== unit) return false;
    this.#at++;
    return true;
  }
}

function programOf(node: Node, flags: string): PatternProgram {
  const steps: PatternStep[] = [];
  const atoms: string[] = [];
  const add = (step: PatternStep): number => {
    if (steps.length >= MOST_STEPS) throw new NotLinear("{…}");
    return steps.push(step) - 1;
  };
  const either = (to: number, or: number): number => add({ kind: "either", atom: -1, place: "", to, or });
  /** Answers where it begins; what comes behind it is there already. */
  const emit = (one: Node, to: number): number => {
    switch (one.kind) {
      case "one": {
        const known = atoms.indexOf(one.source);
        return add({ kind: "one", atom: known < 0 ? atoms.push(one.source) - 1 : known, place: "", to, or: -1 });
      }
      case "at":
        return add({ kind: "at", atom: -1, place: one.place, to, or: -1 });
      case "all":
        return one.parts.reduceRight((next, part) => emit(part, next), to);
      case "any":
        return one.parts.map((part) => emit(part, to)).reduceRight((next, part) => either(part, next));
      case "times":
        return emitTimes(one, to);
    }
  };
  const emitTimes = ({ part, least, most }: Extract<Node, { readonly kind: "times" }>, to: number): number => {
    let next = to;
    if (most === Infinity) {
      const loop = either(-1, to);
      steps[loop] = { ...(steps[loop] as PatternStep), to: emit(part, loop) };
      next = loop;
    } else for (let i = least; i < most; i++) next = either(emit(part, next), to);
    for (let i = 0; i < least; i++) next = emit(part, next);
    return next;
  };
  const begin = emit(node, add({ kind: "done", atom: -1, place: "", to: -1, or: -1 }));
  return { flags, steps, begin, atoms };
}
