import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenizeJson } from "../../../src/panel/preview/json-tokens.ts";
import { cutSegments, segmentsOf } from "../../../src/panel/preview/mark-segments.ts";
import { windowOf } from "../../../src/panel/preview/preview-window.ts";

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

describe("what a narrow cell shows", () => {
  const preview = '{"type":"tick","seq":163,"sym":"BTC-USD","px":64131}';
  const at = (text: string): number[] => [preview.indexOf(text), preview.indexOf(text) + text.length];
  const drawn = (text: string, marks: readonly number[], characters: number) => {
    const { from, to } = windowOf(text, marks, characters);
    return cutSegments(segmentsOf(text.slice(0, to), tokenizeJson(text.slice(0, to)), marks), from);
  };
  const textOf = (segments: readonly { readonly text: string }[]): string => segments.map(({ text }) => text).join("");

  test("is the head, where the first find is on view there", () => {
    expect(windowOf(preview, at("tick"), 30)).toEqual({ from: 0, to: 30 });
    expect(windowOf(preview, [], 10)).toEqual({ from: 0, to: 10 });
  });

  test("is what is around the first find, where that would be cut off, in the colours that it had", () => {
    const segments = drawn(preview, [...at("BTC"), ...at("64131")], 40);
    expect(textOf(segments)).toBe('…seq":163,"sym":"BTC-USD","px":64131}');
    expect(segments.flatMap(({ text, isMarked }) => (isMarked ? [text] : []))).toEqual(["BTC", "64131"]);
    expect(segments).toContainEqual(expect.objectContaining({ text: '"sym"', kind: "key" }));
  });

  test("has the first find whole, wherever it stands", () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 60, max: 120 }), (whole, from, length, characters) => {
        const start = whole.length === 0 ? 0 : from % whole.length;
        const found = whole.slice(start, start + length);
        const segments = drawn(whole, [start, start + found.length], characters);
        expect(textOf(segments.filter(({ isMarked }) => isMarked))).toBe(found);
        expect(textOf(segments).length).toBeLessThanOrEqual(characters + 1);
      }),
    );
  });
});
