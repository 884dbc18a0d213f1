import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/decode/json/read-json.ts";
import { readMessagePack } from "../../src/decode/message-pack/read-message-pack.ts";
import type { ValueDocument } from "../../src/model/value-document.ts";
import type { TreeLine } from "../../src/contract/inspect.ts";
import { JsonTree } from "../../src/engine/json-tree.ts";
import { decodeAll } from "../decode/messages.ts";
import { RECORDINGS } from "../decode/recordings.ts";
import { TextLines } from "../../src/engine/text-lines.ts";

function treeOf(value: unknown): JsonTree {
  const { document } = readJson(new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)));
  if (document === undefined) throw new Error("No JSON.");
  return new JsonTree(document);
}

function rootsOf(document: ValueDocument): number[] {
  const roots: number[] = [];
  for (let root = 0; root < document.count; root = document.endOf(root)) roots.push(root);
  return roots;
}

const drawn = (lines: readonly TreeLine[]): string[] =>
  lines.map(({ depth, key, text }) => `${"  ".repeat(depth)}${key === null ? "" : `${key}: `}${text}`);

describe("a JSON tree", () => {
  it("opens a small message whole", () => {
    expect(drawn(treeOf({ ok: true, fills: [{ id: 1 }, {}], note: null }).lines(0, 20))).toEqual([
      "{3}",
      "  ok: true",
      "  fills: Array(2)",
      "    0: {1}",
      "      id: 1",
      "    1: {}",
      "  note: null",
    ]);
  });

  it("folds and unfolds one container, or all below it", () => {
    const tree = treeOf({ a: { b: { c: 1 } }, d: 2 });
    expect(tree.toggle(1, false)).toBe(3);
    expect(drawn(tree.lines(0, 9))).toEqual(["{2}", "  a: {b}", "  d: 2"]);
    expect(tree.toggle(1, false)).toBe(5);
    expect(tree.toggle(0, true)).toBe(1);
    expect(tree.toggle(0, false)).toBe(3);
    expect(tree.toggle(1, true)).toBe(5);
  });

  it("gives any range of lines as it gives them all", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(20), fc.nat(20), fc.array(fc.nat(20), { maxLength: 4 }), (json, from, count, toggles) => {
        const tree = treeOf(json);
        for (const line of toggles) tree.toggle(line, line % 2 === 0);
        expect(tree.lines(from, from + count)).toEqual(tree.lines(0, tree.length).slice(from, from + count));
      }),
    );
  });

  it("opens a long array folded below its first level, and numbers its entries to the last", () => {
    const tree = treeOf(Array.from({ length: 50_000 }, (_, i) => ({ i })));
    expect(tree.length).toBe(50_001);
    expect(drawn(tree.lines(50_000, 50_001))).toEqual(["  49999: {i}"]);
  });

  it("tells integers that JavaScript would round from others, however many digits they have", () => {
    const long = "9".repeat(300);
    const kinds = treeOf(`{"a":9007199254740993,"b":-${long},"c":12,"d":9007199254740991,"e":0.${long},"f":1e400,"g":-0}`).lines(1, 9).map(({ kind }) => kind);
    expect(kinds).toEqual(["bigint", "bigint", "number", "number", "number", "number", "number"]);
    const [, line] = treeOf(`{"a":${long}}`).lines(0, 2);
    expect(line?.text).toBe(`${"9".repeat(239)}…`);
  });

  it("reads a number as a time only where its key says so, and where it is as large as one", () => {
    const hints = (object: Record<string, unknown>): (string | null)[] => treeOf(object).lines(1, 99).map(({ hint }) => hint);
    const at = 1_795_174_622_259;
    expect(hints({ at })).toEqual(["2026-11-20 11:37:02.259Z"]);
    for (const key of ["ts", "time", "created_at", "createdAt", "exp", "iat", "timestamp", "eventTime", "EVENT_TIME", "time_ms", "expires", "updated", "date", "serverTS"]) expect(hints({ [key]: 1_795_174_622 }), key).toEqual(["2026-11-20 11:37:02.000Z"]);
    for (const key of ["id", "qty", "account", "ref", "expires_in", "uptime", "runtime", "timeout", "time_count", "exp_points", "status", "format", "0", "", "stats"]) expect(hints({ [key]: at }), key).toEqual([null]);
    for (const value of [12, 999_999_999, 4_100_000_000, 5e15, -at, "1795174622259"]) expect(hints({ time: value })).toEqual([null]);
    expect(hints({ times: [at, 1], ids: [at] })).toEqual([null, "2026-11-20 11:37:02.259Z", null, null, null]);
    expect(treeOf(`[${at}]`).lines(1, 2)[0]?.hint).toBeNull();
  });

  it("shows every entry of a map, its keys that are no texts told apart, and bytes and times as what they are", () => {
    const packed = Uint8Array.from(Buffer.from("8501a161a131a162a16bc403010203a174d6ff00000000c0c7020501ff", "hex"));
    const tree = new JsonTree(readMessagePack(packed).document as ValueDocument);
    expect(tree.lines(0, 99).map(({ key, isOddKey, kind, text, size }) => [key, isOddKey, kind, text, size])).toEqual([
      [null, false, "object", "{5}", null],
      ["1", true, "string", '"a"', null],
      ["1", false, "string", '"b"', null],
      ["k", false, "bytes", '{"$bytes":"AQID","length":3}', 3],
      ["t", false, "time", '"1970-01-01T00:00:00.000Z"', null],
      ["$key:null", true, "object", "{2}", null],
      ["$ext", false, "number", "5", null],
      ["data", false, "bytes", '{"$bytes":"Af8=","length":2}', 2],
    ]);
  });

  it("opens all below a line whose own container is open already", () => {
    const tree = treeOf('{"a":{"b":{"c":1}},"d":2}');
    tree.toggle(1, true);
    expect(tree.length).toBe(3);
    expect(tree.toggle(0, true, true)).toBe(5);
    expect(tree.toggle(0, true, true)).toBe(5);
  });

  it("opens all below every root of what each decoder reads, and folds it again", () => {
    const seen = new Map<string, number>();
    for (const { id, facts, frames } of RECORDINGS) {
      for (const decoded of decodeAll(frames, facts, { wantsValue: true })) {
        for (const { value } of decoded === undefined ? [] : [decoded, ...decoded.messages.map((message) => message.decoded)]) {
          if (value === undefined) continue;
          const tree = new JsonTree(value);
          const roots = rootsOf(value);
          // From the last on, so that lines opened stand behind those still to come.
          const lineOf = (root: number): number => tree.lines(0, tree.length).flatMap(({ depth }, line) => (depth === 0 ? [line] : []))[root] ?? -1;
          for (let root = roots.length - 1; root >= 0; root--) if (value.childrenOf(roots[root] as number) > 0) tree.toggle(lineOf(root), true, true);
          expect(tree.length, id).toBe(value.count);
          const lines = tree.lines(0, tree.length);
          expect(lines.every(({ children, expanded, kind }) => children === 0 || expanded || kind === "string"), id).toBe(true);
          // Each line stands one deeper than the container that it is in.
          expect(lines.every(({ depth }, line) => depth === 0 || depth <= (lines[line - 1]?.depth ?? 0) + 1), id).toBe(true);
          if (value.childrenOf(0) > 0) tree.toggle(0, true);
          expect(tree.length, id).toBe(value.count - value.endOf(0) + 1);
          seen.set(id, Math.max(seen.get(id) ?? 0, value.count));
        }
      }
    }
    expect(RECORDINGS.filter(({ id }) => (seen.get(id) ?? 0) < 2).map(({ id }) => id)).toEqual([]);
  });

  it("reads microseconds and nanoseconds as times too, where a key says that it is one", () => {
    const hints = (object: string): (string | null)[] => treeOf(object).lines(1, 9).map(({ hint }) => hint);
    expect(hints('{"ts_us":1795174622259001,"time":1795174622259001002,"id":1795174622259001002}')).toEqual(["2026-11-20 11:37:02.259Z", "2026-11-20 11:37:02.259Z", null]);
  });

  it("tells colours and addresses of pages, where nothing else is written so", () => {
    const look = (text: string, key = "v"): unknown => treeOf(JSON.stringify({ [key]: text })).lines(1, 2)[0]?.look;
    for (const text of ["#ff8800", "#FF8800cc", "#12345f"]) expect(look(text), text).toEqual({ colour: text });
    for (const key of ["color", "backgroundColour", "fill", "bg"]) for (const text of ["#123", "#123456", "#abcd"]) expect(look(text, key), text).toEqual({ colour: text });
    expect(treeOf('{"colors":["#123"]}').lines(2, 3)[0]?.look).toEqual({ colour: "#123" });
    for (const text of ["#123", "#123456", "#abc", "#fffff", "#ff8800 ", "ff8800", "#gggggg", "#", ""]) expect(look(text), text).toBeNull();
    for (const text of ["https://example.com/a?b=c#d", "http://[::1]:80/"]) expect(look(text), text).toEqual({ url: text });
    for (const text of ["see https://example.com", "https://a b", "https://", "javascript:alert(1)", "ftp://example.com/", "//example.com", `https://example.com/${"x".repeat(3000)}`]) expect(look(text), text).toBeNull();
  });

  it("unfolds a text in base64 in its place, and no word that looks like it", () => {
    const written = "Grüße, this was written by somebody.\nTwice.";
    const tree = treeOf(JSON.stringify({ a: Buffer.from(written).toString("base64"), b: Buffer.from(written).toString("base64url") }));
    expect(tree.lines(1, 3).map(({ children, expanded }) => [children, expanded])).toEqual([[1, false], [1, false]]);
    tree.toggle(1, false);
    expect(tree.lines(2, 3)[0]).toMatchObject({ depth: 2, key: null, kind: "string", text: JSON.stringify(written), isInner: true });
    for (const text of ["subscriptionsAreAllHere", "aaaaaaaaaaaaaaaaaaaaaaaa", "0123456789012345678901234567", "de305d5475b4431badb2eb6b9e546014", Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]).toString("base64")]) expect(treeOf(JSON.stringify([text])).lines(1, 2)[0]?.children, text).toBe(0);
  });

  it("tells the time in an id, and what is a token, and nothing of other texts", () => {
    const hint = (text: string): string | null => treeOf(JSON.stringify([text])).lines(1, 2)[0]?.hint ?? null;
    expect(hint("019a9b2c-7f00-7abc-8def-0123456789ab")).toBe("UUID v7 · 2025-11-19 08:12:55.936Z");
    expect(hint("c232ab00-9414-11ec-b3c8-9f6bdeced846")).toBe("UUID v1 · 2022-02-22 19:22:22.000Z");
    expect(hint("01ARZ3NDEKTSV4RRFFQ69G5FAV")).toBe("ULID · 2016-07-30 23:54:10.259Z");
    for (const text of ["a71f0c9e-5b1d-4a60-9f1e-2f7f9a0c0001", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "00000000000000000000000000", "", "hello", "019a9b2c-7f00-7abc-cdef-0123456789ab"]) expect(hint(text), text).toBeNull();
  });

  it("unfolds the value that a text holds, in its place", () => {
    const inner = JSON.stringify({ a: [1, 2] });
    const token = `${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${Buffer.from('{"sub":"1"}').toString("base64url")}.sig`;
    const tree = treeOf(JSON.stringify({ json: inner, packed: Buffer.from(inner).toString("base64"), token, plain: "[not json", last: 1 }));
    expect(tree.lines(1, 6).map(({ children }) => children)).toEqual([1, 1, 1, 0, 0]);
    expect(tree.toggle(2, false)).toBe(10);
    expect(drawn(tree.lines(0, 99)).map((line) => line.trimEnd())).toEqual([
      "{5}",
      `  json: ${JSON.stringify(inner)}`,
      `  packed: ${JSON.stringify(Buffer.from(inner).toString("base64"))}`,
      "    {1}",
      "      a: Array(2)",
      "        0: 1",
      "        1: 2",
      `  token: ${JSON.stringify(token)}`,
      '  plain: "[not json"',
      "  last: 1",
    ]);
    // In any part of it, and folded again from inside.
    for (let from = 0; from < 10; from++) for (let to = from; to <= 10; to++) expect(drawn(tree.lines(from, to))).toEqual(drawn(tree.lines(0, 99)).slice(from, to));
    expect(tree.toggle(4, false)).toBe(8);
    expect(tree.toggle(1, false)).toBe(12);
    expect(tree.toggle(0, false)).toBe(1);
    expect(tree.toggle(0, false)).toBe(12);
    expect(tree.lines(5, 6)[0]?.isInner).toBe(true);
  });

  it("opens all of the value that a text holds where all below its line is opened", () => {
    const tree = treeOf(JSON.stringify({ text: JSON.stringify({ list: Array.from({ length: 300 }, (_, i) => ({ i: [i] })) }) }));
    expect(tree.toggle(1, false)).toBe(2 + 2);
    expect(tree.toggle(1, true, true)).toBe(2 + 2 + 3 * 300);
    expect(tree.toggle(1, false)).toBe(2);
  });

  it("finds keys and values, unfolds what they stand in, and goes on from the beginning", () => {
    const found = (tree: JsonTree, sought: string, after: number | null, backwards = false) => tree.find(sought, after, backwards).found;
    const tree = treeOf('{"Price":1,"deep":{"list":[{"price":"x"},2],"note":"PRICE"},"n":12}');
    tree.toggle(0, true);
    expect(tree.length).toBe(1);
    const first = found(tree, "price", null);
    expect(first).toEqual({ line: 1, lines: 4, place: 1, count: 3 });
    const second = found(tree, "price", 1);
    expect(second).toMatchObject({ place: 2, count: 3 });
    expect(tree.lines(second?.line ?? 0, (second?.line ?? 0) + 1)[0]).toMatchObject({ key: "price", text: '"x"' });
    const third = found(tree, "price", second?.line ?? null);
    expect(tree.lines(third?.line ?? 0, (third?.line ?? 0) + 1)[0]).toMatchObject({ key: "note" });
    expect(found(tree, "price", third?.line ?? null)).toMatchObject({ place: 1 });
    expect(found(tree, "price", 1, true)).toMatchObject({ place: 3 });
    expect(found(tree, "nowhere", null)).toBeNull();
  });

  it("gives what stands on a line as JSON, every digit of it", () => {
    const tree = treeOf('{"a":{"id":9007199254740993,"t":"{\\"x\\":[1]}"},"b":1.0}');
    expect(tree.json(0, "line")).toBe('{"a":{"id":9007199254740993,"t":"{\\"x\\":[1]}"},"b":1.0}');
    expect(tree.json(1, "pretty")).toBe('{\n  "id": 9007199254740993,\n  "t": "{\\"x\\":[1]}"\n}');
    tree.toggle(3, false);
    expect(tree.json(4, "line")).toBe('{"x":[1]}');
  });

  it("gives a container as it was sent, where that was as JSON: its spaces, escapes and keys too, in a text as the text has them", () => {
    const sent = '{ "\\u0061" : [1.0,\n 2e3], "t":"{ \\"x\\": [ 1 ] }" }';
    const tree = treeOf(` ${sent}\n`);
    expect([tree.isSentJson(0), tree.json(0, "sent")]).toEqual([true, sent]);
    expect([tree.isSentJson(1), tree.json(1, "sent")]).toEqual([true, "[1.0,\n 2e3]"]);
    expect([tree.isSentJson(4), tree.json(4, "sent")]).toEqual([false, '"{ \\"x\\": [ 1 ] }"']);
    tree.toggle(4, false);
    expect([tree.isSentJson(5), tree.json(5, "sent")]).toEqual([true, '{ "x": [ 1 ] }']);
    const packed = readMessagePack(Uint8Array.of(0x81, 0xa1, 0x61, 0x90)).document;
    const other = new JsonTree(packed as ValueDocument);
    expect([other.isSentJson(0), other.json(0, "sent")]).toEqual([false, '{"a":[]}']);
  });

  it("shows several values of one message one below the other", () => {
    const tree = treeOf('{"a":[1]}\n{"b":2}');
    expect(drawn(tree.lines(0, 9))).toEqual(["{1}", "  a: Array(1)", "    0: 1", "{1}", "  b: 2"]);
    expect(tree.toggle(0, false)).toBe(3);
    expect(drawn(tree.lines(1, 3))).toEqual(["{1}", "  b: 2"]);
  });
});

describe("lines of a text", () => {
  it("give the text back when joined, none longer than asked", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "bc", "\n", "😀", "é"), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (parts, columns) => {
        const text = parts.join("");
        const lines = new TextLines(text, columns).lines(0, Infinity);
        const joined = lines.map((line, i) => (line.number !== null && i > 0 ? "\n" : "") + line.text).join("");
        expect(joined).toBe(text);
        for (const line of lines) expect(line.text.length).toBeLessThanOrEqual(columns + 1);
        expect(lines.flatMap(({ number }) => number ?? [])).toEqual(text.split("\n").map((_, i) => i + 1));
      }),
    );
  });

  it("end where a word does, where there is one to end", () => {
    expect(new TextLines("one two, three;four five", 10).lines(0, 9).map(({ text }) => text)).toEqual(["one two, ", "three;four", " five"]);
    expect(new TextLines("x".repeat(25), 10).lines(0, 9).map(({ text }) => text.length)).toEqual([10, 10, 5]);
  });

  it("find what is sought, whatever its case, and go on from the beginning", () => {
    const lines = new TextLines("abc ABC\nxx abc", 80);
    const first = lines.find("abc", null, false);
    expect(first).toEqual({ at: 0, line: 0, from: 0, lines: 2, place: 1, count: 3 });
    expect(lines.find("abc", 0, false)).toEqual({ at: 4, line: 0, from: 4, lines: 2, place: 2, count: 3 });
    expect(lines.find("abc", 11, false)).toEqual(first);
    expect(lines.find("abc", 0, true)).toEqual({ at: 11, line: 1, from: 3, lines: 2, place: 3, count: 3 });
    expect(lines.find("a.c", null, false)).toBeNull();
  });

  it("have each place of what is sought on the line that it begins on", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", " ", "\n"), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (parts, columns) => {
        const text = parts.join("");
        const lines = new TextLines(text, columns);
        const places = [...text.matchAll(/ab/g)].map(({ index }) => index);
        let after: number | null = null;
        for (const [i] of places.entries()) {
          const found = lines.find("ab", after, false);
          expect([found?.place, found?.count]).toEqual([i + 1, places.length]);
          const [line] = lines.lines(found?.line ?? 0, (found?.line ?? 0) + 1);
          expect(line?.text.slice(found?.from).startsWith("a")).toBe(true);
          after = found?.at ?? null;
        }
      }),
    );
  });

  it("hide what hangs below a line by its indentation, and show it again", () => {
    const lines = new TextLines('{\n  "a": [\n    1,\n    2\n  ],\n  "b": {}\n}', 80);
    const drawnText = (): string[] => lines.lines(0, 99).map(({ number, text, hidden }) => `${number} ${text}${hidden === null ? "" : ` ${hidden}`}`);
    const open = ["1 { 0", '2   "a": [ 0', "3     1,", "4     2", "5   ],", '6   "b": {}', "7 }"];
    expect(drawnText()).toEqual(open);
    expect(lines.fold(1, false)).toBe(5);
    expect(drawnText()).toEqual(["1 { 0", '2   "a": [ 2', "5   ],", '6   "b": {}', "7 }"]);
    expect(lines.fold(0, true)).toBe(2);
    expect(drawnText()).toEqual(["1 { 5", "7 }"]);
    expect(lines.fold(0, false)).toBe(5);
    expect(lines.find("2", null, false)).toMatchObject({ line: 3, lines: 7 });
    expect(drawnText()).toEqual(open);
    lines.fold(0, true);
    expect(lines.fold(0, true)).toBe(7);
  });

  it("are those of a plain walk over the text, whatever is folded, at any width", () => {
    const line = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom("x", "word word", "long words of a line", "")).map(([depth, text]) => (text === "" ? "" : " ".repeat(depth) + text));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 25 }), fc.integer({ min: 5, max: 30 }), fc.array(fc.nat({ max: 30 }), { maxLength: 6 }), (all, columns, folds) => {
        const lines = new TextLines(all.join("\n"), columns);
        const folded = new Set<number>();
        for (const place of folds) {
          const at = lines.lines(place, place + 1)[0];
          if (at === undefined || at.hidden === null || at.number === null) continue;
          lines.fold(place, false);
          if (!folded.delete(at.number)) folded.add(at.number);
        }
        const shownLines = lines.lines(0, Infinity);
        expect(shownLines.length).toBe(lines.length);
        expect(shownLines.flatMap(({ number }) => number ?? [])).toEqual(plainly(all, folded));
        for (const { number, hidden } of shownLines) if (number !== null) expect(hidden !== null && hidden > 0).toBe(folded.has(number));
      }),
      { numRuns: 60 },
    );
  });

  it("unfold what is found, and nothing beside it", () => {
    const text = Array.from({ length: 40 }, (_, i) => `${" ".repeat(i % 4)}line${i}.`).join("\n");
    for (let i = 0; i < 40; i++) {
      const lines = new TextLines(text, 80);
      for (let place = 0; place < lines.length; place++) lines.fold(place, true);
      const found = lines.find(`line${i}.`, null, false);
      expect(lines.lines(found?.line ?? -1, (found?.line ?? -1) + 1)[0]?.text.trim()).toBe(`line${i}.`);
      expect([found?.lines, lines.length]).toEqual([10 + (i % 4), 10 + (i % 4)]);
    }
  });
});

/** The numbers of lines that are on view. */
function plainly(lines: readonly string[], folded: ReadonlySet<number>): number[] {
  const indent = (text: string): number => (text.trim() === "" ? Infinity : text.length - text.trimStart().length);
  const hidden = new Set<number>();
  for (const head of folded) {
    let end = head;
    for (let i = head; i < lines.length && indent(lines[i] as string) > indent(lines[head - 1] as string); i++) if (indent(lines[i] as string) !== Infinity) end = i + 1;
    for (let number = head + 1; number <= end; number++) hidden.add(number);
  }
  return lines.map((_, i) => i + 1).filter((number) => !hidden.has(number));
}
