import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FIELDS, FIELD_NAMES } from "../../src/query/field-registry.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { printQuery } from "../../src/query/print.ts";
import type { Query } from "../../src/query/query.ts";

const FOLDER = new URL("../../src/query/fields/", import.meta.url);
const readDocument = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const examplesIn = (document: string): string[] => [...document.matchAll(/^- `(.+?)` /gm)].map((found) => found[1] as string);
const DOCUMENT = readDocument("filter-language.md");
const EXAMPLES = examplesIn(DOCUMENT);

function read(text: string): Query {
  const parsed = parseQuery(text);
  if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem.message.code}`);
  return parsed.query;
}

function fieldsOf(query: Query): readonly string[] {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap(fieldsOf);
    case "not":
      return fieldsOf(query.part);
    case "field":
      return [query.name];
    default:
      return [];
  }
}

describe("the fields", () => {
  it("are all in the registry, one a file and under the file's name", async () => {
    const found: unknown[] = [];
    for (const file of readdirSync(FOLDER)) {
      const module = (await import(new URL(file, FOLDER).href)) as Record<string, unknown>;
      const definitions = Object.values(module).filter((value) => typeof value === "object" && value !== null && "read" in value && "examples" in value);
      expect(definitions, file).toHaveLength(1);
      expect(definitions[0]).toMatchObject({ name: file.replace(/\.ts$/, "") });
      found.push(...definitions);
    }
    expect(new Set(FIELDS)).toEqual(new Set(found));
    expect(new Set(FIELD_NAMES).size).toBe(FIELDS.length);
  });

  it.each(FIELDS)("$name: reads its examples, and what it offers", ({ name, examples, choices = [] }) => {
    for (const example of examples) expect(fieldsOf(read(example))).toEqual([name]);
    for (const { value } of choices) read(`${name}:"${value}"`);
  });

  it.each(FIELDS)("$name: answers a value that it cannot read with what was expected", (field) => {
    for (const text of ["", "?", ">", "..", "1..", "*", "9".repeat(400), "±", "0x", ":", "last:"]) {
      for (const kind of ["bare", "quoted"] as const) {
        const answer = field.read({ kind, text });
        if ("problem" in answer) expect(answer.problem.code).toMatch(/^query\.(needs-|unknown-)/);
      }
    }
  });
});

describe("docs/filter-language.md", () => {
  it("has examples, and each is a query that is printed and read again as itself", () => {
    expect(EXAMPLES.length).toBeGreaterThan(60);
    for (const example of EXAMPLES) expect(read(printQuery(read(example)))).toEqual(read(example));
  });

  it("has the same examples in Chinese", () => {
    expect(examplesIn(readDocument("filter-language.zh-CN.md"))).toEqual(EXAMPLES);
  });

  it("shows every field, and every value of those that have a closed set", () => {
    const shown = EXAMPLES.flatMap((example) => fieldsOf(read(example)));
    expect(new Set(shown)).toEqual(new Set(FIELD_NAMES));
    for (const { value } of FIELDS.find(({ name }) => name === "is")?.choices ?? []) expect(DOCUMENT).toContain(`is:${value}\``);
  });
});
