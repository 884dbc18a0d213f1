import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDraft, readBase64, readHex, sizeOf } from "../../../src/panel/send/draft.ts";
import { layOut } from "../../../src/panel/send/lay-out.ts";
import { say } from "../../../src/model/said.ts";

describe("a draft", () => {
  it("is text or the bytes of it, counted as they go out", () => {
    expect(checkDraft({ form: "text", text: "汉a" })).toEqual({
      text: { type: "text", text: "汉a" },
      binary: { type: "binary", bytes: new Uint8Array([0xe6, 0xb1, 0x89, 0x61]) },
      size: 4,
      problem: null,
    });
  });

  it("that a decoder makes messages of is counted as these go out", () => {
    expect(sizeOf([{ type: "text", text: "汉a" }, { type: "binary", bytes: new Uint8Array(3) }])).toBe(7);
  });

  it("that begins like JSON and is none can be sent as it stands, which it says with the place", () => {
    expect(checkDraft({ form: "text", text: '{\n  "a": tru\n}' })).toMatchObject({ text: { text: '{\n  "a": tru\n}' }, problem: { code: expect.stringMatching(/^live\.bad-json/) as string } });
    expect(checkDraft({ form: "text", text: '{\n  "a": 1,\n}' }).problem).toEqual(say("live.bad-json-at", { line: 3, column: 1 }));
    expect(checkDraft({ form: "text", text: '{"a":1' }).problem?.code).toMatch(/^live\.bad-json/);
    for (const text of ["", "hello", "42[1", '{"a":1}', "[1,2]", " \n[]"]) expect(checkDraft({ form: "text", text }).problem, text).toBeNull();
  });

  it("says what becomes of half a surrogate pair", () => {
    expect(checkDraft({ form: "text", text: "a\ud800" }).problem).toEqual(say("live.lone-surrogates"));
  });

  it("of hexadecimal or Base64 is its bytes, and text only where they are UTF-8", () => {
    expect(checkDraft({ form: "hex", text: "68 69" })).toMatchObject({ text: { text: "hi" }, binary: { bytes: new Uint8Array([0x68, 0x69]) }, size: 2 });
    expect(checkDraft({ form: "hex", text: "ff" }).text).toBeNull();
    for (const text of ["f", "xy", "0x1"]) expect(checkDraft({ form: "hex", text }), text).toEqual({ text: null, binary: null, size: null, problem: say("live.bad-hex") });
    for (const text of ["a", "a*b=", "====a"]) expect(checkDraft({ form: "base64", text }), text).toEqual({ text: null, binary: null, size: null, problem: say("live.bad-base64") });
  });

  it("reads any bytes back, as people write them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom("", " ", ",", ":", "\n", ", 0x"), (bytes, between) => {
        const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
        expect(readHex(digits.join(between))).toEqual(new Uint8Array(bytes));
        const base64 = Buffer.from(bytes).toString("base64");
        expect(readBase64(base64)).toEqual(new Uint8Array(bytes));
        expect(readBase64(Buffer.from(bytes).toString("base64url"))).toEqual(new Uint8Array(bytes));
      }),
    );
  });
});

describe("JSON laid out to be edited", () => {
  it("says the same, to the last digit", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(layOut(text))).toEqual(JSON.parse(text));
      }),
    );
    expect(layOut('{"id":9007199254740993,"a":[1.50,{}],"b":[],"c":"x, {y}"}')).toBe('{\n  "id": 9007199254740993,\n  "a": [\n    1.50,\n    {}\n  ],\n  "b": [],\n  "c": "x, {y}"\n}');
  });
});
