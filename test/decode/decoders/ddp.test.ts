import { describe, expect, it } from "vitest";
import { received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const frames = [
  sent({ msg: "connect", version: "1", support: ["1"] }),
  received({ msg: "connected", session: "s" }),
  sent({ msg: "sub", id: "a", name: "tasks", params: [] }),
  received({ msg: "added", collection: "tasks", id: "t1", fields: { text: "x" } }),
  received({ msg: "ready", subs: ["a"] }),
  sent({ msg: "method", method: "tasks.add", params: ["y"], id: "1" }),
  received({ msg: "result", id: "1", error: { error: 403 } }),
  received({ msg: "updated", methods: ["1"] }),
  received({ msg: "ping" }),
  sent({ msg: "pong" }),
];
const expected = [
  "control connect",
  "control connected",
  "request tasks #a @tasks",
  "event added @tasks",
  "answer ready ←a @tasks",
  "request tasks.add #1 @tasks.add",
  "error result ←1 @tasks.add",
  "control updated",
  "heartbeat ping",
  "heartbeat pong",
];

describe("DDP", () => {
  it("pairs methods and subscriptions, which count their ids apart", () => {
    expect(told("ddp", frames)).toEqual(expected);
  });

  it("is read within SockJS, as Meteor sends it", () => {
    const sockJs = connectionTo("wss://shop.test/sockjs/123/abcdefgh/websocket");
    const wrapped = frames.map((frame) => (frame.direction === "sent" ? sent : received)((frame.direction === "sent" ? "" : "a") + JSON.stringify([new TextDecoder().decode(frame.bytes)])));
    expect(told("sockjs", wrapped, sockJs)).toEqual(expected);
  });

  it("leaves another message with a msg to JSON", () => {
    expect(told("ddp", [received({ msg: "connected" }), received({ msg: "added", id: 1 })]).every((text) => text.startsWith("json: "))).toBe(true);
  });
});
