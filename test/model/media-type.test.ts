import fc from "fast-check";
import { expect, test } from "vitest";
import { mediaTypeOf } from "../../src/model/media-type.ts";

test("pictures and sounds are known by their first bytes", () => {
  const of = (text: string): string | undefined => mediaTypeOf(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  expect(of("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")).toBe("image/png");
  expect(of("\xff\xd8\xff\xe0")).toBe("image/jpeg");
  expect(of("RIFF\x10\0\0\0WEBPVP8 ")).toBe("image/webp");
  expect(of("RIFF\x10\0\0\0WAVEfmt ")).toBe("audio/wav");
  expect(of("RIFF\x10\0\0\0AVI ")).toBeUndefined();
  expect(of("<svg onload=alert(1)>")).toBeUndefined();
  expect(of("")).toBeUndefined();
});

test("no bytes make it throw", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 16 }), (bytes) => void mediaTypeOf(bytes)));
});
