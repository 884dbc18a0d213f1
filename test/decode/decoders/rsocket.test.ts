import fc from "fast-check";
import { describe, expect, it } from "vitest";
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

  it("cuts a route that is longer than a label", () => {
    const long = "price.".repeat(30);
    const [, request] = decodeAll([sent(setup), sent(frame(1, 4, 0x100, 0, 0, long.length + 1, long.length, ...bytesOf(long), 123, 125))]);
    expect(request).toMatchObject({ label: `${long.slice(0, 63)}…`, topic: long });
  });

  it("takes any bytes without a throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { decodeAll([sent(setup), received(bytes)]); decodeAll([received(bytes)], UNKNOWN, { pinned: "rsocket" }); }));
  });
});
