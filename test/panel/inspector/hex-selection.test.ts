import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteAt, readOffset, readSought, selectedRange, selectedRuns } from "../../../src/panel/inspector/hex-selection.ts";
import { HEX_GAPS, hexLines } from "../../../src/panel/inspector/hex-lines.ts";

/** The two digits that are drawn at a place, where a space is narrower than a digit. */
function digitsAt(hex: string, place: number): string {
  let [at, left] = [0, 0];
  for (; left < place - 0.01; at++) left += hex[at] === " " ? HEX_GAPS.bytes : 1;
  return hex.slice(at, at + 2);
}

describe("a selection of bytes", () => {
  it("marks in both columns what was picked, whichever end came first", () => {
    expect(selectedRange({ anchor: 9, cursor: 4 })).toEqual({ from: 4, to: 10 });
    expect(selectedRuns({ from: 4, to: 10 }, 0, 8)).toEqual({ hex: { left: expect.closeTo(11), width: expect.closeTo(9.8) }, text: { left: 4, width: 4 } });
    expect(selectedRuns({ from: 4, to: 10 }, 8, 8)).toEqual({ hex: { left: 0, width: expect.closeTo(4.6) }, text: { left: 0, width: 2 } });
    expect(selectedRuns({ from: 4, to: 10 }, 16, 8)).toBeUndefined();
  });

  it("covers the digits of its bytes, and a place on them is that byte", () => {
    fc.assert(
      fc.property(fc.constantFrom(8, 16), fc.nat(15), fc.uint8Array({ minLength: 16, maxLength: 16 }), (width, place, bytes) => {
        const byte = place % width;
        const [line] = hexLines(bytes, 0, { width, digits: 4 });
        const runs = selectedRuns({ from: byte, to: byte + 1 }, 0, width);
        expect(digitsAt(line?.hex ?? "", runs?.hex.left ?? 0)).toBe((bytes[byte] as number).toString(16).padStart(2, "0"));
        for (const along of [0.1, 1, 1.9]) expect(byteAt((runs?.hex.left ?? 0) + along, "hex", width)).toBe(byte);
        expect(byteAt(byte + 0.5, "text", width)).toBe(byte);
        expect(byteAt(-3, "hex", width)).toBe(0);
        expect(byteAt(99, "hex", width)).toBe(width - 1);
      }),
    );
  });

  it("goes to an offset in digits of ten or sixteen", () => {
    expect(["31", "0x1f", "1f", " 1F ", "99", "", "x", "-1", "1.5"].map((text) => readOffset(text, 50))).toEqual([31, 31, 31, 31, undefined, undefined, undefined, undefined, undefined]);
  });

  it("reads what is sought as bytes where it is written as bytes, else as text", () => {
    expect([...readSought("0xff 00")]).toEqual([255, 0]);
    expect([...readSought("ff 00 1a")]).toEqual([255, 0, 26]);
    expect([...readSought("0xff, 0x00")]).toEqual([255, 0]);
    expect(new TextDecoder().decode(readSought("face"))).toBe("face");
    expect(new TextDecoder().decode(readSought("be quick"))).toBe("be quick");
    expect(new TextDecoder().decode(readSought("größe"))).toBe("größe");
  });
});
