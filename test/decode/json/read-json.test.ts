import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sought, NO_NODE, NUMBER, STRING, type ValueDocument } from "../../../src/model/value-document.ts";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { toJson } from "../../../src/decode/value-json.ts";
import { en } from "../../words/speakers.ts";
import { bytesOf } from "../messages.ts";
import { childrenOf, entriesOf, plain } from "../plain.ts";
import { IN_FULL } from "../../some-of.ts";
import { anyWrittenJson } from "./any-json.ts";

const read = (source: string): ReturnType<typeof readJson> => readJson(bytesOf(source));

function documentOf(source: string): ValueDocument {
  const { document, problem } = read(source);
  if (document === undefined || problem !== undefined) throw new Error(problem && en.tell(problem.said));
  return document;
}

const problemOf = (source: string): string => {
  const { problem } = read(source);
  return problem === undefined ? "none" : `${problem.reason} ${problem.offset}: ${en.tell(problem.said)}`;
};

describe("JSON as columns", () => {
  it("has every key and every literal of any JSON text, in order, those that come twice too", () => {
    fc.assert(
      fc.property(anyWrittenJson, ({ text, entries }) => {
        expect(entriesOf(documentOf(text))).toEqual(entries);
      }),
      { numRuns: 1000 },
    );
  });

  it("holds the values that JSON.parse finds", () => {
    const exact = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, entry: unknown) => (typeof entry === "bigint" ? Number(entry) : entry)));
    fc.assert(
      fc.property(anyWrittenJson, ({ text }) => {
        expect(exact(plain(documentOf(text)))).toEqual(exact(JSON.parse(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it("is written as the same JSON again", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(toJson(documentOf(text))).toBe(text);
      }),
    );
  });

  it("takes and refuses what JSON.parse takes and refuses", () => {
    const piece = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-", "0", ".5", "e3", "true", "nul", " ", "\n", "\\", "\\u00e9", "\u0001", "\uFEFF");
    const text = fc.oneof(fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")), fc.string({ unit: "binary" }).map((part) => part.toWellFormed()));
    fc.assert(
      fc.property(text, (source) => {
        let valid = true;
        try {
          JSON.parse(source);
        } catch {
          valid = false;
        }
        expect(read(source).problem === undefined).toBe(valid);
      }),
      { numRuns: 1000 },
    );
  });

  it("reads what stands whole before any cut, and says that the text was cut", () => {
    fc.assert(
      fc.property(anyWrittenJson, fc.nat(), ({ text }, at) => {
        const bytes = bytesOf(text);
        const cut = bytes.subarray(0, at % bytes.length);
        const { document, problem } = readJson(cut);
        const whole = documentOf(text);
        if (problem === undefined) {
          // A number's beginning may be a number, and all of it that is there.
          expect(whole.kindOf(0)).toBe(NUMBER);
          return;
        }
        expect(problem.reason).toBe("cut");
        expect(problem.offset).toBeLessThanOrEqual(cut.length);
        for (let node = 0; node < (document?.count ?? 0); node++) {
          expect(document?.keyOf(node)).toBe(whole.keyOf(node));
          expect(document?.kindOf(node)).toBe(whole.kindOf(node));
          if (document?.isContainer(node) === false) expect(document.jsonOf(node)).toBe(whole.jsonOf(node));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("says at which byte a text stops being JSON, and holds what stood before", () => {
    expect(problemOf('{"é":1,}')).toBe("broken 8: Expected a key in double quotes.");
    expect(problemOf('{"a":[1 2]}')).toBe("broken 8: Expected a comma or ].");
    expect(problemOf('{"a":"x')).toBe("cut 5: This string has no end.");
    expect(problemOf('{"a":"\\x"}')).toBe("broken 6: Unknown escape in a string.");
    expect(problemOf('{"a":"\n"}')).toBe("broken 6: A control character in a string must be escaped.");
    expect(problemOf("")).toBe("cut 0: Expected a value.");
    const { document } = read('{"a":1,"b":[2,{"c":3}, oops');
    expect(document && toJson(document)).toBe('{"a":1,"b":[2,{"c":3}]}');
  });

  it("shows what can be read beside a byte order mark, a closing byte, further values or anything else", () => {
    const cases: [string, string, string[]][] = [
      ['\uFEFF{"a":1}', "mark 0: A byte order mark stands before the JSON.", ["{1", "a: 1"]],
      ['{"a":1}\u001E', "tail 7: Control characters follow the value.", ["{1", "a: 1"]],
      ['{"a":1}\n[2]\u0000{}', "several 8: Another value follows the first.", ["{1", "a: 1", "[1", "2", "{0"]],
      ['{"a":1} x', "rest 8: Expected nothing more after the value.", ["{1", "a: 1"]],
      ['{"a":1}{"b":', "cut 12: Expected a value.", ["{1", "a: 1", "{0"]],
    ];
    for (const [source, problem, entries] of cases) {
      expect(problemOf(source)).toBe(problem);
      expect(entriesOf(read(source).document as ValueDocument)).toEqual(entries);
    }
  });

  it("goes as deep as a message may go", () => {
    const depth = 200_000;
    const document = documentOf("[".repeat(depth) + "]".repeat(depth));
    expect(document.count).toBe(depth);
    expect(toJson(document)).toHaveLength(2 * depth);
  });

  it.runIf(IN_FULL)("holds every node of a long text, however many bytes each takes", () => {
    for (const [entries, entry] of [[1_200_000, "1"], [70_000, `{"k":"${"x".repeat(20)}"}`], [10, `"${"x".repeat(400_000)}"`]] as const) {
      const text = `[${Array.from({ length: entries }, () => entry).join(",")}]`;
      const document = documentOf(text);
      const short = documentOf('{"a":[1,2]}');
      expect(document.childrenOf(0)).toBe(entries);
      expect(toJson(document) === text).toBe(true);
      // What was read after it has taken nothing of it.
      expect(toJson(short)).toBe('{"a":[1,2]}');
    }
  });

  it("reads the JSON between two places of other bytes", () => {
    const bytes = bytesOf('xx{"a":[1]}yy');
    expect(entriesOf(readJson(bytes, 2, bytes.length - 2).document as ValueDocument)).toEqual(["{1", "a: [1", "1"]);
  });

  it("finds a key however it is spelt, and the last of two", () => {
    const document = documentOf(String.raw`{"a":1,"\u0061b":2,"ab":3,"é":4,"a\"":5}`);
    const found = (name: string): string | undefined => {
      const node = document.find(0, sought(name));
      return node === NO_NODE ? undefined : document.textOf(node);
    };
    expect([found("a"), found("ab"), found("é"), found('a"'), found("b"), found("")]).toEqual(["1", "3", "4", "5", undefined, undefined]);
    fc.assert(
      fc.property(anyWrittenJson, fc.oneof(fc.constantFrom("a", "b", "1", "__proto__", ""), fc.string()), ({ text }, name) => {
        const any = documentOf(text);
        for (let node = 0; node < any.count; node++) expect(any.hasKey(node, sought(name))).toBe(any.keyOf(node) === name);
      }),
    );
  });

  it("gives a part of itself as a document of its own", () => {
    fc.assert(
      fc.property(anyWrittenJson, fc.nat(), ({ text }, at) => {
        const document = documentOf(text);
        const node = at % document.count;
        expect(toJson(document.part(node))).toBe(toJson(document, node));
        if (document.kindOf(0) !== STRING && text.startsWith("[") && document.childrenOf(0) > 0) {
          const rest = document.withoutFirst();
          expect(childrenOf(rest, 0).map((child) => toJson(rest, child))).toEqual(childrenOf(document, 0).slice(1).map((child) => toJson(document, child)));
        }
      }),
    );
  });
});
