import type { English } from "../words/en/catalogue.ts";

/**
 * What is to be told to the user, before it is words: made where it is known, turned to text where it is shown, in the
 * language chosen there. Plain data: it crosses threads, and a journal keeps it as code and values. Text is never read
 * back into one.
 */
export interface Said {
  readonly code: Code;
  readonly values: Readonly<Record<string, Value>>;
}

/** What is told: said here, or another's own words (Chrome's, a server's), which no catalogue has. */
export type Told = Said | string;

/** Puts it into words. */
export type Tell = (told: Told) => string;

/** Names a sentence of the catalogues. Of a newer version's journal it may be one that this version has not. */
export type Code = keyof English;

/** What a sentence has a place for. Text is shown as it is; a list with what the language puts between its parts. */
export type Value = Told | number | readonly Told[];

/** The values of a sentence: a name for each `$name` of its English pattern, a figure where a function takes it. */
export type ValuesOf<Sentence extends Code> = {
  readonly [Name in NamesIn<English[Sentence]>]: Name extends FiguresIn<English[Sentence]> ? number : Value;
};

/** The values as the last argument of a call; no argument where the sentence has no place for any. */
export type ValuesArgument<Sentence extends Code> = NamesIn<English[Sentence]> extends never ? [] : [values: ValuesOf<Sentence>];

export function say<Sentence extends Code>(code: Sentence, ...[values]: ValuesArgument<Sentence>): Said {
  return { code, values: values ?? {} };
}

/** Several sentences as one, behind each other. */
export function sentences(told: readonly Told[]): Told {
  const [head = "", ...rest] = told;
  return rest.reduce((first, next) => say("join.sentences", { first, next }), head);
}

/** Whether both tell the same. */
export const isSameTold = (a: Told | undefined, b: Told | undefined): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

type NamesIn<Pattern extends string> = Pattern extends `${string}$${infer Rest}` ? NameAtHead<Rest> | NamesIn<Rest> : never;

/** `BYTES($size)`: what a function of the catalogues makes readable is a number. */
type FiguresIn<Pattern extends string> = Pattern extends `${string}($${infer Rest}` ? NameAtHead<Rest> | FiguresIn<Rest> : never;

type NameAtHead<Text extends string, Name extends string = ""> = Text extends `${infer Head}${infer Rest}`
  ? Head extends Letter
    ? NameAtHead<Rest, `${Name}${Head}`>
    : Name
  : Name;

// oxlint-disable-next-line typescript/no-redundant-type-constituents -- spelt out: a type has no ranges
type Letter = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | "n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z" | Uppercase<"a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | "n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z">;
