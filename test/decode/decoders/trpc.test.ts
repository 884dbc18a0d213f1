import { describe, expect, it } from "vitest";
import { received, sent } from "../messages.ts";
import { told } from "../told.ts";

describe("tRPC", () => {
  it("names a call by its path; its first result answers, later ones are events", () => {
    expect(
      told("trpc", [
        sent({ id: 1, method: "query", params: { input: { id: 7 }, path: "post.byId" } }),
        received({ id: 1, result: { type: "data", data: { title: "hi" } } }),
        sent({ id: 2, method: "subscription", params: { path: "ticks" } }),
        received({ id: 2, result: { type: "started" } }),
        received({ id: 2, result: { type: "data", data: 1 } }),
        sent({ id: 2, method: "subscription.stop" }),
        received({ id: 2, result: { type: "stopped" } }),
        sent([{ id: 3, method: "mutation", params: { path: "a" } }, { id: 4, method: "query", params: { path: "b" } }]),
        received({ id: 3, error: { message: "no", code: -32603 } }),
        sent("PING"),
        received("PONG"),
      ]),
    ).toEqual([
      "request post.byId #1 @post.byId",
      "answer data ←1 @post.byId",
      "request ticks #2 @ticks",
      "answer started ←2 @ticks",
      "event data #2 @ticks",
      "control subscription.stop #2 @ticks",
      "control stopped #2 @ticks",
      "request a #3 @a",
      "request b #4 @b",
      "error error ←3 @a",
      "heartbeat PING",
      "heartbeat PONG",
    ]);
  });

  it("leaves a query without a path to JSON", () => {
    expect(told("trpc", [sent({ id: 1, method: "query", params: { sql: "select 1" } })])[0]).toMatch(/^json: /);
  });
});
