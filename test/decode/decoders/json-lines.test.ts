import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_MESSAGES } from "../../../src/decode/decoder.ts";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { bytesOf, decodeAll, received, sent, valueOf } from "../messages.ts";
import { plain } from "../plain.ts";

const readBack = (value: unknown): unknown => plain(readJson(bytesOf(JSON.stringify(value))).document);

const container = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.tuple(fc.string(), fc.jsonValue()));
const space = fc.constantFrom("", " ", "\t", "\r");

describe("JSON lines", () => {
  it("are as many messages as lines, each with the value and the place that its line has", () => {
    const line = fc.tuple(container, space, space).map(([value, before, after]) => ({ value, line: `${before}${JSON.stringify(value)}${after}` }));
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 8 }), fc.boolean(), fc.boolean(), (lines, hasEnd, isBinary) => {
        const text = lines.map((one) => one.line).join("\n") + (hasEnd ? "\n" : "");
        const [frame] = decodeAll([received(isBinary ? bytesOf(text) : text)]);
        expect(frame?.decoder).toBe("json-lines");
        expect(frame?.messages.map(({ decoded }) => valueOf(decoded))).toEqual(lines.map(({ value }) => readBack(value)));
        const bytes = bytesOf(text);
        expect(frame?.messages.map(({ from, to }) => new TextDecoder().decode(bytes.subarray(from, to)))).toEqual(lines.map((one) => one.line.trim()));
      }),
    );
  });

  it("have labels, ids and parts of an exchange of their own", () => {
    const [asked, told] = decodeAll([sent('{"op":"get","id":1}\n{"op":"set","id":2}\n'), received('{"op":"tick","px":1}\n{"re":"x","reply_to":2}\n')]);
    expect(asked?.messages.map(({ decoded: { label, kind, id } }) => [label, kind, id])).toEqual([["get", "request", "1"], ["set", "request", "2"]]);
    expect(told?.messages.map(({ decoded: { kind, answers } }) => [kind, answers])).toEqual([["event", undefined], ["answer", "2"]]);
    expect(asked).toMatchObject({ label: "get", id: undefined, answers: undefined, summary: "get, set" });
  });

  it("are not seen in one message, in pretty JSON, or where a line is less than whole", () => {
    const texts = ['{"a":1}', '{"a":1}\n', '{\n  "a": 1\n}', '[\n{"a":1},\n{"a":2}\n]', '{"a":1}\n{"a":', '{"a":1}\nok', '{"a":1}\n2', "1\n2", "[]\n[]", "plain\ntext"];
    for (const text of texts) expect(decodeAll([received(text)])[0]?.decoder).not.toBe("json-lines");
  });

  it("past so many in one frame are one message more, so that nothing is left out", () => {
    const lines = Array.from({ length: MOST_MESSAGES + 5 }, (_, n) => `{"n":${n}}`);
    const text = lines.join("\n");
    const [frame] = decodeAll([received(text)]);
    expect(frame?.messages.length).toBe(MOST_MESSAGES);
    const last = frame?.messages.at(-1);
    expect(text.slice(last?.from, last?.to)).toBe(lines.slice(MOST_MESSAGES - 1).join("\n"));
  });
});
