import { encode } from "@msgpack/msgpack";
import { encode as encodeCbor } from "cborg";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FrameToDecode } from "../../../src/decode/decoder.ts";
import { decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

type Pack = (value: unknown) => Uint8Array;
const PACKS: readonly (readonly [string, Pack])[] = [
  ["wamp.2.msgpack", (value) => encode(value)],
  ["wamp.2.cbor", (value) => Uint8Array.from(encodeCbor(value))],
];

const batch = (...messages: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat(messages.map((message) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(message.length);
    return Buffer.concat([length, message]);
  })).subarray();

const talk = (pack: Pack): FrameToDecode[] => [
  sent(pack([1, "realm1", { roles: { caller: {} } }])),
  received(pack([2, 9_129_137_332, { roles: { broker: {} } }])),
  sent(pack([32, 1, {}, "com.shop.orders"])),
  received(pack([33, 1, 5_512_315_355])),
  received(pack([36, 5_512_315_355, 4_429_313_566, {}, ["x"]])),
  sent(pack([48, 2, {}, "com.shop.add", [1, 2]])),
  received(pack([50, 2, {}, [3]])),
];
const TOLD = [
  "control HELLO @realm1",
  "control WELCOME",
  "request SUBSCRIBE #1 @com.shop.orders",
  "answer SUBSCRIBED ←1 @com.shop.orders",
  "event com.shop.orders @com.shop.orders",
  "request com.shop.add #2 @com.shop.add",
  "answer RESULT ←2 @com.shop.add",
];

describe("WAMP, packed", () => {
  for (const [subprotocol, pack] of PACKS) {
    it(`${subprotocol}: is told as in JSON, also where several messages are batched`, () => {
      const frames = talk(pack);
      expect(told("wamp-packed", frames, connectionTo("wss://shop.test/ws", subprotocol))).toEqual(TOLD);
      const connection = connectionTo("wss://shop.test/ws", `${subprotocol}.batched`);
      const batched = frames.map(({ bytes, ...frame }) => ({ ...frame, bytes: batch(bytes) }));
      expect(told("wamp-packed", batched, connection)).toEqual(TOLD);
      const [, , , third, fourth] = frames;
      const two = received(batch(third?.bytes ?? new Uint8Array(0), fourth?.bytes ?? new Uint8Array(0)));
      expect(told("wamp-packed", [...batched.slice(0, 3), two], connection).slice(-2)).toEqual(TOLD.slice(3, 5));
    });
  }

  it("has the whole message as its value", () => {
    const [call] = decodeAll([sent(encode([48, 2, {}, "com.shop.add", [1, 2]]))], connectionTo("wss://shop.test/ws", "wamp.2.msgpack"));
    expect(valueOf(call)).toEqual([48, 2, {}, "com.shop.add", [1, 2]]);
    expect(call?.summary).toBe("[1,2]");
  });

  it("takes any bytes, and lengths that lie, without a throw", () => {
    const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.jsonValue().map((value) => batch(encode(value)).subarray(0, 30)));
    fc.assert(
      fc.property(anyBytes, fc.constantFrom("wamp.2.msgpack", "wamp.2.cbor", "wamp.2.msgpack.batched", "wamp.2.cbor.batched"), (bytes, subprotocol) => {
        const facts = connectionTo("wss://shop.test/ws", subprotocol);
        expect(decodeAll([received(bytes)], facts)[0]?.label ?? "").not.toMatch(/failed/);
        expect(decodeAll([received(bytes)], facts, { pinned: "wamp-packed" })[0]).toBeDefined();
        expect(decodeAll([received(bytes)], UNKNOWN)[0]?.decoder).not.toBe("wamp-packed");
      }),
    );
  });
});
