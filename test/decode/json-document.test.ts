import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JSON_KINDS, keyText, readJson, type JsonDocument } from "../../src/decode/json/json-document.ts";

function documentOf(text: string): JsonDocument {
  const read = readJson(text);
  if ("problem" in read) throw new Error(read.problem.message);
  return read.document;
}

/** The value that a node stands for, built from the columns alone. */
function valueOf(document: JsonDocument, node: number): unknown {
  const kind = JSON_KINDS[document.kinds[node] as number];
  const children: number[] = [];
  for (let child = node + 1; child < (document.ends[node] as number); child = document.ends[child] as number) children.push(child);
  expect(children.length).toBe(document.children[node]);
  if (kind === "array") return children.map((child) => valueOf(document, child));
  if (kind === "object") {
    const entries = children.map((child) => [keyText(document, child), valueOf(document, child)]);
    return Object.fromEntries(entries) as unknown;
  }
  return JSON.parse(document.source.slice(document.from[node], document.to[node])) as unknown;
}

describe("a JSON document", () => {
  it("holds the values that JSON.parse finds", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 2, "\t"), (text, space) => {
        const source = JSON.stringify(JSON.parse(text), null, space);
        expect(valueOf(documentOf(source), 0)).toEqual(JSON.parse(source));
      }),
    );
  });

  it("takes and refuses what JSON.parse takes and refuses", () => {
    const piece = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-", "0", ".5", "e3", "true", "nul", " ", "\n", "\\", "\\u00e9", "\u0001");
    const text = fc.oneof(fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(text, (source) => {
        let valid = true;
        try {
          JSON.parse(source);
        } catch {
          valid = false;
        }
        expect("document" in readJson(source)).toBe(valid);
      }),
      { numRuns: 5000 },
    );
  });

  it("says where a text stops being JSON", () => {
    expect(readJson('{"a":1,}')).toEqual({ problem: { message: "Expected a key in double quotes", offset: 7 } });
    expect(readJson('{"a":[1 2]}')).toEqual({ problem: { message: "Expected a comma or “]”", offset: 8 } });
    expect(readJson('{"a":"x')).toEqual({ problem: { message: "This string has no end", offset: 5 } });
    expect(readJson("")).toEqual({ problem: { message: "Expected a value", offset: 0 } });
  });

  it("goes as deep as a message may go", () => {
    const depth = 200_000;
    expect(documentOf("[".repeat(depth) + "]".repeat(depth)).count).toBe(depth);
  });

  it("keeps every digit, every duplicate and the order of keys", () => {
    const document = documentOf('{"2":9007199254740993,"1":1.0,"2":null}');
    const entries = [1, 2, 3].map((node) => [keyText(document, node), document.source.slice(document.from[node], document.to[node])]);
    expect(entries).toEqual([["2", "9007199254740993"], ["1", "1.0"], ["2", "null"]]);
  });
});
