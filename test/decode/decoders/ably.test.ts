import { describe, expect, it } from "vitest";
import { decodeAll, received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const ABLY = connectionTo("wss://realtime.ably.io/?key=k&format=json&v=2");

describe("Ably", () => {
  it("pairs an attach by its channel and a message by its serial, and names a message as its sender did", () => {
    const frames = [
      received({ action: 4, connectionId: "c", connectionDetails: {} }),
      sent({ action: 10, channel: "news" }),
      received({ action: 11, channel: "news" }),
      sent({ action: 15, channel: "news", msgSerial: 0, messages: [{ name: "hi", data: "x" }] }),
      received({ action: 1, msgSerial: 0, count: 1 }),
      received({ action: 15, channel: "news", messages: [{ name: "hi", data: "x" }] }),
      received({ action: 0 }),
      received({ action: 9, error: { code: 40400, message: "no" } }),
    ];
    expect(told("ably", frames, ABLY)).toEqual([
      "control connected",
      "request attach #attached news @news",
      "answer attached ←attached news @news",
      "request hi #0 @news",
      "answer ack ←0",
      "event hi @news",
      "heartbeat heartbeat",
      "error error",
    ]);
    expect(decodeAll(frames, ABLY)[5]?.summary).toBe("x");
    expect(told("ably", frames.slice(0, 1))).toEqual(["control connected"]);
  });

  it("leaves another message with an action to JSON", () => {
    expect(told("ably", [received({ action: 4, channel: "a" })])[0]).toMatch(/^json: /);
  });
});
