import { describe, expect, it } from "vitest";
import { decodeAll, received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

describe("the Chrome DevTools Protocol", () => {
  it("pairs commands within their session", () => {
    const frames = [
      sent({ id: 1, method: "Page.enable", params: {}, sessionId: "A" }),
      sent({ id: 1, method: "Runtime.enable", params: {}, sessionId: "B" }),
      received({ id: 1, result: {}, sessionId: "B" }),
      received({ id: 1, error: { code: -32601, message: "no" }, sessionId: "A" }),
      received({ method: "Network.webSocketCreated", params: { url: "ws://x" }, sessionId: "A" }),
    ];
    expect(told("cdp", frames)).toEqual(["request Page.enable #1", "request Runtime.enable #1", "answer result ←1 @Runtime.enable", "error error ←1 @Page.enable", "event Network.webSocketCreated"]);
    expect(decodeAll(frames).map((message) => message?.namespace)).toEqual(["A", "B", "B", "A", "A"]);
  });

  it("is known from its path, and leaves other calls to JSON", () => {
    expect(told("cdp", [received({ id: 4, result: {} })], connectionTo("ws://127.0.0.1:9222/devtools/browser/4f-2"))).toEqual(["answer result ←4"]);
    expect(told("cdp", [sent({ id: 1, method: "Order.place", params: {} })])).toEqual(["json: request Order.place #1"]);
  });
});
