import { FluentParser, Visitor, type FunctionReference, type VariableReference, type Variant } from "@fluent/syntax";
import { describe, expect, it } from "vitest";
import { catalogue as english } from "../../src/words/en/catalogue.ts";
import { LANGUAGES, type LanguageId } from "../../src/words/languages.ts";
import type { Code } from "../../src/model/said.ts";

const CODES = Object.keys(english) as Code[];
const IDS = Object.keys(LANGUAGES) as LanguageId[];

/** What a pattern asks for: values with the function that each goes through, in no order. */
class Places extends Visitor {
  readonly found = new Set<string>();

  override visitVariableReference({ id }: VariableReference): void {
    this.found.add(`$${id.name}`);
  }

  override visitFunctionReference({ id, arguments: given }: FunctionReference): void {
    for (const argument of given.positional) if (argument.type === "VariableReference") this.found.add(`${id.name}($${argument.id.name})`);
    this.genericVisit(given);
  }
}

const PLURALS = new Set(["zero", "one", "two", "few", "many", "other"]);

/** The plural forms that a pattern tells apart. */
class Plurals extends Visitor {
  readonly found = new Set<string>();

  override visitVariant(variant: Variant): void {
    if (variant.key.type === "Identifier" && PLURALS.has(variant.key.name)) this.found.add(variant.key.name);
    this.genericVisit(variant);
  }
}

/** The pattern as Fluent's own strict parser reads it. */
function parse(pattern: string) {
  const { body } = new FluentParser({ withSpans: false }).parse(`said = ${pattern}\n`);
  const [entry] = body;
  if (body.length !== 1 || entry?.type !== "Message") throw new Error(`No pattern: ${pattern}`);
  return entry;
}

function placesIn(pattern: string): ReadonlySet<string> {
  const places = new Places();
  places.visit(parse(pattern));
  return places.found;
}

/** Of a function's value only that it is asked for: another language may write the same figure in another way. */
const namesIn = (pattern: string): readonly string[] => [...placesIn(pattern)].filter((place) => place.startsWith("$")).toSorted();

describe.each(IDS)("the catalogue %s", (id) => {
  it("has a pattern in Fluent's syntax for each code of the English one, and no other", async () => {
    const { catalogue } = await LANGUAGES[id].load();
    expect(Object.keys(catalogue).toSorted()).toEqual(CODES.toSorted());
    for (const code of CODES) expect(() => parse(catalogue[code]), code).not.toThrow();
  });

  it("asks for the same values as the English one", async () => {
    const { catalogue } = await LANGUAGES[id].load();
    const others = CODES.filter((code) => namesIn(catalogue[code]).join() !== namesIn(english[code]).join());
    expect(others).toEqual([]);
  });

  it("puts through functions no value that the English one leaves as it is", async () => {
    const { catalogue } = await LANGUAGES[id].load();
    const figures = (pattern: string): string[] => [...placesIn(pattern)].flatMap((place) => /\((\$\w+)\)/.exec(place)?.[1] ?? []);
    const others = CODES.filter((code) => figures(catalogue[code]).some((name) => !figures(english[code]).includes(name)));
    expect(others).toEqual([]);
  });

  it("tells apart no plural forms that the language has not: they would never be said", async () => {
    const { tag, load } = LANGUAGES[id];
    const { catalogue } = await load();
    const had = new Set<string>(new Intl.PluralRules(tag).resolvedOptions().pluralCategories);
    const pluralsIn = (pattern: string): string[] => {
      const plurals = new Plurals();
      plurals.visit(parse(pattern));
      return [...plurals.found];
    };
    expect(CODES.filter((code) => pluralsIn(catalogue[code]).some((form) => !had.has(form)))).toEqual([]);
  });

  it("has the dollar sign before names of values alone, which the types read it as", async () => {
    const { catalogue } = await LANGUAGES[id].load();
    const others = CODES.filter((code) => new Set(catalogue[code].match(/\$[A-Za-z]*/g)).size !== namesIn(catalogue[code]).length);
    expect(others).toEqual([]);
  });
});

describe("the codes", () => {
  it("are kebab-case behind the name of the part of the catalogue that holds them", () => {
    expect(CODES.filter((code) => !/^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/.test(code))).toEqual([]);
  });
});
