import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBytes } from "../../src/model/byte-formats.ts";
import { readBytes } from "../../src/model/byte-readings.ts";

describe("bytes as text to be pasted", () => {
  it("are what each language reads as these bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const digits = Buffer.from(bytes).toString("hex");
        expect(formatBytes(bytes, "hex").replaceAll(" ", "")).toBe(digits);
        expect(formatBytes(bytes, "base64")).toBe(Buffer.from(bytes).toString("base64"));
        // oxlint-disable-next-line typescript/no-implied-eval -- what is copied is a program
        expect(new Function(`return ${formatBytes(bytes, "javascript")}`)()).toEqual(Uint8Array.from(bytes));
        const inCode = (text: string, sign: string): string => [...text.matchAll(new RegExp(`${sign}([0-9a-f]{2})`, "g"))].map(([, pair]) => pair).join("");
        expect(inCode(formatBytes(bytes, "c"), "0x")).toBe(digits);
        expect(inCode(formatBytes(bytes, "python"), "\\\\x")).toBe(digits);
      }),
    );
    expect(formatBytes(Uint8Array.of(1, 255), "c")).toBe("const unsigned char data[2] = {0x01, 0xff};");
    expect(formatBytes(Uint8Array.of(1, 255), "python")).toBe('b"\\x01\\xff"');
  });
});

describe("bytes at a place", () => {
  const readingsOf = (bytes: readonly number[]) => Object.fromEntries(readBytes(Uint8Array.from(bytes)).map(({ as, little, big }) => [as, [little, big]]));

  it("are read as every number that they are long enough for", () => {
    expect(readingsOf([0xff])).toEqual({ int8: ["-1", "-1"], uint8: ["255", "255"] });
    expect(readingsOf([0x00, 0x3c])).toMatchObject({ int16: ["15360", "60"], uint16: ["15360", "60"], float16: ["1", "0.000003576"] });
    expect(readingsOf([0x01, 0, 0, 0, 0, 0, 0, 0x80])).toMatchObject({ int64: ["-9223372036854775807", "72057594037928064"], uint64: ["9223372036854775809", "72057594037928064"] });
    expect(readingsOf([0xcd, 0xcc, 0xcc, 0x3d]).float32?.[0]).toBe("0.1");
    expect(readingsOf([0xac, 0x02]).varint).toEqual(["300 (2)", "300 (2)"]);
    expect(readingsOf([0xe2, 0x82, 0xac])["UTF-8"]?.[0]).toBe("€ U+20AC");
    expect(readingsOf([0x0a])["UTF-8"]?.[0]).toBe("U+000A");
  });

  it("are a time only where they are one of these decades", () => {
    const seconds = Buffer.alloc(4);
    seconds.writeUInt32BE(1_795_174_622);
    expect(readingsOf([...seconds])["epoch s"]?.[1]).toBe("2026-11-20T11:37:02.000Z");
    expect(readingsOf([0, 0, 0, 1])["epoch s"]).toBeUndefined();
  });

  it("throw for none", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => void readBytes(bytes)));
  });
});
