import { describe, expect, it } from "vitest";
import { decodeAll, received, sent } from "../messages.ts";
import { told } from "../told.ts";

describe("Centrifugo", () => {
  it("pairs each command with its reply, also several in a frame, and knows what a reply is about", () => {
    expect(
      told("centrifugo", [
        sent({ connect: { token: "t", name: "js" }, id: 1 }),
        received({ id: 1, connect: { client: "c", version: "6.0.0", ping: 25, pong: true } }),
        sent('{"id":2,"subscribe":{"channel":"news"}}\n{"id":3,"rpc":{"method":"sum","data":[1]}}'),
        received('{"id":2,"subscribe":{"epoch":"e"}}\n{"id":3,"error":{"code":108,"message":"method not found"}}'),
        received({ push: { channel: "news", pub: { data: { title: "hi" } } } }),
        received({}),
        sent({}),
      ]),
    ).toEqual([
      "request connect #1",
      "answer connect ←1",
      "request subscribe #2 @news",
      "request sum #3",
      "answer subscribe ←2 @news",
      "error sum ←3",
      "event pub @news",
      "heartbeat ping",
      "heartbeat pong",
    ]);
  });

  it("shows what was published", () => {
    expect(decodeAll([received({ push: { channel: "news", pub: { data: { title: "hi" } } } })])[0]?.summary).toBe('{"title":"hi"}');
  });

  it("leaves other messages with an id to JSON", () => {
    expect(told("centrifugo", [sent({ id: 1, subscribe: "news" }), received({}), received({ push: 1 })]).every((text) => text.startsWith("json: "))).toBe(true);
  });
});
