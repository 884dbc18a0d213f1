/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Natives } from "./take-natives.ts";

/** Both null: every entry. */
export interface Step {
  readonly key: string | null;
  readonly index: number | null;
}

export interface JsonScanner {
  /** Behind spaces. */
  readonly skip: (text: string, from: number) => number;
  /** What a string in JSON says. */
  readonly unquoted: (source: string) => string;
  /** Calls `visit` with each entry of the object that begins at a place, and the name of its key; ends where it answers true. */
  readonly entries: (text: string, at: number, visit: (key: string, from: number, to: number) => boolean) => void;
  /** Calls `visit` with the place of each value at a path, in the order of the text; ends where it answers true. */
  readonly walk: (text: string, at: number, path: readonly Step[], taken: number, visit: (from: number, to: number) => boolean) => boolean;
}

/** Finds values in text that is JSON, without making objects of it: what is not asked for keeps its digits and spaces. */
export function scanJson({ apply, slice, indexOf, parse }: Natives): JsonScanner {
  const isSpace = (unit: string | undefined): boolean => unit === " " || unit === "\n" || unit === "\t" || unit === "\r";
  const skip = (text: string, from: number): number => {
    let at = from;
    while (isSpace(text[at])) at++;
    return at;
  };
  const stringEnd = (text: string, from: number): number => {
    let at = from + 1;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    return at + 1;
  };
  /** Where a value ends, in text that is JSON. */
  const valueEnd = (text: string, from: number): number => {
    const begin = text[from];
    if (begin === '"') return stringEnd(text, from);
    let at = from;
    if (begin !== "{" && begin !== "[") {
      while (at < text.length && text[at] !== "," && text[at] !== "}" && text[at] !== "]" && !isSpace(text[at])) at++;
      return at;
    }
    for (let depth = 0; at < text.length; ) {
      const unit = text[at];
      if (unit === '"') {
        at = stringEnd(text, at);
        continue;
      }
      at++;
      if (unit === "{" || unit === "[") depth++;
      else if ((unit === "}" || unit === "]") && --depth === 0) break;
    }
    return at;
  };
  const unquoted = (source: string): string => (apply(indexOf, source, ["\\"]) < 0 ? apply(slice, source, [1, -1]) : (parse(source) as string));
  const walk = (text: string, at: number, path: readonly Step[], taken: number, visit: (from: number, to: number) => boolean): boolean => {
    const step = path[taken];
    if (step === undefined || taken >= path.length) return visit(at, valueEnd(text, at));
    const isObject = text[at] === "{";
    if (isObject ? step.index !== null : text[at] !== "[" || step.key !== null) return false;
    const close = isObject ? "}" : "]";
    let wanted = step.index;
    if (wanted !== null && wanted < 0) {
      for (let i = skip(text, at + 1); text[i] !== close; ) {
        wanted++;
        i = skip(text, valueEnd(text, i));
        if (text[i] === ",") i = skip(text, i + 1);
      }
      if (wanted < 0) return false;
    }
    for (let i = skip(text, at + 1), place = 0; i < text.length && text[i] !== close; place++) {
      let isWanted = wanted === null || place === wanted;
      if (isObject) {
        const end = stringEnd(text, i);
        isWanted = step.key === null || unquoted(apply(slice, text, [i, end])) === step.key;
        i = skip(text, skip(text, end) + 1);
      }
      if (isWanted && walk(text, i, path, taken + 1, visit)) return true;
      i = skip(text, valueEnd(text, i));
      if (text[i] === ",") i = skip(text, i + 1);
    }
    return false;
  };
  const entries: JsonScanner["entries"] = (text, at, visit) => {
    if (text[at] !== "{") return;
    for (let i = skip(text, at + 1); i < text.length && text[i] !== "}"; ) {
      const end = stringEnd(text, i);
      const from = skip(text, skip(text, end) + 1);
      const to = valueEnd(text, from);
      if (visit(unquoted(apply(slice, text, [i, end])), from, to)) return;
      i = skip(text, to);
      if (text[i] === ",") i = skip(text, i + 1);
    }
  };
  return { skip, unquoted, entries, walk };
}
