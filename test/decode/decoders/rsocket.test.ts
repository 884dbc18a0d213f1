import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FrameToDecode } from "../../../src/decode/decoder.ts";
import { bytesOf, decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

const frame = (stream: number, type: number, flags: number, ...rest: readonly number[]): Uint8Array => Uint8Array.of(0, 0, 0, stream, (type << 2) | (flags >> 8), flags & 0xff, ...rest);
const setup = frame(0, 1, 0, 0, 1, 0, 0, 0, 0, 0x4e, 0x20, 0, 0, 0x75, 0x30, 1, 97, 1, 98);
const route = [0, 0, 6, 5, ...bytesOf("price")];

describe("RSocket", () => {
  it("pairs a request with the first payload of its stream, whose topic is the route", () => {
    const frames = [
      sent(setup),
      sent(frame(1, 4, 0x100, ...route, ...bytesOf('{"sym":"BTC"}'))),
      received(frame(1, 10, 0x60, ...bytesOf('{"px":1}'))),
      sent(frame(3, 6, 0x100, 0, 0, 0, 9, ...route, ...bytesOf("{}"))),
      received(frame(3, 10, 0x20, ...bytesOf('{"px":1}'))),
      received(frame(3, 10, 0x20, ...bytesOf('{"px":2}'))),
      received(frame(3, 11, 0, 0, 0, 2, 1, ...bytesOf("no"))),
      sent(frame(0, 3, 0x80, 0, 0, 0, 0, 0, 0, 0, 0)),
      received(frame(0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    ];
    expect(told("rsocket", frames)).toEqual([
      "control SETUP",
      "request price #1 @price",
      "answer PAYLOAD ←1 @price",
      "request price #3 @price",
      "answer PAYLOAD ←3 @price",
      "event PAYLOAD #3 @price",
      "error ERROR #3 @price",
      "heartbeat KEEPALIVE #keepalive",
      "heartbeat KEEPALIVE ←keepalive",
    ]);
    expect(valueOf(decodeAll(frames)[2])).toEqual({ px: 1 });
  });

  it("tells the value that ends a stream from those before it, and from an end without one", () => {
    const stream = (id: number, ...flags: number[]) => [sent(frame(id, 6, 0x100, 0, 0, 0, 9, ...route, ...bytesOf("{}"))), ...flags.map((flag) => received(frame(id, 10, flag, ...bytesOf(flag === 0x40 ? "" : '{"px":1}'))))];
    expect(told("rsocket", [sent(setup), ...stream(1, 0x20, 0x20, 0x60), ...stream(3, 0x20, 0x40)])).toEqual([
      "control SETUP",
      "request price #1 @price", "answer PAYLOAD ←1 @price", "event PAYLOAD #1 @price", "answer PAYLOAD ←1 @price",
      "request price #3 @price", "answer PAYLOAD ←3 @price", "control PAYLOAD #3 @price",
    ]);
  });

  describe("a message over several frames", () => {
    const [FOLLOWS, METADATA, NEXT, COMPLETE] = [0x80, 0x100, 0x20, 0x40];
    const begins = (stream: number): FrameToDecode => sent(frame(stream, 4, METADATA | FOLLOWS, 0, 0, 3, 5, 112, 114));
    const goesOn = (stream: number): FrameToDecode => sent(frame(stream, 10, METADATA | NEXT | FOLLOWS, 0, 0, 3, ...bytesOf("ice"), ...bytesOf('{"sym"')));
    const ends = (stream: number): FrameToDecode => sent(frame(stream, 10, NEXT, ...bytesOf(':"BTC"}')));

    it("is put together and told with the last, whatever lies between", () => {
      const frames = [
        sent(setup), begins(1), begins(3), goesOn(3), goesOn(1), ends(1), ends(3),
        received(frame(1, 10, NEXT | FOLLOWS, ...bytesOf('{"p'))), received(frame(3, 11, 0, 0, 0, 2, 1, ...bytesOf("no"))), received(frame(1, 10, NEXT | COMPLETE, ...bytesOf('x":1}'))),
      ].map((one, row) => ({ ...one, row }));
      expect(told("rsocket", frames)).toEqual([
        "control SETUP", ...Array.from({ length: 4 }, () => "event part"), "request price #1 @price", "request price #3 @price",
        "event part", "error ERROR ←3 @price", "answer PAYLOAD ←1 @price",
      ]);
      const decoded = decodeAll(frames);
      expect([5, 6, 9].map((at) => [valueOf(decoded[at]), decoded[at]?.joined, decoded[at]?.derives, decoded[at]?.layers[0]?.what])).toEqual([
        [{ sym: "BTC" }, [1, 4, 5], "value", "REQUEST_RESPONSE #1 ×3"],
        [{ sym: "BTC" }, [2, 3, 6], "value", "REQUEST_RESPONSE #3 ×3"],
        [{ px: 1 }, [7, 9], "value", "PAYLOAD #1 ×2"],
      ]);
    });

    it("is dropped where its stream is taken back", () => {
      const cancel = sent(frame(1, 9, 0));
      expect(told("rsocket", [sent(setup), begins(1), cancel, begins(1), goesOn(1), ends(1)])).toEqual(["control SETUP", "event part", "control CANCEL", "event part", "event part", "request price #1 @price"]);
    });

    const long = (stream: number, length: number, flags: number): FrameToDecode => received(Uint8Array.from(Buffer.concat([frame(stream, 10, flags), new Uint8Array(length)])));
    const labels = (frames: readonly FrameToDecode[]): unknown[] => decodeAll([sent(setup), ...frames]).slice(1).map((decoded) => decoded?.problem?.said.code ?? decoded?.label);

    it.each([["CANCEL", 9], ["ERROR", 11]])("is dropped where the other side takes its stream back by %s", (_, type) => {
      const back = sent(frame(1, type, 0, 0, 0, 2, 1));
      const last = decodeAll([sent(setup), received(frame(1, 10, NEXT | FOLLOWS, 91)), back, received(frame(1, 10, NEXT, ...bytesOf("{}")))]).at(-1);
      expect([valueOf(last), last?.joined]).toEqual([{}, []]);
    });

    it("is given up for a new one where it waits longest, and its end is not told as a message", () => {
      const of = (stream: number): FrameToDecode => long(stream, (1 << 20) - 600, NEXT | FOLLOWS);
      const begun = Array.from({ length: 8 }, (_, at) => of(at + 1));
      const frames = [...begun, long(1, 0, NEXT | FOLLOWS), of(9), ...[9, 1, 2, 3].map((stream) => long(stream, 1, NEXT))];
      expect(labels(frames).slice(10)).toEqual(["PAYLOAD", "PAYLOAD", "decode.packet-too-long", "PAYLOAD"]);
    });

    it("takes room by its frames too, which may have nothing in them", () => {
      const begun = [1, 2, 3, 4].flatMap((stream) => Array.from({ length: 9000 }, () => long(stream, 0, NEXT | FOLLOWS)));
      expect(labels([...begun, long(1, 1, NEXT), long(4, 1, NEXT)]).slice(-2)).toEqual(["decode.packet-too-long", "PAYLOAD"]);
    });

    it("is not kept past its bounds, and the next one is", () => {
      expect(labels([...Array.from({ length: 90 }, () => long(1, 100_000, NEXT | FOLLOWS)), long(1, 3, NEXT), long(3, 100_000, NEXT | FOLLOWS), long(3, 100_000, NEXT)])).toEqual([
        ...Array.from({ length: 90 }, () => "part"), "decode.packet-too-long", "part", "PAYLOAD",
      ]);
      expect(labels([...Array.from({ length: 10_001 }, () => long(1, 0, NEXT | FOLLOWS)), long(1, 0, NEXT)]).at(-1)).toBe("decode.packet-too-long");
    });
  });

  it("cuts a route that is longer than a label", () => {
    const long = "price.".repeat(30);
    const [, request] = decodeAll([sent(setup), sent(frame(1, 4, 0x100, 0, 0, long.length + 1, long.length, ...bytesOf(long), 123, 125))]);
    expect(request).toMatchObject({ label: `${long.slice(0, 63)}…`, topic: long });
  });

  it("takes any bytes without a throw", () => {
    const anyFrame = fc.tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom(4, 6, 9, 10, 11), fc.nat(0x3ff), fc.uint8Array({ maxLength: 12 })).map(([stream, type, flags, rest]) => frame(stream, type, flags, ...rest));
    fc.assert(fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), anyFrame), { maxLength: 12 }), (all) => { decodeAll([sent(setup), ...all.map(received)]); decodeAll(all.map(received), UNKNOWN, { pinned: "rsocket" }).map(valueOf); }));
  });
});
