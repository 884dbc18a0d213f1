import type { Code } from "../model/said.ts";
import type { first } from "./en/first.ts";

/** A part of another language's catalogue: a pattern for each code of the English part, and no other. */
export type Translated<English> = { readonly [Sentence in keyof English]: string };

/** Those of the first paint. */
export type FirstWords = Translated<typeof first>;

/** A language's patterns, by the codes of the English ones. */
export type Catalogue = Readonly<Record<Code, string>>;
