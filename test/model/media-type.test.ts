import fc from "fast-check";
import { expect, test } from "vitest";
import { MEDIA_HEAD, mediaTypeOf } from "../../src/model/media-type.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const of = (text: string): string | undefined => mediaTypeOf(bytes(text));
const hex = (digits: string): string => digits.replaceAll(/\s*([0-9a-f]{2})\s*/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));

test("pictures and sounds are known by their first bytes", () => {
  expect(of("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")).toBe("image/png");
  expect(of("\xff\xd8\xff\xe0")).toBe("image/jpeg");
  expect(of("RIFF\x10\0\0\0WEBPVP8 ")).toBe("image/webp");
  expect(of("RIFF\x10\0\0\0WAVEfmt ")).toBe("audio/wav");
  expect(of("\0\0\0\x20ftypM4A \0\0\0\0")).toBe("audio/mp4");
  expect(of("RIFF\x10\0\0\0AVI ")).toBeUndefined();
  expect(of("\0\0\0\x20ftypisom\0\0\0\0")).toBeUndefined();
  expect(of("<svg onload=alert(1)>")).toBeUndefined();
  expect(of("")).toBeUndefined();
});

test("a bitmap is one whose heads agree, and no text that begins as it", () => {
  expect(of(hex("424d 3a000000 00000000 36000000 28000000 01000000 01000000 0100 1800"))).toBe("image/bmp");
  expect(of(hex("424d 3a000000 00000000 36000000 28000000 01000000 01000000 0200 1800"))).toBeUndefined();
  expect(of("BMW, and forty more characters of a text that is no picture")).toBeUndefined();
});

test("what MediaRecorder writes is a sound where it has no picture", () => {
  const ebml = "1a45dfa3 9f 4286 81 01 42f7 81 01 42f2 81 04 42f3 81 08 4282 84 7765626d 4287 81 04 4285 81 02 18538067 01ffffffffffffff";
  expect(of(`${hex(ebml)} tracks: A_OPUS OpusHead`)).toBe("audio/webm");
  expect(of(`${hex(ebml)} tracks: A_OPUS OpusHead V_VP8`)).toBeUndefined();
  expect(of(`${hex(ebml).replace("webm", "mkv ")} tracks: A_OPUS OpusHead`)).toBeUndefined();
});

test("sound without a head is known by frames that lead to each other, and by no single one", () => {
  // 128 kbit/s, 44,100 Hz: 417 bytes; and 64 kbit/s, 22,050 Hz of MPEG 2: 208 bytes.
  for (const [head, length] of [["fffb9000", 417], ["fff38000", 208]] as const) {
    const frame = hex(head).padEnd(length, "\x55");
    expect(of(frame.repeat(3))).toBe("audio/mpeg");
    expect(of(frame.repeat(2))).toBeUndefined();
    expect(of(`${frame}${frame}\0${frame}`)).toBeUndefined();
  }
  const aac = hex("fff14c80 02 1ffc").padEnd(16, "\x55");
  expect(of(aac.repeat(3))).toBe("audio/aac");
  expect(of(aac.repeat(2))).toBeUndefined();
  expect(of("\xff".repeat(4000))).toBeUndefined();
});

test("the longest frames of MP3 are all in the head that is read", () => {
  const frame = hex("fffbea00").padEnd(1441, "\x55");
  expect(mediaTypeOf(bytes(frame.repeat(4)).subarray(0, MEDIA_HEAD))).toBe("audio/mpeg");
});

test("no bytes make it throw", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (given) => void mediaTypeOf(given)));
  fc.assert(fc.property(fc.constantFrom("fffb90", "fff14c", "1a45dfa3", "424d"), fc.uint8Array({ maxLength: 2000 }), (head, rest) => void mediaTypeOf(Uint8Array.of(...bytes(hex(head)), ...rest))));
});
