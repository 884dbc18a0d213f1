import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenizeJson } from "../../../src/panel/preview/json-tokens.ts";
import { segmentsOf } from "../../../src/panel/preview/mark-segments.ts";

const kinds = (text: string) =>
  tokenizeJson(text)
    .filter(({ kind }) => kind !== null)
    .map(({ from, to, kind }) => [text.slice(from, to), kind]);

const texts = fc.oneof(fc.string(), fc.json(), fc.json().map((json) => json.slice(0, json.length / 2)), fc.string({ unit: "binary" }));

describe("JSON colours", () => {
  test("tell keys, strings, numbers and literals apart", () => {
    expect(kinds('{"sym": "BTC\\"USD","px" : -6.4e4,"ok":true,"none":null}')).toEqual([
      ['"sym"', "key"],
      ['"BTC\\"USD"', "string"],
      ['"px"', "key"],
      ["-6.4e4", "number"],
      ['"ok"', "key"],
      ["true", "literal"],
      ['"none"', "key"],
      ["null", "literal"],
    ]);
  });

  test("are given to a preview that is cut off within a string", () => {
    expect(kinds('["order:pla')).toEqual([['"order:pla', "string"]]);
    expect(kinds('["half an escape \\')).toEqual([['"half an escape \\', "string"]]);
  });

  test.each(['42["chat",1]', '42/orders,17["chat",1]', '451-/orders,["chat",1]', '0["chat",1]'])(
    "are given behind what Socket.IO puts before it: %s",
    (text) => {
      expect(kinds(text)).toEqual([
        ['"chat"', "string"],
        ["1", "number"],
      ]);
    },
  );

  test("are not given to prose", () => {
    expect(kinds('It costs 5 "dollars"')).toEqual([]);
  });

  test("cover any text once, in order", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const tokens = tokenizeJson(text);
        expect(tokens.map(({ from, to }) => text.slice(from, to)).join("")).toBe(text);
      }),
    );
  });
});

describe("marks", () => {
  test("cross the borders of tokens", () => {
    const text = '{"a":"bc"}';
    const marked = segmentsOf(text, tokenizeJson(text), [2, 7]).filter(({ isMarked }) => isMarked);
    expect(marked.map(({ text: part, kind }) => [part, kind])).toEqual([
      ['a"', "key"],
      [":", null],
      ['"b', "string"],
    ]);
  });

  test("mark exactly their characters of any text, in any order and however they overlap", () => {
    const marks = fc.array(fc.integer({ min: -5, max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(texts, marks, (text, places) => {
        const segments = segmentsOf(text, tokenizeJson(text), places);
        expect(segments.map((segment) => segment.text).join("")).toBe(text);
        const isMarked = segments.flatMap((segment) => Array.from({ length: segment.text.length }, () => segment.isMarked));
        const wished = Array.from({ length: text.length }, (_, at) =>
          places.some((from, i) => i % 2 === 0 && i + 1 < places.length && from <= at && at < (places[i + 1] ?? 0)),
        );
        expect(isMarked).toEqual(wished);
      }),
    );
  });
});
