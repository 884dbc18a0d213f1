import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "../../words/speakers.ts";
import { decodeAll, received, UNKNOWN } from "../messages.ts";
import { told } from "../told.ts";

const message = '{"type":"tick","px":1}';

describe("a message within a text", () => {
  it("is unwrapped: base64, percent-encoded, a JSON string, JSON behind a prefix", () => {
    const wrapped = [Buffer.from(message).toString("base64"), Buffer.from(message).toString("base64url"), encodeURIComponent(message), JSON.stringify(message), `)]}'\n${message}`, `for(;;);${message}`, `while(1);${message}`, Buffer.from(gzipSync(message)).toString("base64")];
    expect(told("wrapped-text", wrapped.map(received))).toEqual(wrapped.map(() => "event tick"));
    expect(decodeAll(wrapped.map(received)).map((decoded) => decoded && en.tell(decoded.layers[0]?.what ?? "")).slice(0, 5)).toEqual(["base64", "base64", "percent-encoded", "JSON string", ")]}'"]);
  });

  it("is nothing where what is within is none", () => {
    expect(told("wrapped-text", ["password", "HelloWorld12", "48656c6c6f2c20776f726c64", '"just a string"', "for(;;);", "%7B", "SGVsbG8sIHdvcmxkIQ=="].map(received)).every((text) => text === "nobody")).toBe(true);
    fc.assert(fc.property(fc.oneof(fc.base64String(), fc.stringMatching(/^[A-Za-z\d+/]{8,14}={0,2}$/), fc.string()), (text) => { for (const pinned of [undefined, "wrapped-text"]) expect(decodeAll([received(text)], UNKNOWN, { pinned })[0]?.label ?? "").not.toBe("Wrapped Text failed"); }));
  });
});
