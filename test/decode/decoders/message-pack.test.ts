import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { say } from "../../../src/model/said.ts";
import { foreignBytes } from "../foreign-bytes.ts";
import { bytesOf, decodeAll, received, sent, valueOf } from "../messages.ts";
import { entriesOf } from "../plain.ts";

const KNOWN = received(encode({ type: "hello" }));
const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, "hex"));

/** The message after one that made sure of MessagePack. */
const second = (bytes: Uint8Array) => decodeAll([KNOWN, received(bytes)])[1];

describe("the MessagePack decoder", () => {
  it("reads what the library writes, and pairs by id", () => {
    const [asked, answered] = decodeAll([sent(encode({ op: "watch", id: 7, sym: "ETH" })), received(encode({ t: "watching", id: 7 }))]);
    expect(asked).toMatchObject({ decoder: "msgpack", label: "watch", kind: "request", id: "7", topic: "ETH" });
    expect(answered).toMatchObject({ label: "watching", kind: "answer", answers: "7" });
  });

  it("takes every whole map or array where the subprotocol says so, from the first message on, and no other bytes", () => {
    const messages = ["93010203", "81c2c3", "9301", "07ff00"].map((digits) => received(hex(digits)));
    const decodersOf = (subprotocol: string): unknown[] => decodeAll(messages, { url: "", subprotocol }).map((decoded) => decoded?.decoder);
    expect(decodersOf("msgpack")).toEqual(["msgpack", "msgpack", undefined, undefined]);
    expect(decodersOf("")).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("keeps big integers, bytes, timestamps and extensions", () => {
    const time = new Date("2024-05-06T07:08:09.010Z");
    const value = { type: "all", big: 2n ** 63n, bytes: new Uint8Array([1, 2, 255]), time, ext: new ExtData(5, new Uint8Array([9])) };
    const [message] = decodeAll([received(encode(value, { useBigInt64: true }))]);
    expect(valueOf(message)).toEqual({ ...value, time: "2024-05-06T07:08:09.010Z", ext: { $ext: 5, data: new Uint8Array([9]) } });
  });

  it("keeps every digit of an id of 64 bits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (id) => {
        expect(decodeAll([sent(encode({ op: "get", id }, { useBigInt64: true }))])[0]?.id).toBe(String(id));
      }),
    );
  });

  it("keeps both values of a key that comes twice, and the order of all keys", () => {
    const message = second(hex("83a474797065a3666f6f01a161a131a162"));
    expect(message?.value && entriesOf(message.value)).toEqual(["{3", 'type: "foo"', '1: "a"', '1: "b"']);
    expect(message).toMatchObject({ label: "foo", problem: undefined });
  });

  it("says where bytes break: trailing, impossible lengths, a byte that begins nothing", () => {
    const whole = encode({ type: "tick", px: 64_000.5 });
    expect(second(new Uint8Array([...whole, 1, 2]))).toMatchObject({ label: "tick", problem: { said: say("decode.msgpack-rest", { n: 2 }), offset: whole.length } });
    expect(second(hex("82a474797065a161a162c1"))).toMatchObject({ label: "not MessagePack", kind: "error", problem: { said: say("decode.msgpack-no-value"), offset: 10 } });
    expect(second(hex("81a474797065a3ff6162"))).toMatchObject({ label: "MessagePack", problem: { offset: 6 } });
  });

  it("reads what there is of a message that ends too early, and calls it no error: it may go on in the next", () => {
    const whole = encode({ type: "tick", id: 4, levels: [1, 2, 3] });
    const message = second(whole.subarray(0, -1));
    expect(message).toMatchObject({ label: "tick", kind: "event", problem: { offset: whole.length - 1 } });
    expect(valueOf(message)).toEqual({ type: "tick", id: 4, levels: [1, 2] });
  });

  it("reads several values of one message, and says where the second begins", () => {
    const first = encode({ type: "a", id: 1 });
    const [message] = decodeAll([received(new Uint8Array([...first, ...encode({ type: "b", id: 2 })]))]);
    expect(message).toMatchObject({ decoder: "msgpack", label: "a", kind: "event", id: undefined, problem: { offset: first.length } });
    expect(message?.value && entriesOf(message.value)).toEqual(["{2", 'type: "a"', "id: 1", "{2", 'type: "b"', "id: 2"]);
  });

  it("is silent on text and on what any bytes could be", () => {
    const texts = ["ping", "pong", "hello world", "你好，世界", "ܐܒܓܕ".repeat(40), "ހިވެހި", "߀߁", "Привет", "🙂"];
    expect(decodeAll(texts.map((text) => received(bytesOf(text)))).filter(Boolean)).toEqual([]);
    // Read as MessagePack, this text is a whole array of 0x9061 entries, one of them the text 123456789.
    const syriac = `ܐaé123456789${"a".repeat(0x9061 - 2)}`;
    expect(Array.isArray(decode(bytesOf(syriac)))).toBe(true);
    expect(decodeAll([received(bytesOf(syriac))])).toEqual([undefined]);
    const bytes = ["80", "90", "9101", "93010203", "810102", "81c000", "c0", "81a10701", "01", "", "81a16101", "82a1610105c0", "82a474797065a16105c0", "92c0a16100", "91d903616263", "91a3616263", "92d90361626301"];
    expect(decodeAll(bytes.map((part) => received(hex(part)))).filter(Boolean)).toEqual([]);
  });

  it("takes whole maps and arrays of any kind once the connection has shown it", () => {
    expect(valueOf(second(Uint8Array.of(0x93, 1, 2, 3)))).toEqual([1, 2, 3]);
    expect(valueOf(second(hex("82a1610105c0")))).toEqual({ "5": null, a: 1 });
    expect(second(Uint8Array.of(7))).toBeUndefined();
  });

  it("claims nothing of other protocols' bytes", () => {
    fc.assert(
      fc.property(foreignBytes, (payload) => {
        expect(decodeAll([received(payload)])[0]?.decoder).not.toBe("msgpack");
      }),
      { numRuns: 1000 },
    );
  });

  it("claims random bytes and texts only where a whole map or array has two names in it, or one of five characters", () => {
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
        const texts = (container: object): string[] => (Array.isArray(container) ? container : Object.entries(container).flat()).filter((part): part is string => typeof part === "string");
        const names = [value, ...(Array.isArray(value) ? value : [])].filter((part) => typeof part === "object" && part !== null).map((part) => texts(part as object));
        expect(names.some((all) => all.length >= 2 || all.some((name) => name.length >= 5))).toBe(true);
        expect(isUtf8Text(payload)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

function isUtf8Text(bytes: Uint8Array): boolean {
  try {
    return !/\p{Cc}/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
