import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeTemplate, fillIn, fillsOf, readTemplate, type Fill } from "../../src/replay/template.ts";

function fill(source: string, valueOf: (fill: Fill) => string = ({ name }) => name): string {
  const read = readTemplate(source);
  if ("problem" in read) throw new Error(JSON.stringify(read.problem));
  return fillIn(read.parts, valueOf);
}

/** Texts in which braces, backslashes and names of values come together. */
const TEXT = fc.array(fc.constantFrom("{", "{{", "}}", "}", "\\", '"', "now", "answer .a", "uuid", " ", "x", "{{now}}", "😀", "\ud83d"), { maxLength: 12 }).map((parts) => parts.join(""));

describe("a template", () => {
  it("fills in what the user named, at its place", () => {
    expect(fill('{"at":{{now}},"id":"{{ uuid }}","n":{{counter}},"token":"{{answer .data.token}}","user":"{{user-name}}"}', (one) => `<${one.name === "answer" ? one.path : one.name === "variable" ? one.variable : one.name}>`)).toBe(
      '{"at":<now>,"id":"<uuid>","n":<counter>,"token":"<.data.token>","user":"<user-name>"}',
    );
  });

  it("is, of any captured text, that text: nothing in it is a value unless the user typed it", () => {
    fc.assert(
      fc.property(fc.oneof(TEXT, fc.string({ unit: "binary" })), (text) => {
        const read = readTemplate(escapeTemplate(text));
        expect("parts" in read && fillsOf(read.parts)).toEqual([]);
        expect(fill(escapeTemplate(text))).toBe(text);
      }),
    );
  });

  it("holds the user’s value between captured texts, and no other", () => {
    fc.assert(
      fc.property(TEXT, TEXT, (before, behind) => {
        // Where the user's braces touch captured ones, or backslashes, they are read with them.
        fc.pre(!/[\\{]$/.test(before) && !/^[\s}]/.test(behind));
        const filled = fill(`${escapeTemplate(before)}{{now}}${escapeTemplate(behind)}`, () => "0");
        expect(filled).toBe(`${before}0${behind}`);
      }),
    );
  });

  it("reads nothing again that was filled in", () => {
    fc.assert(fc.property(TEXT, (value) => {
      expect(fill("a {{answer .a}} b", () => value)).toBe(`a ${value} b`);
    }));
  });

  it("keeps a value within the JSON string that it stands in, whatever a server answers", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const filled = fill(String.raw`{"a":"x \" {{answer .token}} y","b":1}`, () => value);
        expect(JSON.parse(filled)).toEqual({ a: `x " ${value} y`, b: 1 });
      }),
    );
  });

  it.each([
    ["{{", "replay.open-braces"],
    ["{{now", "replay.open-braces"],
    ["{{ 1 }}", "replay.open-braces"],
    ["{{answer}}", "replay.answer-needs-path"],
    ["{{answer token}}", "replay.answer-path"],
    ["{{now iso}}", "replay.takes-nothing"],
  ])("of %s says what is wrong", (source, code) => {
    expect(readTemplate(source)).toMatchObject({ problem: { code } });
  });

  it("never throws, whatever was typed", () => {
    fc.assert(fc.property(TEXT, (text) => void readTemplate(text)));
  });
});
