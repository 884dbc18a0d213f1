import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAll, received, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

const utf16 = (text: string, isBig = false): Uint8Array => {
  const bytes = Uint8Array.from(Buffer.from(text, "utf16le"));
  return isBig ? bytes.map((_, i) => bytes[i ^ 1] ?? 0) : bytes;
};
/** As iconv writes them: `printf '{"type":"通知"}' | iconv -t GBK`, and `お知らせ` in Shift_JIS. */
const GBK = Uint8Array.from([...Buffer.from('{"type":"'), 0xcd, 0xa8, 0xd6, 0xaa, ...Buffer.from('"}')]);
const SHIFT_JIS = Uint8Array.from([...Buffer.from('{"type":"'), 0x82, 0xa8, 0x92, 0x6d, 0x82, 0xe7, 0x82, 0xb9, ...Buffer.from('"}')]);

describe("text in another character set", () => {
  it("is read in UTF-16 where a mark, JSON or XML says so, in either order of bytes", () => {
    for (const isBig of [false, true]) {
      for (const mark of ["", "\ufeff"]) {
        const [message] = decodeAll([received(utf16(`${mark}{"type":"tick","sym":"通知"}`, isBig))]);
        expect(message).toMatchObject({ decoder: "utf-16", speaks: "json", label: "tick", topic: "通知", problem: undefined });
        expect(message?.layers[0]).toMatchObject({ name: "UTF-16", what: isBig ? "utf-16be" : "utf-16le" });
      }
    }
    expect(decodeAll([received(utf16("hello"))])[0]).toBeUndefined();
    expect(valueOf(decodeAll([received(utf16("hello"))], UNKNOWN, { pinned: "utf-16" })[0])).toBe("hello");
  });

  it("is read in GBK and Shift_JIS where the user or an XML declaration says so, and not else", () => {
    expect(told("gbk", [received(GBK)], UNKNOWN, { pinned: "gbk" })).toEqual(["event 通知"]);
    expect(told("shift-jis", [received(SHIFT_JIS)], UNKNOWN, { pinned: "shift-jis" })).toEqual(["event お知らせ"]);
    for (const bytes of [GBK, SHIFT_JIS]) expect(["gbk", "shift-jis", "utf-16"]).not.toContain(decodeAll([received(bytes)])[0]?.decoder);
    const xml = Uint8Array.from([...Buffer.from('<?xml version="1.0" encoding="GB2312"?><a>'), 0xcd, 0xa8, ...Buffer.from("</a>")]);
    const [declared] = decodeAll([received(xml)]);
    expect(declared?.decoder).toBe("gbk");
    expect(valueOf(declared)).toEqual({ a: "通" });
  });

  it("takes any bytes without a throw, and says which are none", () => {
    for (const pinned of ["utf-16", "gbk", "shift-jis"]) {
      fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => { decodeAll([received(bytes)]); expect(decodeAll([received(bytes)], UNKNOWN, { pinned })[0]?.decoder).toBe(pinned); }));
    }
    expect(decodeAll([received(Uint8Array.of(0xff, 0xff, 0xff))], UNKNOWN, { pinned: "gbk" })[0]).toMatchObject({ label: "not GBK", kind: "error" });
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => { expect(valueOf(decodeAll([received(utf16(`{"a":${JSON.stringify(text)}}`))])[0])).toEqual({ a: text }); }));
  });
});
