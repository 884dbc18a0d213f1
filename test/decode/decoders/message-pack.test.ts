import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonTextOf } from "../../../src/decode/json-text.ts";
import { scanMessagePack } from "../../../src/decode/message-pack/message-pack-shape.ts";
import { readMessagePack } from "../../../src/decode/message-pack/message-pack-value.ts";
import { bytesOf, decodeAll, received, sent } from "../messages.ts";

const KNOWN = received(encode({ type: "hello" }));

/** The message after one that made sure of MessagePack. */
const second = (bytes: Uint8Array) => decodeAll([KNOWN, received(bytes)])[1];

describe("the MessagePack decoder", () => {
  it("reads what the library writes, and pairs by id", () => {
    const [asked, answered] = decodeAll([sent(encode({ op: "watch", id: 7, sym: "ETH" })), received(encode({ t: "watching", id: 7 }))]);
    expect(asked).toMatchObject({ decoder: "msgpack", label: "watch", kind: "request", id: "7", topic: "ETH" });
    expect(answered).toMatchObject({ label: "watching", kind: "answer", answers: "7" });
  });

  it("keeps big integers, bytes, timestamps and extensions", () => {
    const time = new Date("2024-05-06T07:08:09.010Z");
    const value = { type: "all", big: 2n ** 63n, bytes: new Uint8Array([1, 2, 255]), time, ext: new ExtData(5, new Uint8Array([9])) };
    const [message] = decodeAll([received(encode(value, { useBigInt64: true }))]);
    expect(message?.value).toEqual({ ...value, time: "2024-05-06T07:08:09.010Z", ext: { $ext: 5, data: new Uint8Array([9]) } });
    expect(message && jsonTextOf(message)).toBe(
      '{"type":"all","big":9223372036854775808,"bytes":{"$bytes":"AQL/","length":3},"time":"2024-05-06T07:08:09.010Z","ext":{"$ext":5,"data":{"$bytes":"CQ==","length":1}}}',
    );
  });

  it("keeps numbers numbers where 64 bits hold a small one", () => {
    expect(decodeAll([received(encode({ type: "a", ts: 1_718_000_000_000 }))])[0]?.value).toEqual({ type: "a", ts: 1_718_000_000_000 });
  });

  it("keeps nanoseconds, and a timestamp that is none as an extension", () => {
    const withNanoseconds = new Uint8Array([0x81, 0xa1, 0x74, 0xd7, 0xff, 0x1d, 0x6f, 0x34, 0x54, 0x66, 0x38, 0x80, 0x99]);
    expect(JSON.stringify(second(withNanoseconds)?.value)).toMatch(/^\{"t":"2024-05-06T07:02:49\.123456789Z"\}$/);
    expect(second(new Uint8Array([0x81, 0xa1, 0x74, 0xd4, 0xff, 1]))?.value).toEqual({ t: { $ext: -1, data: new Uint8Array([1]) } });
  });

  it("reads maps with keys of every kind", () => {
    const bytes = new Uint8Array([0x84, 0x01, 0x61, 0xc0, 0x62, 0x92, 0x01, 0x02, 0x63, 0xa1, 0x78, 0x64]);
    expect(second(bytes)?.value).toEqual({ "1": 97, "$key:null": 98, "$key:[1,2]": 99, x: 100 });
  });

  it("says where bytes break: cut short, trailing, impossible lengths, a byte that begins nothing", () => {
    const whole = encode({ type: "tick", px: 64_000.5 });
    expect(second(whole.subarray(0, 15))).toMatchObject({ label: "not MessagePack", kind: "error", problem: { offset: 14 } });
    expect(second(new Uint8Array([...whole, 1, 2]))).toMatchObject({ label: "tick", problem: { message: "2 more bytes follow the value.", offset: whole.length } });
    expect(second(new Uint8Array([0x81, 0xa1, 0x61, 0xdd, 0xff, 0xff, 0xff, 0xff]))).toMatchObject({ problem: { offset: 3 } });
    expect(second(new Uint8Array([0x81, 0xa1, 0x61, 0xc1]))).toMatchObject({ problem: { message: "0xc1 begins no value.", offset: 3 } });
    expect(second(encode({ ok: 1, ["__proto__x".slice(0, 9)]: 2 }))?.problem?.message ?? "").toContain("__proto__");
  });

  it("is silent on text and on what any bytes could be", () => {
    const texts = ["ping", "pong", "hello world", "你好，世界", "ܐܒܓܕ".repeat(40), "ހިވެހި", "߀߁", "Привет", "🙂"];
    expect(decodeAll(texts.map((text) => received(bytesOf(text)))).filter(Boolean)).toEqual([]);
    // Read as MessagePack, this text is a whole array of 0x9061 entries, one of them the text 123456789.
    const syriac = `ܐaé123456789${"a".repeat(0x9061 - 2)}`;
    expect(readMessagePack(bytesOf(syriac))).toMatchObject({ problem: undefined });
    expect(decodeAll([received(bytesOf(syriac))])).toEqual([undefined]);
    const bytes = [[0x80], [0x90], [0x91, 1], [0x93, 1, 2, 3], [0x81, 1, 2], [0x81, 0xc0, 0], [0xc0], [0x81, 0xa1, 0x07, 1], [0x01], []];
    expect(decodeAll(bytes.map((part) => received(new Uint8Array(part)))).filter(Boolean)).toEqual([]);
  });

  it("takes whole maps and arrays of any kind once the connection has shown it", () => {
    expect(second(new Uint8Array([0x93, 1, 2, 3]))?.value).toEqual([1, 2, 3]);
    expect(second(new Uint8Array([7]))).toBeUndefined();
  });

  it("claims random bytes and texts only where they are one whole map with printable keys, or an array holding a text", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.tuple(fc.integer({ min: 0x80, max: 0x9f }), fc.uint8Array({ maxLength: 6 })).map(([head, rest]) => new Uint8Array([head, ...rest])),
      fc.tuple(fc.integer({ min: 0xdc, max: 0xdf }), fc.uint8Array({ maxLength: 12 })).map(([head, rest]) => new Uint8Array([head, 0, ...rest])),
      fc.string({ unit: "grapheme", maxLength: 20 }).map(bytesOf),
      fc.string({ unit: "binary", maxLength: 20 }).map(bytesOf),
    );
    fc.assert(
      fc.property(bytes, (payload) => {
        const [message] = decodeAll([received(payload)]);
        if (message === undefined || message.decoder !== "msgpack") return;
        const value = decode(payload, { mapKeyConverter: (key) => (typeof key === "string" ? key : 0) }) as object;
        const named = (map: unknown): boolean => typeof map === "object" && map !== null && Object.keys(map).some((key) => /^\P{C}+$/u.test(key) && !/^-?\d+$/.test(key));
        expect(Array.isArray(value) ? value.some((entry) => (typeof entry === "string" && entry.length >= 3) || named(entry)) : named(value)).toBe(true);
        expect(isUtf8Text(payload)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  it("walks over exactly the bytes that the library reads, and refuses what it refuses", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, fc.string(), fc.double(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), fc.boolean(), fc.constant(null), fc.uint8Array(), fc.integer(), fc.array(tie("any")), fc.dictionary(fc.string().filter((key) => key !== "__proto__"), tie("any"))),
    })).any;
    fc.assert(
      fc.property(value, fc.nat(), (source, at) => {
        const bytes = encode(source, { useBigInt64: true });
        expect(scanMessagePack(bytes)).toMatchObject({ end: bytes.length, problem: undefined });
        const short = bytes.subarray(0, at % bytes.length);
        expect(scanMessagePack(short).problem).toBeDefined();
        expect(() => decode(short)).toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it("takes any bytes without a throw or a hang, whatever lengths they announce", () => {
    const piece = fc.constantFrom([0x91], [0x81], [0xdd, 0xff, 0xff, 0xff, 0xff], [0xdf, 0, 0x98, 0x96, 0x80], [0xc6, 0xff, 0xff, 0xff, 0xff], [0xa1, 0x61], [0xd7, 0xff], [0xc7, 0], [0xcf], [0x01], [0xc1]);
    const bytes = fc.oneof(fc.array(piece, { maxLength: 20 }).map((parts) => new Uint8Array(parts.flat())), fc.uint8Array({ maxLength: 60 }));
    fc.assert(
      fc.property(bytes, (payload) => {
        const { problem, end } = readMessagePack(payload);
        expect(end).toBeLessThanOrEqual(payload.length);
        if (problem !== undefined) expect(problem.offset).toBeLessThanOrEqual(payload.length);
      }),
      { numRuns: 5000 },
    );
    expect(readMessagePack(new Uint8Array(1 << 20).fill(0x91)).problem?.message).toContain("Nested deeper");
  });

  it("names a message that is too long by its head", () => {
    const long = encode({ t: "snapshot", id: 4, bids: Array.from({ length: 5000 }, (_, i) => i) });
    expect(decodeAll([received(long)], undefined, { maxBytes: 1000 })[0]).toMatchObject({ label: "snapshot", id: "4", isPartial: true, value: undefined });
  });
});

function isUtf8Text(bytes: Uint8Array): boolean {
  try {
    return !/\p{Cc}/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
