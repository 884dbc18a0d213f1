import { describe, expect, it } from "vitest";
import { decodeAll, received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const frames = [
  received({ event: "pusher:connection_established", data: '{"socket_id":"1.2","activity_timeout":120}' }),
  sent({ event: "pusher:subscribe", data: { auth: "", channel: "orders" } }),
  received({ event: "pusher_internal:subscription_succeeded", channel: "orders", data: "{}" }),
  received({ event: "placed", channel: "orders", data: '{"id":7}' }),
  sent({ event: "client-typing", channel: "orders", data: {} }),
  sent({ event: "pusher:ping", data: {} }),
  received({ event: "pusher:pong", data: "{}" }),
  received({ event: "pusher:error", data: { code: 4001, message: "no such app" } }),
];

describe("Pusher", () => {
  it("pairs a subscription with its channel's answer", () => {
    expect(told("pusher", frames)).toEqual([
      "control pusher:connection_established",
      "request pusher:subscribe #orders @orders",
      "answer pusher_internal:subscription_succeeded ←orders @orders",
      "event placed @orders",
      "event client-typing @orders",
      "heartbeat pusher:ping",
      "heartbeat pusher:pong",
      "error pusher:error",
    ]);
  });

  it("shows the JSON within the string", () => {
    expect(decodeAll(frames)[3]?.summary).toBe('{"id":7}');
  });

  it("is known from its URL, and from a key in any order, with spaces as Python writes them", () => {
    expect(told("pusher", [received({ event: "placed", channel: "orders", data: "{}" })], connectionTo("wss://ws-eu.pusher.com/app/4711?protocol=7&client=js"))).toEqual(["event placed @orders"]);
    expect(told("pusher", [received('{"data": "{}", "event": "pusher:pong"}')])).toEqual(["heartbeat pusher:pong"]);
    expect(told("pusher", [received({ event: "placed", channel: "orders" })])).toEqual(["json: event placed @orders"]);
  });
});
