import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAll, received, sent, UNKNOWN } from "../messages.ts";
import { told } from "../told.ts";

const header = Uint8Array.of(0x41, 0x4d, 0x51, 0x50, 0, 1, 0, 0);
const frame = (code: number, channel = 0): Uint8Array => Uint8Array.of(0, 0, 0, 13, 2, 0, 0, channel, 0, 0x53, code, 0xc0, 0);
const whole = [...header, ...frame(0x10), ...frame(0x11, 1), ...frame(0x14, 1), 0, 0, 0, 8, 2, 0, 0, 0];

describe("AMQP", () => {
  it("names frames by their performatives, cut anywhere", () => {
    const labels = ["control header", "control open", "control begin", "event transfer", "heartbeat empty"];
    expect(told("amqp", [sent(Uint8Array.from(whole))])).toEqual(labels);
    fc.assert(
      fc.property(fc.integer({ min: 8, max: whole.length - 1 }), (cut) => {
        expect(told("amqp", [sent(Uint8Array.from(whole.slice(0, cut))), sent(Uint8Array.from(whole.slice(cut)))]).filter((text) => text !== "event part")).toEqual(labels);
      }),
    );
  });

  it("takes any bytes without a throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { decodeAll([received(bytes)], UNKNOWN, { pinned: "amqp" }); decodeAll([sent(header), sent(bytes)]); }));
  });
});
