import fc from "fast-check";
import { expect, it } from "vitest";
import { RECOGNISED_BYTES, type Decoder } from "../../src/decode/decoder.ts";
import { Recognisers } from "../../src/decode/recognisers.ts";

/** Of two letters, so that marks begin and end in one another. */
const letters = (minLength: number, maxLength: number) => fc.array(fc.constantFrom("a", "b"), { minLength, maxLength }).map((all) => all.join(""));
const candidatesOf = (decoders: readonly { readonly id: string; readonly marks: readonly string[] | undefined }[], bytes: Uint8Array) =>
  new Recognisers(decoders.map((decoder) => ({ ...decoder, claims: "connection", recognises: () => false }) as unknown as Decoder)).candidates({ bytes: Uint8Array.from(bytes), opcode: 1, direction: "received", event: undefined }).map(({ id }) => id);

it("those are asked whether they recognise a text that have a mark in it, and those without marks", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.array(letters(1, 5), { minLength: 1, maxLength: 3 }), { nil: undefined }), { maxLength: 6 }), fc.array(fc.oneof(letters(0, 8), fc.constantFrom("é", "c")), { maxLength: 6 }), (marks, parts) => {
      const text = parts.join("");
      const decoders = marks.map((own, i) => ({ id: String(i), marks: own }));
      expect(candidatesOf(decoders, Buffer.from(text))).toEqual(decoders.filter(({ marks: own }) => own === undefined || own.some((mark) => text.includes(mark))).map(({ id }) => id));
    }),
  );
});

it("no mark is looked for behind the bytes that a message is recognised by", () => {
  const decoders = [{ id: "a", marks: ["needle"] }];
  expect(candidatesOf(decoders, Buffer.from(`${"x".repeat(RECOGNISED_BYTES - 6)}needle`))).toEqual(["a"]);
  expect(candidatesOf(decoders, Buffer.from(`${"x".repeat(RECOGNISED_BYTES - 5)}needle`))).toEqual([]);
});
