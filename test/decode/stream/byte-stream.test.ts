import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteStream } from "../../../src/decode/stream/byte-stream.ts";
import { received } from "../messages.ts";

describe("a packet that goes on in further messages", () => {
  it("is all that came since its first byte, with the rows that it came with", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat()), { minLength: 1, maxLength: 30 }), (messages) => {
        const stream = new ByteStream();
        let left: number[] = [];
        let rows: number[] = [];
        for (const [row, [bytes, taken]] of messages.entries()) {
          const stretch = stream.push({ ...received(bytes), row });
          expect([...stretch.bytes]).toEqual([...left, ...bytes]);
          expect(stretch.before).toBe(left.length);
          const before = [...stretch.bytes];
          rows = left.length === 0 ? [row] : [...rows, row];
          expect(stretch.rows).toEqual(rows);
          const from = taken % (stretch.bytes.length + 1);
          expect(stream.keep(stretch, from)).toBe(true);
          rows = from >= left.length && from > 0 ? [row] : rows;
          left = before.slice(from);
          expect(stream.isOpen).toBe(left.length > 0);
          // What was handed out stays.
          expect([...stretch.bytes]).toEqual(before);
        }
      }),
    );
  });

  it("is copied twice at most, however many messages it takes", () => {
    const stream = new ByteStream();
    const rooms = new Set<ArrayBufferLike>();
    for (let row = 0; row < 10_000; row++) {
      const stretch = stream.push({ ...received(new Uint8Array(100)), row });
      rooms.add(stretch.bytes.buffer);
      stream.keep(stretch, 0);
    }
    // The first message's own, and one for each doubling.
    expect(rooms.size).toBeLessThan(20);
    const whole = stream.push({ ...received(new Uint8Array(1)), row: 10_000 });
    expect([whole.bytes.length, whole.rows.length]).toEqual([1_000_001, 10_001]);
  });

  it("is dropped past its bound", () => {
    const stream = new ByteStream();
    expect(stream.keep(stream.push({ ...received(new Uint8Array((8 << 20) + 1)), row: 0 }), 0)).toBe(false);
    expect(stream.isOpen).toBe(false);
  });
});
