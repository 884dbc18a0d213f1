import { describe, expect, it } from "vitest";
import { received, sent } from "../messages.ts";
import { told } from "../told.ts";

describe("Discord's gateway", () => {
  it("names dispatches by their event, the rest by its opcode", () => {
    expect(
      told("discord", [
        received({ t: null, s: null, op: 10, d: { heartbeat_interval: 41250 } }),
        sent({ op: 2, d: { token: "x" } }),
        sent({ op: 1, d: null }),
        received({ t: null, s: null, op: 11, d: null }),
        received({ t: "MESSAGE_CREATE", s: 2, op: 0, d: { guild_id: "41771983423143937", content: "hi" } }),
        received({ t: null, s: null, op: 9, d: false }),
        received({ t: null, s: null, op: 99, d: {} }),
      ]),
    ).toEqual(["control Hello", "control Identify", "heartbeat Heartbeat", "heartbeat Heartbeat ACK", "event MESSAGE_CREATE @41771983423143937", "error Invalid Session", "event op 99"]);
  });

  it("leaves another message with an op to JSON", () => {
    expect(told("discord", [received({ op: 10, d: {} }), received({ t: "tick", s: 1, op: "x" })]).every((text) => text.startsWith("json: "))).toBe(true);
  });
});
