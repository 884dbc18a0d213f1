import { describe, expect, it } from "vitest";
import { decodeAll, received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const identifier = JSON.stringify({ channel: "ChatChannel", room: "1" });
const CABLE = connectionTo("wss://shop.test/cable", "actioncable-v1-json");
const frames = [
  received({ type: "welcome" }),
  sent({ command: "subscribe", identifier }),
  received({ identifier, type: "confirm_subscription" }),
  received({ type: "ping", message: 1764358801 }),
  sent({ command: "message", identifier, data: JSON.stringify({ action: "speak", text: "hi" }) }),
  received({ identifier, message: { type: "said", text: "hi" } }),
  received({ identifier, message: "plain" }),
  sent({ command: "unsubscribe", identifier }),
  received({ type: "disconnect", reason: "unauthorized", reconnect: false }),
];

describe("Action Cable", () => {
  it("pairs a subscription with its confirmation, and names messages by their action or type", () => {
    expect(told("action-cable", frames, CABLE)).toEqual([
      "control welcome",
      `request subscribe #${identifier} @ChatChannel`,
      `answer confirm_subscription ←${identifier} @ChatChannel`,
      "heartbeat ping",
      "event speak @ChatChannel",
      "event said @ChatChannel",
      "event message @ChatChannel",
      "control unsubscribe @ChatChannel",
      "control disconnect",
    ]);
  });

  it("is known without its subprotocol from a command, a channel's message, or a ping with the time", () => {
    for (const frame of [frames[1], frames[3], frames[4], frames[5]]) expect(frame && decodeAll([frame])[0]?.decoder).toBe("action-cable");
    expect(told("action-cable", [received({ type: "welcome" }), received({ type: "ping", message: 1 })])).toEqual(["json: event welcome", "json: heartbeat ping"]);
  });

  it("tells a rejection as an error", () => {
    expect(told("action-cable", [sent({ command: "subscribe", identifier }), received({ identifier, type: "reject_subscription" })], CABLE)[1]).toBe(`error reject_subscription ←${identifier} @ChatChannel`);
  });
});
