import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/decode/json/read-json.ts";
import { findInValue, MOST_TEXT } from "../../src/engine/find-in-value.ts";
import { JsonTree } from "../../src/engine/json-tree.ts";

function documentOf(json: string) {
  const { document } = readJson(new TextEncoder().encode(json));
  if (document === undefined) throw new Error("No JSON.");
  return document;
}

const treeOf = (value: unknown): JsonTree => new JsonTree(documentOf(JSON.stringify(value)));
/** A line shows no more of a long text. */
const SHOWN = 100;
const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** The lines that the next, and the next, lead to, from the first on: as key and value. */
function walk(tree: JsonTree, sought: string, backwards = false): string[] {
  const lines: string[] = [];
  let after: number | null = null;
  for (let left = tree.find(sought, null, backwards).found?.count ?? 0; left > 0; left--) {
    const { found } = tree.find(sought, after, backwards);
    if (found === null) throw new Error("It was there.");
    expect(found.lines).toBe(tree.length);
    expect(found.place).toBe(backwards ? left : lines.length + 1);
    const line = tree.lines(found.line, found.line + 1)[0];
    lines.push(`${line?.key}: ${line?.text}`);
    after = found.line;
  }
  return lines;
}

describe("what is sought in a value", () => {
  it("is found in the value that a text holds, on its own line, and in the text where that alone has it", () => {
    const token = `${base64('{"alg":"HS256"}').replace(/=+$/, "")}.${base64('{"sub":"needle"}').replace(/=+$/, "")}.sig`;
    const value = { json: JSON.stringify({ a: { Needle: 1 }, b: "no" }), packed: base64(JSON.stringify({ deep: [{ x: "a needle" }] })), token, text: base64("This needle was written by somebody."), plain: "needle", needle: JSON.stringify(["needle"]) };
    const lines = ["Needle: 1", 'x: "a needle"', 'sub: "needle"', 'null: "This needle was written by somebody."', 'plain: "needle"', `needle: ${JSON.stringify(value.needle)}`, '0: "needle"'];
    expect(walk(treeOf(value), "needle")).toEqual(lines);
    expect(walk(treeOf(value), "NEEDLE", true)).toEqual(lines.toReversed());
    // Of the text as it stands, with its quotes.
    expect(walk(treeOf(value), '"b":')).toEqual([`json: ${JSON.stringify(value.json)}`]);
  });

  it("is found as deep as texts hold values that hold texts", () => {
    let inner: unknown = { found: "here it is" };
    for (let level = 0; level < 6; level++) inner = { level: level % 2 === 0 ? JSON.stringify(inner) : base64(JSON.stringify(inner)) };
    const tree = treeOf([inner, inner]);
    expect(tree.find("here it is", null, false)).toMatchObject({ found: { place: 1, count: 2 }, isWhole: true });
    expect(walk(tree, "here it is")).toEqual(['found: "here it is"', 'found: "here it is"']);
  });

  it("is every key and scalar with these characters, once, in their order, whatever texts hold", () => {
    const sought = "ab";
    const words = fc.constantFrom("ab", "xaBy", "b", "a b", "AB", "cd");
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        words,
        fc.constantFrom(1, true, null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(words, tie("value"), { maxKeys: 3 }),
        // Of a word alone it would be a text like any.
        fc.array(tie("value"), { minLength: 1, maxLength: 2 }).map((list) => JSON.stringify(list)),
        fc.array(tie("value"), { minLength: 1, maxLength: 2 }).map((list) => base64(JSON.stringify({ list }))),
      ),
    }));
    fc.assert(
      fc.property(value, (any) => {
        const expected: string[] = [];
        const has = (text: string): boolean => text.toLowerCase().includes(sought);
        const look = (key: string | null, one: unknown): void => {
          const line = `${key}: ${Array.isArray(one) ? `Array(${one.length})` : JSON.stringify(one)}`;
          const isKey = key !== null && has(key);
          if (isKey) expected.push(line);
          if (typeof one === "object" && one !== null) for (const [name, inner] of Object.entries(one)) look(Array.isArray(one) ? null : name, inner);
          else {
            const before = expected.length;
            if (typeof one === "string" && (one.startsWith("[") || one.startsWith("ey"))) look(null, JSON.parse(one.startsWith("[") ? one : Buffer.from(one, "base64").toString()));
            if (!isKey && expected.length === before && has(String(one))) expected.push(line);
          }
        };
        look(null, any);
        const tree = treeOf({ any });
        const told = (line: string): string => line.slice(line.indexOf(": ")).slice(0, SHOWN);
        // An object's line says which keys it has, or how many; an entry's key is its number.
        const isTold = (line: string): boolean => !told(line).startsWith(": {");
        expect(walk(tree, sought).filter(isTold).map(told)).toEqual(expected.filter(isTold).map(told));
        expect(walk(tree, sought, true)).toEqual(walk(tree, sought).toReversed());
      }),
    );
  });

  it("is counted up to a bound, wherever it stands", () => {
    const document = documentOf(JSON.stringify(Array.from({ length: 50 }, () => JSON.stringify(["x", "x"]))));
    expect(findInValue(document, "x", 7).places).toEqual([[1, 1], [1, 2], [2, 1], [2, 2], [3, 1], [3, 2], [4, 1]]);
  });

  it("is sought in what texts hold up to a bound, and past it in the texts, which it says", () => {
    const packed = base64(JSON.stringify({ x: "needle" }));
    const document = documentOf(JSON.stringify([JSON.stringify(["needle"]), packed, "a needle", JSON.stringify(["needle"])]));
    expect(findInValue(document, "needle", 9)).toEqual({ places: [[1, 1], [2, 1], [3], [4, 1]], isWhole: true });
    // The first is read; of the others, that in base64 says nothing of what it holds.
    expect(findInValue(document, "needle", 9, 12)).toEqual({ places: [[1, 1], [3], [4]], isWhole: false });
    // Longer texts are looked through as they stand.
    const long = (text: string): ReturnType<typeof findInValue> => findInValue(documentOf(JSON.stringify({ text })), "needle", 9);
    for (const inner of [JSON.stringify(["x".repeat(MOST_TEXT), "needle"]), base64("x".repeat(MOST_TEXT)), `${base64('{"alg":"HS256"}')}.${base64("x".repeat(MOST_TEXT))}.sig`]) expect(long(inner).isWhole).toBe(false);
    expect(long(`A needle in ${"hay ".repeat(MOST_TEXT)}`)).toEqual({ places: [[1]], isWhole: true });
    // What holds no value is read whole as it stands.
    expect(findInValue(documentOf('["a needle","{"]'), "needle", 9, 1)).toEqual({ places: [[1]], isWhole: true });
  });
});
