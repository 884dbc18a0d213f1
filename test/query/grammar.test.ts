import { readFileSync } from "node:fs";
import { buildParserFile } from "@lezer/generator";
import { describe, expect, it } from "vitest";
import { TOKEN_NAMES } from "../../src/query/grammar/token-names.ts";
import { highlightQuery, queryParser } from "../../src/query/highlight.ts";

const FOLDER = new URL("../../src/query/grammar/", import.meta.url);
const fileText = (name: string): string => readFileSync(new URL(name, FOLDER), "utf8").trim();

describe("the grammar", () => {
  it("is what the committed parser was generated from", () => {
    const made = buildParserFile(fileText("query.grammar"), { fileName: "query.grammar", typeScript: true });
    expect(fileText("query-parser.ts")).toBe(made.parser.trim());
    expect(fileText("query-parser.terms.ts")).toBe(made.terms.trim());
  });

  it("has the tokens that the code names", () => {
    const names = queryParser.nodeSet.types.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...TOKEN_NAMES]));
  });
});

describe("the tokens of a filter", () => {
  const tokens = (text: string): string[] => highlightQuery(text).map(({ token, from, to }) => `${token} ${text.slice(from, to)}`);

  it("are named for an editor's colours", () => {
    expect(tokens('-is:sent (btc OR "a b") /x y/i .px >= 5 .a = null url:"/x"')).toEqual([
      "Minus -", "FieldName is:", "FieldValue sent", "Open (", "Word btc", "OrOperator OR", 'Quoted "a b"', "Close )",
      "Pattern /x y/i", "Path .px", "Operator >=", "Number 5", "Path .a", "Operator =", "Literal null", "FieldName url:", 'Quoted "/x"',
    ]);
  });

  it("are there in a filter half typed", () => {
    expect(tokens("a OR .px >")).toEqual(["Word a", "OrOperator OR", "Path .px", "Operator >"]);
    expect(tokens("size: a")).toEqual(["FieldName size:", "Word a"]);
    expect(tokens('a "b')).toEqual(["Word a", 'Quoted "b']);
  });
});
