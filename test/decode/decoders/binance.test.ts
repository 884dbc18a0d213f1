import { describe, expect, it } from "vitest";
import { received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

describe("Binance", () => {
  it("pairs calls, and names events by their kind and stream", () => {
    expect(
      told("binance", [
        sent({ method: "SUBSCRIBE", params: ["btcusdt@aggTrade"], id: 1 }),
        received({ result: null, id: 1 }),
        received({ e: "aggTrade", E: 1764358801000, s: "BTCUSDT", p: "64012.50" }),
        received({ stream: "btcusdt@depth", data: { e: "depthUpdate", U: 1, u: 2 } }),
        sent({ id: "a", method: "order.place", params: { symbol: "BTCUSDT" } }),
        received({ id: "a", status: 400, error: { code: -1013, msg: "Filter failure" } }),
      ]),
    ).toEqual(["request SUBSCRIBE #1 @btcusdt@aggTrade", "answer result ←1 @SUBSCRIBE", "event aggTrade @BTCUSDT", "event depthUpdate @btcusdt@depth", "request order.place #a @BTCUSDT", "error error ←a @order.place"]);
  });

  it("is known from its host, and else not from any trade", () => {
    const trade = received({ e: "trade", s: "BTCUSDT" });
    expect(told("binance", [trade], connectionTo("wss://stream.binance.com:9443/ws/btcusdt@trade"))).toEqual(["event trade @BTCUSDT"]);
    expect(told("binance", [trade])[0]).toMatch(/^json: /);
    expect(told("binance", [trade], connectionTo("wss://binance.com.shop.test/"))[0]).toMatch(/^json: /);
  });
});
