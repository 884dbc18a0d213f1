import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { bytesOf, decodeAll, received, valueOf } from "../messages.ts";
import { plain } from "../plain.ts";

const readBack = (value: unknown): unknown => plain(readJson(bytesOf(JSON.stringify(value))).document);

const END = "\u001e";
const container = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));

describe("JSON records that 0x1E ends", () => {
  it("are a message each, with its own value", () => {
    fc.assert(
      fc.property(fc.array(container, { minLength: 1, maxLength: 8 }), (values) => {
        const [frame] = decodeAll([received(values.map((value) => JSON.stringify(value) + END).join(""))]);
        expect(frame?.decoder).toBe("json-records");
        const found = frame?.messages.length === 0 ? [frame] : frame?.messages.map(({ decoded }) => decoded);
        expect(found?.map(valueOf)).toEqual(values.map(readBack));
      }),
    );
  });

  it("are taken by their own decoder also where the connection sent plain JSON before", () => {
    const decoded = decodeAll([received({ type: "a" }), received(`{"type":"b"}${END}`), received(`{"type":"c"}${END}{"type":"d"}${END}`), received({ type: "e" })]);
    expect(decoded.map((frame) => frame && `${frame.decoder} ${frame.label} ${frame.messages.length}`)).toEqual(["json a 0", "json-records b 0", "json-records c 2", "json e 0"]);
  });

  it("are none where the last is not ended, or one is not whole JSON", () => {
    for (const text of [`{"a":1}${END}{"b":2}`, `{"a":1}${END}${END}`, `{"a":${END}`, `hello${END}`, `1${END}`, END, ""]) {
      expect(decodeAll([received(text)])[0]?.decoder).not.toBe("json-records");
    }
  });
});
