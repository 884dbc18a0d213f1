import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAgain } from "../../src/decode/connection-decoder.ts";
import type { ConnectionFacts, FrameToDecode } from "../../src/decode/decoder.ts";
import { readJson } from "../../src/decode/json/read-json.ts";
import { readMessagePack } from "../../src/decode/message-pack/read-message-pack.ts";
import { decoderById } from "../../src/decode/registry.ts";
import { toJson } from "../../src/decode/value-json.ts";
import type { ValueDocument } from "../../src/model/value-document.ts";
import { bytesOf, received, sent, UNKNOWN } from "./messages.ts";
import { anyMessagePack } from "./message-pack/any-message-pack.ts";

const EIO4: ConnectionFacts = { subprotocol: "", url: "wss://shop.test/socket.io/?EIO=4" };
const EIO3: ConnectionFacts = { subprotocol: "", url: "wss://shop.test/socket.io/?EIO=3" };

const documentOf = (json: string): ValueDocument => {
  const { document, problem } = readJson(bytesOf(json));
  if (document === undefined || problem !== undefined) throw new Error(`This is no JSON: ${json}`);
  return document;
};

/** What a decoder makes of what it made of a value, as JSON. */
function throughMessages(id: string, value: ValueDocument, like: FrameToDecode, connection = UNKNOWN): string | undefined {
  const messages = decoderById(id)?.encode?.(value, { frame: like, connection });
  const decoded = decodeAgain(connection, id, messages?.map((message) => ({ ...message, direction: like.direction })) ?? []);
  expect(decoded?.problem).toBeUndefined();
  return decoded?.value === undefined ? undefined : toJson(decoded.value);
}

/** JSON with numbers beyond JavaScript's, keys that come twice, and any text. */
const integer = fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n }).map(String);
const literal = fc.oneof(integer, fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? "-0" : String(value))));
const longLiteral = fc.oneof(literal, fc.tuple(fc.bigInt(), fc.nat(400)).map(([digits, zeros]) => `${digits}.${"0".repeat(zeros)}1e-5`));
const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((value) => JSON.stringify(value));
const bytes = fc.uint8Array({ maxLength: 30 }).map((value) => `{"$bytes":"${Buffer.from(value).toString("base64")}","length":${value.length}}`);
const anyJson = (...leaves: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      ...leaves,
      fc.constantFrom("true", "false", "null"),
      fc.array(tie("value"), { maxLength: 20 }).map((values) => `[${values.join(",")}]`),
      fc.array(fc.tuple(text, tie("value")), { maxLength: 20 }).map((entries) => `{${entries.map(([key, value]) => `${key}:${value}`).join(",")}}`),
    ),
  })).value;

describe("a value that is encoded and decoded again is the same, to the last digit, in its order", () => {
  it("in JSON", () => {
    fc.assert(fc.property(anyJson(longLiteral, text, bytes), (json) => { expect(throughMessages("json", documentOf(json), received("{}"))).toBe(json); }));
  });

  it("in JSON of several values in one message", () => {
    const value = readJson(bytesOf('{"a":1}\n[2]\n{"b":3}')).document as ValueDocument;
    expect(decoderById("json")?.encode?.(value, { frame: received("{}"), connection: UNKNOWN })).toEqual([{ opcode: 1, bytes: bytesOf('{"a":1}\n[2]\n{"b":3}') }]);
  });

  it("in GraphQL", () => {
    const message = anyJson(longLiteral, text).map((json) => `{"id":"1","type":"next","payload":${json}}`);
    fc.assert(fc.property(message, (json) => { expect(throughMessages("graphql-ws", documentOf(json), received("{}"))).toBe(json); }));
  });

  it("in CBOR, SignalR, JSON-RPC and the body of STOMP", () => {
    const exact = fc.oneof(integer, fc.bigInt().map(String), fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? "-0" : String(value))));
    fc.assert(fc.property(anyJson(exact, text, bytes), (json) => { expect(throughMessages("cbor", documentOf(json), received(Uint8Array.of(0xa0)))).toBe(json); }));
    const invocation = anyJson(longLiteral, text).map((json) => `{"type":1,"target":"Send","arguments":[${json}]}`);
    fc.assert(fc.property(invocation, (json) => { expect(throughMessages("signalr", documentOf(json), received("{}\u001e"))).toBe(json); }));
    const call = anyJson(longLiteral, text).map((json) => `{"jsonrpc":"2.0","id":1,"method":"a","params":${json}}`);
    fc.assert(fc.property(call, (json) => { expect(throughMessages("json-rpc", documentOf(json), received("{}"))).toBe(json); }));
    const container = anyJson(longLiteral, text).map((json) => `{"a":${json}}`);
    fc.assert(fc.property(container, (json) => { expect(throughMessages("stomp", documentOf(json), sent("SEND\ndestination:/a\n\n{}\0"))).toBe(json); }));
  });

  it("in MessagePack, from JSON and from whatever MessagePack has", () => {
    fc.assert(fc.property(anyJson(literal, text, bytes), (json) => { expect(throughMessages("msgpack", documentOf(json), received(Uint8Array.of(0x80)))).toBe(json); }));
    fc.assert(
      fc.property(anyMessagePack, (written) => {
        const value = readMessagePack(Uint8Array.from(written.bytes)).document as ValueDocument;
        const [message] = decoderById("msgpack")?.encode?.(value, { frame: received(Uint8Array.of(0x80)), connection: UNKNOWN }) ?? [];
        const again = readMessagePack(message?.bytes ?? new Uint8Array(0)).document as ValueDocument;
        expect(toJson(again)).toBe(toJson(value));
      }),
      { numRuns: 500 },
    );
    const time = fc.tuple(fc.bigInt({ min: -62_135_596_800n, max: 8_640_000_000_000n }), fc.integer({ min: 0, max: 999_999_999 })).map(([seconds, nanoseconds]) => {
      const data = new DataView(new ArrayBuffer(15));
      data.setUint8(0, 0xc7);
      data.setUint8(1, 12);
      data.setInt8(2, -1);
      data.setUint32(3, nanoseconds);
      data.setBigInt64(7, seconds);
      return readMessagePack(new Uint8Array(data.buffer)).document as ValueDocument;
    });
    fc.assert(fc.property(time, (value) => { expect(throughMessages("msgpack", value, received(Uint8Array.of(0x80)))).toBe(toJson(value)); }));
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(throughMessages("msgpack", documentOf(deep), received(Uint8Array.of(0x80)))).toBe(deep);
  });

  it("in Socket.IO, with its bytes as attachments, within the packet that it was taken from", () => {
    const like = fc.constantFrom('42["order",0]', '42/shop,17["order",0]', '4317[0]', '43/shop,3[0]', '451-/shop,2["order",{"_placeholder":true,"num":0}]');
    fc.assert(
      fc.property(anyJson(longLiteral, text, bytes), like, fc.constantFrom(EIO3, EIO4), (json, packet, connection) => {
        expect(throughMessages("socket.io", documentOf(json), sent(packet), connection)).toBe(json);
      }),
    );
    const several = fc.constantFrom('42["order",0,1]', '42["order"]', "4317[0,1]");
    fc.assert(
      fc.property(fc.array(anyJson(longLiteral, text, bytes), { maxLength: 4 }).filter(({ length }) => length !== 1), several, (values, packet) => {
        const json = `[${values.join(",")}]`;
        expect(throughMessages("socket.io", documentOf(json), sent(packet), EIO4)).toBe(json);
      }),
    );
    const [message] = decoderById("socket.io")?.encode?.(documentOf('{"qty":2}'), { frame: sent('42/shop,17["order",{"qty":1}]'), connection: EIO4 }) ?? [];
    expect(Buffer.from(message?.bytes ?? []).toString()).toBe('42/shop,17["order",{"qty":2}]');
  });
});

describe("what cannot be encoded", () => {
  const refused = (id: string, json: string, like: FrameToDecode, connection = UNKNOWN): string => {
    try {
      decoderById(id)?.encode?.(documentOf(json), { frame: like, connection });
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("is refused with the reason, never changed", () => {
    const map = received(Uint8Array.of(0x80));
    expect(refused("msgpack", "[1, 0.1234567890123456789]", map)).toBe("decode.cannot-encode-number");
    expect(refused("msgpack", "[18446744073709551617]", map)).toBe("decode.cannot-encode-number");
    expect(refused("msgpack", "[1e400]", map)).toBe("decode.cannot-encode-number");
    expect(refused("msgpack", String.raw`["\ud800"]`, map)).toBe("decode.cannot-encode-text");
    expect(refused("msgpack", "[1.50, 1e3, 100.0, 100000000000000000000]", map)).toBe("");
    expect(refused("socket.io", "[1]", sent("2"), EIO4)).toBe("decode.cannot-encode-packet");
    expect(refused("socket.io", "{}", sent('42["order",1,2]'), EIO4)).toBe("decode.cannot-encode-arguments");
  });
});
